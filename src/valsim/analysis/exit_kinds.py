"""What each way to end gives: when it comes, what it leaves to shareholders, and which holders have it."""

from collections.abc import Iterator
from datetime import date

import numpy as np

from valsim.analysis.exits import STILL_PRIVATE_NAME, ended_by
from valsim.analysis.spread import Plain, chance, quantiles, spread
from valsim.core.rows import Bools
from valsim.core.timeline import years_between
from valsim.result import Result
from valsim.scenario.names import holder_names


def exit_kinds(result: Result) -> list[Plain]:
    """Give each way to end that some path takes: its chance by calendar year, the years until it, its proceeds, and who has them.

    ``proceeds`` are what it leaves to shareholders; of companies that are still private at the horizon, their value by the scenario's
    rule. ``paid_to`` is each holder's part of all that holders have of such ends, after carry.
    """
    return [_kind(result, name, where) for name, where in ended_by(result).items() if where.any()]


def _kind(result: Result, name: str, where: Bools) -> Plain:
    ends = name != STILL_PRIVATE_NAME
    return {
        "exit": name,
        "chance": chance(where, result.clusters),
        "by_year": list(_by_year(result, where)) if ends else [],
        "years": {"quantiles": quantiles(result.outcomes["exit time",][where])} if ends else None,
        "proceeds": spread(result.outcomes["proceeds",][where], result.clusters[where]),
        "paid_to": _paid_to(result, where),
    }


def _by_year(result: Result, where: Bools) -> Iterator[Plain]:
    """Give the chance of such an end in each calendar year from the start to the horizon."""
    scenario = result.scenario
    years = range(scenario.as_of.year, scenario.horizon_date.year + 1)
    # An end on the last day of a year is of that year.
    ends = [years_between(scenario.as_of, date(year, 12, 31)) for year in years]
    found = np.where(where, np.searchsorted(ends, result.outcomes["exit time",]), -1)
    for place, year in enumerate(years):
        yield {"year": year, **chance(found == place, result.clusters)}


def _paid_to(result: Result, where: Bools) -> dict[str, float]:
    """Give the parts of holders, the largest first, of those who have any."""
    sums = {
        name: float(np.sum(result.outcomes["holder", name, "at exit"][where])) for name in holder_names(result.scenario)
    }
    everything = sum(sums.values())
    parts = {name: amount / everything for name, amount in sums.items() if amount > 0}
    return dict(sorted(parts.items(), key=lambda item: -item[1]))
