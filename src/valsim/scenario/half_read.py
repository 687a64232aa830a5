"""Half-read documents: what is wrong with the formulas of a document whose fields are not all right.

So that a person sees every problem at once, not the formulas' only when everything else is mended.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from valsim.core.errors import ExpressionError, Path, Problem
from valsim.core.expression import Expression
from valsim.core.unit import BOOL, CURRENCIES, ONE, Unit
from valsim.drivers.process import Process
from valsim.scenario.context import formula_problems
from valsim.scenario.row_units import process_units


@dataclass(frozen=True)
class Readable:
    """What the formulas of a half-read document may be checked against; ``unsure`` are drivers that could not be read."""

    currency: str
    units: Mapping[str, Unit]
    unsure: frozenset[str]

    def formula(self, path: Path, expression: Expression, unit: str | Unit) -> Iterator[Problem]:
        """Report what is wrong with a formula of which everything is known."""
        roots = {name.split(".")[0] for name in expression.names}
        if not self.currency:
            return iter(())
        return iter(()) if roots & self.unsure else formula_problems(path, expression, unit, self.units)

    def in_force(self, path: Path, day: date) -> Iterator[Problem]:
        """Report nothing: when the scenario starts may not be known."""
        del path, day
        return iter(())


def problems_of_formulas(data: Mapping[str, Any]) -> Iterator[Problem]:
    """Report the problems of the drivers that can be read, and of the cash flow, in plain data."""
    given = data.get("drivers")
    drivers = given if isinstance(given, dict) else {}
    read = {name: process for name, body in drivers.items() if (process := _read(body)) is not None}
    known = _readable(data, read, drivers.keys() - read.keys())
    for name, process in read.items():
        for problem in process.problems(known):
            yield problem.under(("drivers", name))
    yield from _of_cash_flow(data.get("cash_flow"), known)


def _of_cash_flow(text: Any, known: "Readable") -> Iterator[Problem]:
    if isinstance(text, str):
        with suppress(ExpressionError):  # what cannot be parsed was reported where the field was read
            yield from known.formula(("cash_flow",), Expression.parse(text), f"{known.currency}/year")


def _read(body: Any) -> Process | None:
    try:
        return Process.choose(body)
    except (ValidationError, PydanticCustomError):
        return None


def _readable(data: Mapping[str, Any], read: Mapping[str, Process], unread: Any) -> Readable:
    signals = data.get("signals")
    currency = str(data.get("currency"))
    currency = currency if currency in CURRENCIES else ""
    money = dict.fromkeys(("cash", "debt"), Unit.of(currency)) if currency else {}
    truths = dict.fromkeys(signals, BOOL) if isinstance(signals, dict) else {}
    units = {**truths, **process_units(read), **money, "multiple": ONE}
    return Readable(currency, units, frozenset(unread) | {"multiple"} | ({"cash", "debt"} - money.keys()))
