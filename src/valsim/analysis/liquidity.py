"""How long holders wait until their exit has paid them."""

import numpy as np

from valsim.analysis.exits import STILL_PRIVATE_NAME, ended_by
from valsim.analysis.spread import LEVELS, Plain, chance, number
from valsim.core.rows import Bools, Row
from valsim.core.timeline import years_between
from valsim.result import Result

WHOLE = 0.01
"""How many years a horizon may be off a whole number of them, as by leap days."""


def still_illiquid(result: Result, put_in: Bools) -> list[Plain]:
    """Give the chance that a holder still waits for its exit on each anniversary of the start, where it invests.

    A company that is still private at the horizon is one on every date; shares that an exit pays with are waited for until they
    may be sold.
    """
    horizon = years_between(result.scenario.as_of, result.scenario.horizon_date)
    waits, of = _waits(result, put_in), result.clusters[put_in]
    years = [*range(1, int(np.ceil(horizon - WHOLE))), horizon]
    return [{"years": round(float(year), 2), **chance(waits > year, of)} for year in years]


def time_to_liquidity(result: Result, put_in: Bools) -> Plain:
    """Give the years by which such a part of the paths on which a holder invests has had its exit, whatever it paid.

    A quantile is nothing where that part never has within the horizon; ``never`` is the chance of that.
    """
    waits = _waits(result, put_in)
    places = [max(int(np.ceil(level * waits.size)) - 1, 0) for level in LEVELS]
    found = np.sort(waits)[places] if waits.size else np.full(len(LEVELS), np.nan)
    return {
        "quantiles": {f"{level:g}": number(years) for level, years in zip(LEVELS, found, strict=True)},
        "never": chance(np.isinf(waits), result.clusters[put_in]),
    }


def _waits(result: Result, put_in: Bools) -> Row:
    """Give how long an exit takes to pay, in years; infinite where the company is still private at the horizon, played on or not."""
    return np.where(ended_by(result)[STILL_PRIVATE_NAME], np.inf, result.outcomes["paid at",])[put_in]
