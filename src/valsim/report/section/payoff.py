"""Who is paid what at each exit value."""

from collections.abc import Mapping
from typing import Any

from valsim.report import labels
from valsim.report.section import choice, exit_value
from valsim.report.section.parts import Cell, Chart, Folded, Part, Section, Table, Text, numbers, words

Summary = Mapping[str, Any]
CONTRACT = "contract at the opening cap table, no probability"
SHOWN_ROWS = 16


def section(summary: Summary) -> Section | None:
    """Who is paid what at an exit value that a reader chooses, the split between classes, then what each holder receives."""
    payoffs = summary.get("payoffs") or {}
    found = charts(paid_only(payoffs), summary)
    if not found:
        return None
    shown, rest = found[:1], found[1:]
    opened: list[Part] = [*shown]
    if payoffs.get("lines"):
        opened = [exit_value.control(payoffs, exit_value.of_run(summary, payoffs, CONTRACT), shown, rest)]
    elif "lines" in payoffs:
        opened = [Text(NO_LINES), *shown]
    lead = "If the company were sold today for this much, paid at once: what the contracts pay, before any dilution by later rounds."
    folded = [Folded(each.title, each, CONTRACT) for each in rest]
    return Section("payoff", "Payoff by exit value", lead, [*opened, *folded], "Payoff")


NO_LINES = (
    "What this contract pays is not made of straight lines, so there is no slider: the charts and their tables have what it pays at "
    "the exit values that they show."
)


def charts(payoffs: Mapping[str, Any], summary: Summary) -> tuple[Chart, ...]:
    """The split between classes and what each holder is paid, without those who are never paid."""
    from valsim.report.figures.payoff import class_shares, holder_payouts

    currency, found = choice.currency(summary), []
    if payoffs.get("classes"):
        figure, said = class_shares(payoffs, currency), split(payoffs, currency)
        found.append(chart("class-shares", "Split between classes", figure, said, payoffs, "classes", currency))
    if payoffs.get("holders"):
        figure, said = holder_payouts(payoffs, currency), paid(payoffs, choice.at_last_price(summary), currency)
        found.append(chart("holder-payouts", "Paid to each holder", figure, said, payoffs, "holders", currency))
    return tuple(found)


def paid_only(payoffs: Mapping[str, Any]) -> dict[str, Any]:
    """The payoffs of those who are ever paid, which an unissued pool is not; who is paid first stands before the classes."""
    from valsim.report.figures.waterfall import paid_first

    rows = {
        key: {name: paid for name, paid in payoffs.get(key, {}).items() if any(paid)} for key in ("classes", "holders")
    }
    return {**payoffs, **rows, "classes": paid_first(payoffs) | rows["classes"]} if payoffs else {}


def chart(
    name: str, title: str, figure: dict[str, Any], text: str, payoffs: Mapping[str, Any], rows: str, currency: str
) -> Chart:
    """A figure over exit values with its table."""
    return Chart(name, title, figure, text, table(payoffs, rows, currency), CONTRACT)


def table(payoffs: Mapping[str, Any], rows: str, currency: str) -> Table:
    """Exit values down, who across; thinned to a readable number of rows."""
    values, paid_to = payoffs["exit_values"], payoffs[rows]
    kept = range(0, len(values), max(1, len(values) // SHOWN_ROWS))
    body = tuple(
        (
            Cell(labels.money(values[index], currency)),
            *(Cell(labels.money(payout[index], currency)) for payout in paid_to.values()),
        )
        for index in kept
    )
    return Table(
        f"Payout to {rows} by exit value",
        (*words("Exit value"), *numbers(*(labels.name(each).replace("|", "/") for each in paid_to))),
        body,
        CONTRACT,
    )


def split(payoffs: Mapping[str, Any], currency: str) -> str:
    """Between which breakpoints the preferences bind, and where payouts jump."""
    jumps = [labels.money(each, currency) for each in payoffs.get("discontinuities") or []]
    jumping = (
        f" Solid lines: payouts jump, as another regime holds or a SAFE or note converts, at {labels.listed(jumps)}."
        if jumps
        else ""
    )
    return _bends(payoffs, currency) + jumping


def _bends(payoffs: Mapping[str, Any], currency: str) -> str:
    points = payoffs.get("breakpoints") or []
    if not points:
        return "Share of the proceeds by class."
    if any(any(payoffs.get(key, ())) for key in ("transaction_costs", "debt", "carve_out")):
        return f"Share of the proceeds by class. Vertical lines mark the {len(points)} breakpoints."
    return (
        f"Below {labels.money(points[0], currency)} preferences take all; above {labels.money(points[-1], currency)} every class "
        f"shares as common stock does. Vertical lines mark the {len(points)} breakpoints."
    )


def paid(payoffs: Mapping[str, Any], near: float | None, currency: str) -> str:
    """What holders get at the exit value nearest to all shares at the last price, or in the middle of the range."""
    values = payoffs["exit_values"]
    middle = len(values) // 2 if near is None else min(range(len(values)), key=lambda index: abs(values[index] - near))
    said = [
        f"{choice.holder_phrase({'name': name}, {})} {labels.money(payout[middle], currency)}"
        for name, payout in payoffs["holders"].items()
    ]
    return f"At an exit of {labels.money(values[middle], currency)}: {labels.listed(said[:6])}."
