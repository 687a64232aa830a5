"""Whether exchange rates are rates of the document's currency, and move by drivers that are rates too."""

from collections.abc import Iterator
from typing import Any

from valsim.core.block import nearest_help
from valsim.core.errors import Problem
from valsim.core.unit import CURRENCIES, Unit, currency_help
from valsim.scenario.convert import fits
from valsim.scenario.exchange_rate import ExchangeRate
from valsim.scenario.model import Scenario


def exchange_rate_problems(scenario: Scenario) -> Iterator[Problem]:
    """Report rates of what is no other currency, rates that are none, and drivers that are not the rate."""
    for code, rate in scenario.exchange_rates.items():
        found = _of(code, rate, scenario) if code in CURRENCIES else iter((_unknown(code),))
        yield from (problem.under(("exchange_rates", code)) for problem in found)


def _unknown(code: str) -> Problem:
    advice = currency_help(code) or nearest_help(code.upper(), CURRENCIES)
    return Problem((), f"expected a currency code such as CNY, got {code!r}", advice, "key", "currency")


def _of(code: str, rate: ExchangeRate, scenario: Scenario) -> Iterator[Problem]:
    currency = scenario.currency
    if code == currency:
        yield Problem((), f"{code} is the currency of the document", "leave it out", "key", "currency")
        return
    given: Any = rate.rate
    if not given.known:
        message = f"expected one rate, got a distribution: {given.given!r}"
        yield Problem(("rate",), message, "what is not known moves: name a driver under moves")
    elif not fits(rate, code, currency):
        message = f"expected {currency}/{code} or {code}/{currency}, got {given.given!r}"
        yield Problem(("rate",), message, code="unit")
    if rate.date > scenario.as_of:
        message = f"the rate is dated {rate.date}, after the document's {scenario.as_of}"
        advice = "a document knows only what was published by then: what it says may be hindsight"
        yield Problem(("date",), message, advice, code="hindsight", severity="warning")
    yield from _moved(code, rate, scenario) if rate.is_moved else _still(rate)


def _still(rate: ExchangeRate) -> Iterator[Problem]:
    if rate.cash_held is not None:
        message = "nothing moves the rate, so that cash is never revalued"
        yield Problem(("cash_held",), message, "leave it out, or name a driver under moves", "key")


def _moved(code: str, rate: ExchangeRate, scenario: Scenario) -> Iterator[Problem]:
    unit = Unit.of(scenario.currency) / Unit.of(code)
    rates = [name for name, process in scenario.drivers.items() if process.level_unit == unit]
    if rate.moves not in rates:
        stands = (
            f"{rate.moves!r} is in {scenario.drivers[rate.moves].level_unit}" if rate.moves in scenario.drivers else ""
        )
        message = f"expected none, or a driver in {unit}; " + (stands or f"there is no driver {rate.moves!r}")
        known = f"there is {', '.join(rates)}" if rates else f"e.g. {{kind: geometric_brownian, start: 1 {unit}, ...}}"
        yield Problem(("moves",), message, nearest_help(rate.moves, rates) or known, code="unknown_name")
    if rate.cash_held is None:
        message = "the document does not say which part of cash is held in the currency"
        yield Problem((), message, "e.g. cash_held: 0% where none is", "key", "key")
