"""What each reading of a clause would pay, where practice knows several."""

from collections.abc import Iterator, Mapping
from typing import Any

from valsim.report import labels
from valsim.report.section.parts import Cell, Part, Section, Table, Text, numbers, words

Told = Mapping[str, Any]
SAME = 1e-9
"""How far apart, as a part of the proceeds, two readings may pay a class before they differ."""


def section(told: Told) -> Section | None:
    """The clauses whose readings differ, each with its spread; nothing where readings were not asked for."""
    if "readings" not in told:
        return None
    parts: list[Part] = [*tables(told), *(Text(text) for text in remarks(told))]
    lead = "Where practice reads a clause in several ways, what each of them pays."
    return Section("readings", "Readings", lead, parts, "Readings")


def tables(told: Told) -> Iterator[Table]:
    """A table for each clause: a row for each payee and value of the proceeds at which its readings differ."""
    for clause in told["readings"]:
        rows = tuple(_rows(clause, told))
        if rows:
            ways = (labels.spaced(word) + "|stated" * (word == clause["stated"]) for word in clause["readings"])
            yield Table(clause["place"], (*words("Class", "Out of"), *numbers(*ways, "Spread")), rows)


def _rows(clause: Told, told: Told) -> Iterator[tuple[Cell, ...]]:
    currency = told["currency"]
    for name, spread in clause["spread"].items():
        for i, (proceeds, apart) in enumerate(zip(told["proceeds"], spread, strict=True)):
            if apart > SAME * proceeds:
                paid = {word: each[name][i] for word, each in clause["readings"].items()}
                amounts = [_beside(amount, paid[clause["stated"]], currency) for amount in paid.values()]
                yield Cell(labels.name(name)), Cell(labels.money(proceeds, currency)), *amounts, _money(apart, currency)


def _beside(amount: float, stated: float, currency: str) -> Cell:
    """An amount, and below it how far it is from what the stated reading pays."""
    apart = amount - stated
    sign = "+" if apart > 0 else "−"
    return Cell(labels.money(amount, currency), note=f"{sign}{labels.money(abs(apart), currency)}" if apart else "")


def _money(amount: float, currency: str) -> Cell:
    return Cell(labels.money(amount, currency))


def remarks(told: Told) -> Iterator[str]:
    """Which readings make no difference here, and which do not go with the rest of the document."""
    if not told["readings"]:
        yield "No clause of this contract has more than one reading."
    alike = [clause["place"] for clause in told["readings"] if not any(_rows(clause, told))]
    if alike:
        yield f"No reading makes a difference at these proceeds: {labels.listed(alike)}."
    for clause in told["readings"]:
        for word, reason in clause["refused"].items():
            yield f"{clause['place']}: {word} does not go with the rest: {reason}."
