"""How often each tranche is funded, on which terms, and what becomes of it otherwise."""

from collections.abc import Sequence
from typing import Any

from valsim.report import labels
from valsim.report.figures.style import BLUE, REASONS
from valsim.report.section import choice, tranches
from valsim.report.section.parts import REAL_WORLD
from valsim.report.workbook.parts import Chart, Column, Line, Sheet, Summary, beside, estimated, key, percentiles


def sheet(summary: Summary) -> Sheet | None:
    """A row a tranche."""
    found, currency = summary.get("tranches"), choice.currency(summary)
    if not found:
        return None
    kept = [
        name
        for name in dict.fromkeys(name for each in found for name in each.get("outcomes") or {})
        if ever(name, found)
    ]
    columns = (
        Column("Tranche", "text", labels.tranche_name),
        Column("Opens", "date", lambda each: (each.get("window") or [None, None])[0]),
        Column("Closes", "date", lambda each: (each.get("window") or [None, None])[1]),
        *beside("Chance funded", "percent", REAL_WORLD, "probability_funded", "standard_error"),
        *(column for name in kept for column in outcome(name)),
        *estimated(f"New money where funded ({currency}), mean", "money", REAL_WORLD, key("new_money")),
        *percentiles(f"New money where funded ({currency})", "money", REAL_WORLD, key("new_money")),
        *percentiles(f"Price where funded ({currency}/share)", "price", REAL_WORLD, key("price_per_share")),
        *percentiles(f"Post-money where funded ({currency})", "money", REAL_WORLD, key("post_money_valuation")),
        *percentiles("Dilution where funded", "percent", REAL_WORLD, key("dilution")),
        *estimated("Paid short where funded", "percent", REAL_WORLD, key("paid_short_if_funded")),
    )
    lead = [tranches.finding(choice.next_tranche(summary) or found[0])]
    return Sheet.of("Tranches", "Tranches", lead, columns, found, [funnel(kept, lead[0])])


def ever(name: str, found: Sequence[Any]) -> bool:
    """Whether any tranche ends so on any path; being funded stands in a column of its own."""
    return name != "funded" and any(labels.estimate((each.get("outcomes") or {}).get(name)).mean for each in found)


def outcome(name: str) -> tuple[Column, Column]:
    """The chance of one of the ways in which a tranche ends."""
    return estimated(
        labels.name(name).capitalize(), "percent", REAL_WORLD, lambda each: (each.get("outcomes") or {}).get(name)
    )


def funnel(kept: Sequence[str], finding: str) -> Chart:
    """Bars of what becomes of each tranche."""
    others = [outcome(name)[0].title for name in kept]
    colors = [REASONS[index % len(REASONS)] for index in range(len(others))]
    lines = [Line("Chance funded", BLUE), *map(Line, others, colors)]
    return Chart(
        "Funded, and why not", "stacked", "Tranche", lines, finding, "Tranche", "Chance, real-world", "text", "percent"
    )
