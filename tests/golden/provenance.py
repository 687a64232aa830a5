"""Where the numbers of a shipped file come from, those inside its formulas too."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from valsim.analysis.assumptions import note_of, notes_of_blocks
from valsim.core.expression import Expression
from valsim.core.expression.evaluate import Literal, Node
from valsim.core.parameter import parameters
from valsim.core.walk import walk
from valsim.scenario.load import read_document, scenario_of
from valsim.scenario.model import Scenario
from valsim.scenario.text.document import Document

ROOT = Path(__file__).resolve().parents[2]
FILES = tuple(sorted([*ROOT.glob("scenarios/*.yaml"), *ROOT.glob("src/valsim/templates/starters/*.yaml")]))
"""The scenarios and the starters; what a starter extends is read with it."""
CHOSEN = {("horizon",)}
"""What is no statement about the world: how long the company is followed."""
NOTHING = {0, 1}
"""Numbers that say nothing of a company: ``1 - churn``."""


def unsourced(scenario: Scenario) -> list[str]:
    """The numbers that have no source and are not said to be assumptions."""
    notes = notes_of_blocks(scenario)
    return [
        f"{'.'.join(map(str, path))}: {number.given}"
        for path, number in parameters(scenario)
        if path not in CHOSEN and not (number.sources or number.readings)
        if not note_of(path, number, notes).startswith("Assumption")
    ]


def unexplained(document: Document, scenario: Scenario) -> list[str]:
    """The formulas with numbers of their own that stand without a comment behind them or above them."""
    formulas = ((path, value) for path, value in walk(scenario) if isinstance(value, Expression))
    return [
        f"{place}: {formula.text}"
        for path, formula in formulas
        if any(literal.exact not in NOTHING for literal in literals(formula.root))
        if (place := _uncommented(document, path))
    ]


def literals(node: Node) -> Iterator[Literal]:
    """The numbers in a formula."""
    if isinstance(node, Literal):
        yield node
    for each in dataclasses.fields(node):
        inside = getattr(node, each.name)
        for part in inside if isinstance(inside, tuple) else (inside,):
            if isinstance(part, Node):
                yield from literals(part)


def _uncommented(document: Document, path: tuple[Any, ...]) -> str:
    region = document.locate(path, "value")
    source, (line, _) = document.sources[region.source], region.start
    commented = "#" in (source.line(line) or "") or (source.line(line - 1) or "").lstrip().startswith("#")
    return "" if commented else source.place(region.start)


def read(file: Path) -> tuple[Document, Scenario]:
    """A file as text with places, and as a scenario."""
    document = read_document(file)
    return document, scenario_of(document)
