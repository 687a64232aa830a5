"""Whether what looks back on the last round has one to look back on: a class of the cap table with a price and a date."""

from collections.abc import Iterator

from valsim.captable.financing.last_round import last_priced
from valsim.core.errors import Path, Problem
from valsim.core.expression import Expression
from valsim.core.unit import Unit
from valsim.core.walk import walk
from valsim.scenario.model import Scenario

PRICES = ("last_price_per_share", "last_post_money_valuation")
SPANS = ("time_since_round", "time_between_rounds")


def last_round_units(currency: str) -> dict[str, Unit]:
    """Give the units of the rows that look back on the last round."""
    return dict.fromkeys(PRICES, Unit.of(currency)) | {SPANS[0]: Unit.of("year")}


def last_round_problems(scenario: Scenario) -> Iterator[Problem]:
    """Report formulas and rounds that look back on a round that the cap table does not tell."""
    classes = scenario.captable.classes
    name = last_priced(classes)
    for path, what in _looking_back(scenario):
        if name is None:
            message = f"{what} looks back on the last round, and no class of the cap table has a price"
            yield Problem(path, message, "state the original_issue_price of the last one, or its post_money_valuation")
        elif what in SPANS and classes[name].issued is None:
            message = f"{what} counts from the last round, and {name!r} has a price without a date"
            yield Problem(path, message, "say when it was issued")


def _looking_back(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    formulas = ((path, value) for path, value in walk(scenario) if isinstance(value, Expression))
    for path, formula in formulas:
        read = {name.removesuffix(".start") for name in formula.names}
        yield from ((path, name) for name in (SPANS[0], *PRICES) if name in read)
    for i, terms in enumerate(scenario.rounds):
        if terms.time_between_rounds is not None:
            yield ("rounds", i, "time_between_rounds"), "time_between_rounds"
        if terms.drawn_terms:
            yield ("rounds", i, "drawn_terms"), "drawn_terms"
