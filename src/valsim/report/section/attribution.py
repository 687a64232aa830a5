"""What each term adds to the headline over fair value."""

from collections.abc import Mapping
from typing import Any

from valsim.report import labels
from valsim.report.figures.fair_value import bridge
from valsim.report.section.fair_value import measure
from valsim.report.section.gap import gap_error, over, signed
from valsim.report.section.parts import Cell, Chart, Section, Table, numbers, words

Told = Mapping[str, Any]

TERMS = {
    "unissued_pool": "Unissued pool",
    "preferences": "Preferences at cost",
    "multiples": "Multiples of cost",
    "participation": "Participation",
    "seniority": "Seniority",
    "dividends": "Dividends",
    "ipo_ratchet": "Ratchet",
    "automatic_conversion": "Automatic conversion",
    "exercise_prices": "Exercise prices",
    "convertibles": "Notes and SAFEs",
    "paid_first": "Paid before shares",
    "remainder": "Remainder",
}
"""The terms in words."""
LARGEST = 3
"""How many parts of the gap are told in a sentence."""


def sections(told: Told) -> list[Section]:
    """The way from the fair value to the headline, term by term, where that was worked out."""
    return [_section(told)] if told["attribution"] else []


def tables(told: Told) -> list[Table]:
    """What each term adds, where that was worked out."""
    return [table(told)] if told["attribution"] else []


def _section(told: Told) -> Section:
    names = [term_name(each["term"]) for each in told["attribution"]]
    figure = bridge(told, names)
    finding = "Each bar is what a term adds to the headline that no class is worth."
    chart = Chart("fair-value-bridge", "From fair value to headline", figure, finding, measure=measure(told))
    return Section("gap", "What makes the gap", lead(told), [chart, table(told)], "The gap")


def lead(told: Told) -> str:
    """The largest parts of the gap in a sentence."""
    ranked = sorted(told["attribution"], key=lambda each: -abs(each["adds"]))[:LARGEST]
    said = [f"{_in_a_sentence(each['term'])} {signed(each['overvaluation'])}" for each in ranked]
    parts = f", above all by {labels.listed(said)}" if said else ""
    return f"The headline is {over(told['overvaluation'], gap_error(told))} fair value{parts}."


def _in_a_sentence(term: str) -> str:
    name = term_name(term)
    return name[:1].lower() + name[1:]


def term_name(term: str) -> str:
    """A term in words."""
    return TERMS.get(term, labels.name(term))


def table(told: Told) -> Table:
    """A row a term: what it adds to the headline over fair value; together, all of the gap."""
    currency = told["currency"]
    rows = [
        (
            Cell(term_name(each["term"])),
            Cell(labels.listed([labels.name(name) for name in each["classes"]])),
            Cell(_added(each["adds"], currency)),
            Cell(signed(each["overvaluation"])),
        )
        for each in told["attribution"]
    ]
    gap = told["post_money_valuation"] - told["fair_value"]
    rows.append((Cell("Together"), Cell(""), Cell(_added(gap, currency)), Cell(signed(told["overvaluation"]))))
    columns = (*words("Term", "Of"), *numbers("Adds", "Of fair value"))
    note = (
        "The unissued pool is counted first, then every preference at once its cost, then each other term on the mean over "
        "the orders in which they may come."
    )
    return Table("What the headline counts above fair value", columns, tuple(rows), measure(told), note)


def _added(amount: float, currency: str) -> str:
    shown = labels.money(amount, currency)
    return f"+{shown}" if amount > 0 else shown
