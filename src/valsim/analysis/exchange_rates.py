"""The rates at which a document's amounts in other currencies were converted."""

from typing import Any

from valsim.analysis.spread import Plain
from valsim.core.parameter import middle
from valsim.scenario.model import Scenario


def exchange_rates(scenario: Scenario) -> list[Plain]:
    """Give each rate as it is written, with what moves it and the part of cash that is held in its currency."""
    found: list[Plain] = []
    for code, each in scenario.exchange_rates.items():
        rate: Any = each.rate
        held = None if each.cash_held is None else middle(each.cash_held)
        found.append(
            {
                "currency": code,
                "rate": rate.given,
                "date": each.date.isoformat(),
                "moves": each.moves,
                "cash_held": held,
            }
        )
    return found
