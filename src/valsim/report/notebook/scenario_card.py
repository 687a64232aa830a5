"""A scenario as a card: who it is about, the financing to come with its conditions, the reader's positions, and how much is sourced."""

from collections.abc import Iterator, Mapping
from functools import singledispatch
from typing import Any

from rich.console import Console
from rich.text import Text as Line

from valsim.analysis.assumptions import assumptions
from valsim.captable.financing.closing import Closing
from valsim.core.block import Block, Kind
from valsim.core.expression import Expression
from valsim.core.parameter import Parameter
from valsim.report import labels
from valsim.report.differences import flow
from valsim.report.section.assumptions import lead
from valsim.report.section.parts import Cell, Part, Section, Table, words
from valsim.report.terminal import Words, grid, print_items
from valsim.scenario.dump import plain
from valsim.scenario.model import Scenario

Told = Mapping[str, Any]
PRICES = {
    "price_per_share": "{} a share",
    "pre_money_valuation": "{} before the money",
    "post_money_valuation": "{} after the money",
    "price": "{}",
}
"""The ways in which a closing says its price, and how they are read."""
LONGEST = 400
"""So many characters of a condition or of terms are shown; the document has them all."""


def scenario_told(scenario: Scenario) -> dict[str, Any]:
    """Give what a card says of a scenario, as texts."""
    found = assumptions(scenario)
    span = f"as of {scenario.as_of} to {scenario.horizon_date}, by the {scenario.step}"
    return {
        "name": scenario.name,
        "facts": f"{scenario.company.name} · {span} · {scenario.currency}",
        "description": scenario.description,
        "numbers": lead(found) if found else "",
        "closings": [closing_told(each.name, closing) for each in scenario.rounds for closing in each.closings],
        "positions": [position_told(name, each) for name, each in scenario.positions.items()],
        "drivers": [(name, kind_of(driver)) for name, driver in scenario.drivers.items()],
        "exits": [(name, kind_of(each)) for name, each in scenario.exits.items()],
    }


def kind_of(block: Kind) -> str:
    """Give the kind of a block in words."""
    return labels.name(str(getattr(block, block.tag)))


def closing_told(round_name: str, closing: Closing) -> tuple[str, ...]:
    """Give the name of a closing, when it may be, on what condition, the new money and the price, each as it is written."""
    between = closing.between and f"{closing.between[0]} to {closing.between[1]}"
    price = next(
        (shape.format(said(getattr(closing, key))) for key, shape in PRICES.items() if getattr(closing, key)), ""
    )
    name = f"{labels.name(round_name)}: {closing.name}" if closing.name != round_name else labels.name(round_name)
    when = str(closing.at or between or "at any time")
    return name, when, said(closing.when) if closing.when else "", said(closing.new_money), price


def position_told(name: str, position: Any) -> tuple[str, ...]:
    """Give the name of a position, its kind and the fields that are written."""
    fields = ((key, getattr(position, key)) for key in type(position).model_fields if key != "kind")
    told = [f"{labels.phrase(key)} {said(value)}" for key, value in fields if value not in (None, (), {})]
    return name, kind_of(position), ", ".join(told)


@singledispatch
def said(value: Any) -> str:
    """Say a value in a line, much as a document writes it, without its source."""
    return flow(plain(value))


@said.register
def _(value: Parameter) -> str:
    return value.given


@said.register
def _(value: Expression) -> str:
    return value.text


@said.register
def _(value: Block) -> str:
    return ", ".join(f"{labels.phrase(name)} {said(getattr(value, name))}" for name in value.as_written())


def scenario_sections(told: Told) -> list[Section]:
    """Give the card's sections: the financing and the positions open, what drives and ends the company folded."""
    rows: list[tuple[str, tuple[str, ...], list[Any]]] = [
        ("Financing to come", ("Closing", "When", "On condition that", "New money", "Price"), told["closings"]),
        ("Positions", ("Position", "Kind", "Terms"), told["positions"]),
    ]
    folded = [("Drivers", ("Driver", "Kind"), told["drivers"]), ("Exits", ("Exit", "Kind"), told["exits"])]
    opened = [table(*each) for each in rows if each[2]]
    text = " ".join(filter(None, (told["description"], told["numbers"])))
    return [
        Section("scenario", "", text, opened),
        *(Section(title.lower(), f"{title}: {len(found)}", "", [table(title, heads, found)]) for title, heads, found in folded if found),
    ]  # fmt: skip


def table(caption: str, heads: tuple[str, ...], rows: list[Any]) -> Part:
    """Give rows of texts as a table; a long text is cut, the document has it in full."""
    return Table(
        caption, words(*heads), tuple(tuple(Cell(labels.short(text, LONGEST)) for text in row) for row in rows)
    )


def scenario_lines(told: Told, console: Console) -> None:
    """Print the card in lines."""
    print_items(_items(told), console)


def _items(told: Told) -> Iterator[Any]:
    yield Line(told["name"], style="bold")
    yield Line(told["facts"], style="dim")
    yield from (Words(text) for text in (told["description"], told["numbers"]) if text)
    if told["closings"]:
        found = grid("Financing to come", ["closing", "when", "on condition that"], [])
        for name, when, condition, *_ in told["closings"]:
            found.add_row(name.replace(": ", ":\n"), when.replace(" to ", "\nto "), labels.short(condition, 90))
        yield from ("", found)
    for name, kind, terms in told["positions"]:
        yield Words(f"{kind}, {terms}", f"{name}: ")
