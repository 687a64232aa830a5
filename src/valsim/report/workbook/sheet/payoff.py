"""What the contracts pay at each exit value."""

from collections.abc import Mapping
from typing import Any

from valsim.report import labels
from valsim.report.figures.style import SERIES
from valsim.report.section import choice
from valsim.report.section import payoff as section
from valsim.report.workbook.parts import Chart, Column, Line, Sheet, Summary, key

DRAWN = 8
SOME = 1.5
"""A chart ends at so many times what the last price says; the table goes on."""
EXIT = "Exit value"


def sheet(summary: Summary) -> Sheet | None:
    """A row for each exit value, a column for each class and each holder."""
    found, currency = section.paid_only(summary.get("payoffs") or {}), choice.currency(summary)
    if not found:
        return None
    paid = titled(found)
    across = f"{EXIT} ({currency})"
    rows = [
        {across: value, **{title: row[index] for title, row in paid.items()}}
        for index, value in enumerate(found["exit_values"])
    ]
    columns = (
        Column(across, "money", key(across)),
        *(Column(title, "money", key(title), section.CONTRACT) for title in paid),
    )
    lead = [
        f"If the company were sold today for this much ({currency}): what the contracts pay, before any dilution by later rounds.",
        f"Breakpoints: {labels.listed([labels.money(each, currency) for each in found.get('breakpoints') or []]) or 'none'}.",
    ]
    return Sheet.of("Payoff", "Payoff by exit value", lead, columns, rows, charts(found, across, summary))


def titled(found: Mapping[str, Any]) -> dict[str, Any]:
    """The payouts by headings of their own: a class and a holder may be called the same."""
    return {
        heading(kind, name): row for kind in ("classes", "holders") for name, row in (found.get(kind) or {}).items()
    }


def heading(kind: str, name: str) -> str:
    """What a column is called."""
    return f"{'Class' if kind == 'classes' else 'Holder'}: {labels.name(name)}"


def charts(found: Mapping[str, Any], across: str, summary: Summary) -> list[Chart]:
    """What each class and each holder is paid up to somewhat above the last price, where the contracts bend."""
    currency, top = choice.currency(summary), SOME * (choice.at_last_price(summary) or found["exit_values"][-1])
    last = sum(value <= top for value in found["exit_values"]) - 1
    said = {"classes": section.split(found, currency).removeprefix("Share of the proceeds by class. "), "holders": ""}
    return [
        Chart(
            f"Paid to each {'class' if kind == 'classes' else 'holder'} by exit value",
            "scatter",
            across,
            [
                Line(heading(kind, name), SERIES[index % len(SERIES)])
                for index, name in enumerate(most_paid(found[kind]))
            ],
            f"Those {DRAWN} that are paid most at the highest exit value. {said[kind]}".strip(),
            across,
            f"Paid ({currency}), contract at the opening cap table",
            "money",
            "money",
            last=last,
        )
        for kind in ("classes", "holders")
        if found.get(kind)
    ]


def most_paid(rows: Mapping[str, Any]) -> list[str]:
    """The names of those who are paid most, in the order of the table."""
    kept = sorted(rows, key=lambda name: -rows[name][-1])[:DRAWN]
    return [name for name in rows if name in kept]
