"""How the paths end, and how much is realised by when."""

from datetime import date
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from valsim.analysis.spread import Plain, chance, mean
from valsim.core.rows import Bools
from valsim.core.timeline import add_months, years_between
from valsim.ended import STILL_PRIVATE
from valsim.result import Result
from valsim.scenario.model import Scenario

STILL_PRIVATE_NAME = "still_private"
"""What a path that has not ended by the horizon is called."""

Codes: TypeAlias = npt.NDArray[Any]
"""The code of each path's end, shape ``(paths,)``."""


def exits(result: Result) -> dict[str, float]:
    """Give the probability of each end within the horizon; with those still private they add up to 1."""
    return {name: float(np.mean(where)) for name, where in ended_by(result).items()}


def exit_standard_errors(result: Result) -> dict[str, float | None]:
    """Give the standard errors of those probabilities; one path has none."""
    return {name: chance(where, result.clusters)["standard_error"] for name, where in ended_by(result).items()}


def ended_by(result: Result) -> dict[str, Bools]:
    """Say for each way how a path may end whether it did within the horizon, shape ``(paths,)``."""
    how = _within_horizon(result)
    codes = {**{name: code for code, name in enumerate(result.scenario.exits)}, STILL_PRIVATE_NAME: STILL_PRIVATE}
    return {name: how == code for name, code in codes.items()}


def horizons(result: Result) -> list[Plain]:
    """Give, at several dates, the chance of having ended, and what was realised until then and what is left."""
    return [_until(result, day) for day in _days(result.scenario)]


def _days(scenario: Scenario) -> list[date]:
    days = (add_months(scenario.as_of, months) for months in (12, 24, 36, 60, 84))
    return [*(day for day in days if day < scenario.horizon_date), scenario.horizon_date]


def _until(result: Result, day: date) -> Plain:
    years = years_between(result.scenario.as_of, day)
    done = (result.outcomes["exit",] != STILL_PRIVATE) & (result.outcomes["exit time",] <= years)
    proceeds = result.outcomes["proceeds",]
    return {
        "date": day.isoformat(),
        "exited": chance(done, result.clusters),
        "realised_proceeds": mean(np.where(done, proceeds, 0.0), result.clusters),
        "unrealised": mean(np.where(done, 0.0, proceeds), result.clusters),
    }


def _within_horizon(result: Result) -> Codes:
    last = years_between(result.scenario.as_of, result.scenario.horizon_date)
    late = result.outcomes["exit time",] > last
    return np.where(late, STILL_PRIVATE, result.outcomes["exit",])
