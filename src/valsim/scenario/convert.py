"""Converting: amounts in another currency become amounts in that of the document, at the dated rate of the document."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import singledispatch
from typing import Any

from valsim.core.block import Block
from valsim.core.distribution.scaled import scaled
from valsim.core.errors import Path
from valsim.core.expression import Expression
from valsim.core.expression.evaluate import Literal
from valsim.core.parameter import Parameter
from valsim.core.unit import Unit
from valsim.scenario.exchange_rate import ExchangeRate
from valsim.scenario.model import Scenario
from valsim.value.sector import Sector

LEFT = frozenset({"exchange_rates", "variants"})
"""The keys whose amounts stay as they are written."""


def in_its_currency(scenario: Scenario) -> Scenario:
    """Give a scenario with every amount in its currency that a dated rate converts; what a driver converts stays as it is."""
    known = {code: rate for code, rate in scenario.exchange_rates.items() if fits(rate, code, scenario.currency)}
    rates = _Rates(known, scenario.currency)
    fields = type(scenario).model_fields.keys() - LEFT
    return (
        scenario.but(**{key: _converted(getattr(scenario, key), (key,), rates) for key in fields})
        if known
        else scenario
    )


def fits(rate: ExchangeRate, code: str, currency: str) -> bool:
    """Say whether a rate is a known one between two currencies, either way round."""
    unit, given = Unit.of(currency) / Unit.of(code), rate.rate
    return code != currency and getattr(given, "known", True) and given.unit in {unit, unit**-1}  # type: ignore[attr-defined]


@dataclass(frozen=True)
class _Rates:
    """The rates into one currency, by code."""

    rates: Mapping[str, ExchangeRate]
    currency: str

    def into(self, unit: Unit, path: Path) -> tuple[Unit, Fraction, str]:
        """Give the unit of what stands at a place once it is converted, what one of it is worth then, and by which rates."""
        worth, said, powers = Fraction(1), "", dict(unit.dimensions)
        here = {code: each for code, each in self.rates.items() if code in powers and not _stays(each, path)}
        for code, each in ({} if unit.is_exchange_rate else here).items():
            unit = unit * (Unit.of(self.currency) / Unit.of(code)) ** powers[code]
            worth = worth * Fraction(Fraction(each.worth(code)) ** powers[code])
            said += f" (at {each.rate.given} of {each.date})"  # type: ignore[attr-defined]
        return unit, worth, said


def _stays(rate: ExchangeRate, path: Path) -> bool:
    # Formulas convert by the driver; points of an effect are in the unit of the row that they move.
    return rate.is_moved and (path[0] == "drivers" or path[-1] in {"plus", "formula"})


@singledispatch
def _converted(value: Any, path: Path, rates: _Rates) -> Any:
    del path, rates
    return value


@_converted.register
def _(value: Parameter, path: Path, rates: _Rates) -> Any:
    unit, worth, said = rates.into(value.unit, path)
    if not said:
        return value
    return replace(value, distribution=scaled(value.distribution, float(worth)), unit=unit, given=value.given + said)


@_converted.register
def _(value: Unit, path: Path, rates: _Rates) -> Any:
    return rates.into(value, path)[0]


@_converted.register
def _(value: Expression, path: Path, rates: _Rates) -> Any:
    def literal(number: Literal) -> Literal:
        unit, worth, _ = rates.into(number.measured_in, (*path, "formula"))
        return replace(number, exact=number.exact * worth, measured_in=unit)

    return replace(value, root=value.root.with_literals(literal))


@_converted.register
def _(value: Block, path: Path, rates: _Rates) -> Any:
    changes = {key: _converted(getattr(value, key), (*path, key), rates) for key in type(value).model_fields}
    return value.but(**changes)


@_converted.register
def _(value: Sector, path: Path, rates: _Rates) -> Any:
    changes = {key: _converted(getattr(value, key), (*path, key), rates) for key in type(value).model_fields}
    return value.but(**changes).reopened()


@_converted.register(Mapping)
def _(value: Mapping[str, Any], path: Path, rates: _Rates) -> Any:
    return {key: _converted(item, (*path, key), rates) for key, item in value.items()}


@_converted.register
def _(value: tuple, path: Path, rates: _Rates) -> Any:  # type: ignore[type-arg]
    return tuple(_converted(item, (*path, index), rates) for index, item in enumerate(value))
