"""Revaluing within a step: cash that is held in another currency gains and loses with its rate."""

from collections.abc import Mapping

import numpy as np

from valsim.captable.curve import total
from valsim.core.choose import choose
from valsim.core.replace import replace
from valsim.core.rows import Row
from valsim.scenario.model import Scenario
from valsim.state import State


def rates_now(scenario: Scenario, state: State) -> dict[str, Row]:
    """Give what one unit of each currency that a driver converts is worth now, shape ``(n_paths,)``."""
    return {code: state.rows[rate.moves] for code, rate in scenario.exchange_rates.items() if rate.is_moved}


def revalue(scenario: Scenario, state: State) -> tuple[State, Row]:
    """Give what cash gains by the rates of the step: ``sum of cash_held x cash x (rate / rate before - 1)``, nothing on a debt."""
    if not state.rates:
        return state, np.asarray(0.0)
    now = rates_now(scenario, state)
    held: Mapping[str, Row] = {code: np.asarray(scenario.exchange_rates[code].cash_held) for code in now}
    gain = total(part * (now[code] / state.rates[code] - 1) for code, part in held.items())
    return replace(state, rates=now), choose(state.alive, np.maximum(state.cash, 0.0) * gain, 0.0)
