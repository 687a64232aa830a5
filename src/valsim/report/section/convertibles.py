"""How SAFEs and notes end."""

from collections.abc import Iterator, Mapping
from typing import Any

from valsim.report import labels
from valsim.report.section import choice
from valsim.report.section.parts import REAL_WORLD, Cell, Table, numbers, words

Summary = Mapping[str, Any]

ENDS = {
    "repaid": "repaid when it was due",
    "shares_at_exit": "took shares at the exit",
    "money_at_exit": "paid back in money at the exit",
    "nothing_at_exit": "left with nothing at the exit",
}
"""How one ends that no closing converts."""


def convertible_table(summary: Summary) -> Table:
    """A row for each way in which one ended on some path."""
    currency = choice.currency(summary)
    rows = tuple(end_row(each, *end, currency) for each in summary["convertibles"] for end in ends(each))
    columns = (*words("SAFE or note", "How it ended"), *numbers("Chance", "Paid at the exit|median, 5 to 95 %"))
    return Table("How SAFEs and notes end", columns, rows, REAL_WORLD)


def ends(convertible: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The ends that came about, with their chances."""
    for each in convertible["converted"]:
        yield f"converted in {labels.tranche_name(each)}", each
    yield from ((text, convertible[what]) for what, text in ENDS.items() if convertible[what]["probability"])


def end_row(convertible: Mapping[str, Any], text: str, end: Mapping[str, Any], currency: str) -> tuple[Cell, ...]:
    """One end of one of them."""
    paid = labels.estimate(end.get("paid"))
    shown = labels.money(paid.at("0.5"), currency) if "paid" in end else ""
    return (
        Cell(labels.name(convertible["name"])),
        Cell(text),
        Cell(*labels.percent_with_error(end["probability"], end["standard_error"])),
        Cell(shown, note=labels.span(paid, lambda value: labels.money(value, currency))),
    )


def convertible_words(summary: Summary) -> str:
    """The ends of all of them, in one sentence."""
    return "; ".join(map(one, summary["convertibles"])) + "."


def one(convertible: Mapping[str, Any]) -> str:
    """The ends of one, all closings together."""
    closings = sum(each["probability"] for each in convertible["converted"])
    found = {"converted in a closing": closings} | {
        text: convertible[what]["probability"] for what, text in ENDS.items()
    }
    said = [f"{text} {labels.percent(chance)}" for text, chance in found.items() if chance]
    return f"{labels.name(convertible['name'])}: {labels.listed(said)}"
