"""How the paths end, and how much is realised by when."""

import numpy as np

from valsim.analysis.spread import Plain, chance, mean
from valsim.core.rows import Bools
from valsim.core.timeline import add_months, years_between
from valsim.result import Result
from valsim.state import STILL_PRIVATE


def exits(result: Result) -> dict[str, float]:
    """Give the probability of each end within the horizon; with those still private they add up to 1."""
    how = _within_horizon(result)
    found = {name: float(np.mean(how == code)) for code, name in enumerate(result.scenario.exits)}
    return {**found, "still_private": float(np.mean(how == STILL_PRIVATE))}


def exit_standard_errors(result: Result) -> dict[str, float]:
    """Give the standard errors of those probabilities."""
    return {name: float(np.sqrt(p * (1 - p) / result.manifest.paths)) for name, p in exits(result).items()}


def horizons(result: Result) -> list[Plain]:
    """Give, at several dates, the chance of having ended, and what was realised until then and what is left."""
    return [_until(result, months) for months in _months(result)]


def _months(result: Result) -> list[int]:
    last = round(years_between(result.scenario.as_of, result.scenario.horizon_date) * 12)
    return sorted({months for months in (12, 24, 36, 60, 84) if months < last} | {last})


def _until(result: Result, months: int) -> Plain:
    day = add_months(result.scenario.as_of, months)
    done = _ended(result) & (result.outcomes["exit time",] <= years_between(result.scenario.as_of, day) + 1e-9)
    proceeds = result.outcomes["proceeds",]
    return {
        "date": day.isoformat(),
        "exited": chance(done),
        "realised_proceeds": mean(np.where(done, proceeds, 0.0)),
        "unrealised": mean(np.where(done, 0.0, proceeds)),
    }


def _ended(result: Result) -> Bools:
    return np.asarray(result.outcomes["exit",] != STILL_PRIVATE)


def _within_horizon(result: Result) -> Bools:
    last = years_between(result.scenario.as_of, result.scenario.horizon_date)
    late = result.outcomes["exit time",] > last + 1e-9
    return np.where(late, STILL_PRIVATE, result.outcomes["exit",])
