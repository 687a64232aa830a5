"""What happened to the company on each path: what was learned of signals, and how often risks struck."""

from datetime import date

import numpy as np

from valsim.core.rows import Bools
from valsim.core.timeline import years_between
from valsim.ended import STILL_PRIVATE
from valsim.result import Columns
from valsim.scenario.model import Scenario
from valsim.state import State


def learned(scenario: Scenario, state: State) -> Columns:
    """Give, for each signal, whether the company was private at its date, what was observed, and what is really so."""
    columns: Columns = {}
    for name, signal in scenario.signals.items():
        columns["signal", name, "private"] = _private_at(scenario, state, signal.at)
        columns["signal", name, "observed"] = state.signals[name]
        columns["signal", name, "true"] = state.truths[name]
    return columns


def struck(scenario: Scenario, state: State) -> Columns:
    """Give, for each risk, how often it struck while the company was private."""
    return {("risk", name, "strikes"): state.strikes[name] for name in scenario.risks}


def _private_at(scenario: Scenario, state: State, day: date) -> Bools:
    # What is learned on a day comes before the exits of that day.
    private: Bools = (state.ended.how == STILL_PRIVATE) | (state.ended.when >= years_between(scenario.as_of, day))
    return np.asarray(private)
