"""Figures of the company as it goes: growth, margins, burn, multiples and the volatility of its value.

They are over the paths whose time series are kept, and on each date over the companies that are still private then.
"""

from collections.abc import Callable

import numpy as np

from valsim.analysis.figure.sample import Sample, deviation_of, spread_of
from valsim.core.expression import Expression
from valsim.core.rows import Row
from valsim.result import Result
from valsim.scenario.base_rates import BaseRates

NEAR = 0.02
"""A date of the grid stands for an anniversary within so many years of it."""
LEAST_GROWTH = 0.1
"""Below this growth the next year's growth over it says nothing."""


def growth_in(year: int) -> Callable[[Result], Sample | None]:
    """Make the figure of the growth of recurring revenue in a year after the start, 1 for the first."""

    def found(result: Result) -> Sample | None:
        grown = _growth(result, year)
        return None if grown is None else spread_of(grown, result.clusters)

    return found


def persistence(least: float, most: float) -> Callable[[Result], Sample | None]:
    """Make the figure of the second year's growth over the first's, where that is within limits."""

    def found(result: Result) -> Sample | None:
        first, second = _growth(result, 1), _growth(result, 2)
        if first is None or second is None:
            return None
        within = (first >= least) & (first < most)
        return spread_of(second[within] / first[within], result.clusters[within])

    return found


def gross_margin_at(year: int) -> Callable[[Result], Sample | None]:
    """Make the figure of gross profit over revenue at an anniversary."""
    return lambda result: _spread(result, _margin(result, year))


def gross_margin_drift(result: Result) -> Sample | None:
    """Give the gross margin after a year less that of the start."""
    first, second = _margin(result, 0), _margin(result, 1)
    return None if first is None or second is None else spread_of(second - first, result.clusters)


def operating_margin_at(year: int) -> Callable[[Result], Sample | None]:
    """Make the figure of operating cash flow over revenue at an anniversary."""

    def found(result: Result) -> Sample | None:
        place = _step(result, year)
        if place is None:
            return None
        return _spread(result, _over_revenue(result, result.history.series["cash_flow"][place], place))

    return found


def burn_multiple(result: Result) -> Sample | None:
    """Give the cash burnt in the first year over the recurring revenue that it added; without bound where it added none."""
    start, end = _step(result, 0), _step(result, 1)
    if start is None or end is None:
        return None
    steps = result.scenario.steps[start + 1 : end + 1]
    flow = sum((result.history.series["cash_flow"][step.index] * step.dt for step in steps), np.zeros(()))
    added, private = _recurring(result, end) - _recurring(result, start), result.history.alive[end]
    burnt = np.maximum(-flow, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        times = np.where(added > 0, burnt / added, np.where(burnt > 0, np.inf, np.nan))
    return spread_of(times[private], result.clusters[private])


def multiple_at_start(result: Result) -> Sample | None:
    """Give the opening multiple, as the anchor scaled it."""
    return spread_of(result.history.series["multiple"][0], result.clusters)


def multiple_at_exit(result: Result) -> Sample | None:
    """Give the multiple at the exit of companies that are listed or sold within the horizon."""
    codes = [code for code, way in enumerate(result.scenario.exits.values()) if way.liquidity != "wind_down"]
    kept = result.history.alive.shape[1]
    left = ~result.history.alive
    sold = np.flatnonzero(left.any(axis=0) & np.isin(result.outcomes["exit",][:kept], codes))
    return spread_of(result.history.series["multiple"][left.argmax(axis=0)[sold], sold], result.clusters[sold])


def volatility_over(years: int) -> Callable[[Result], Sample | None]:
    """Make the figure of the volatility of the logarithm of enterprise value over so many years."""

    def found(result: Result) -> Sample | None:
        end = _step(result, years)
        if end is None:
            return None
        value = result.history.series["enterprise_value"]
        with np.errstate(divide="ignore", invalid="ignore"):
            changes = np.log(value[end] / value[0])
        private = result.history.alive[end]
        return deviation_of(changes[private], years, result.clusters[private])

    return found


def stated_at_start(key: str) -> Callable[[Result], Sample | None]:
    """Make the figure of a formula of the document after a year, such as retention; at the start where no year is followed."""

    def found(result: Result) -> Sample | None:
        place = _step(result, 1) or 0
        row, private = _stated(result, key, place), result.history.alive[place]
        return None if row is None else spread_of(row[private], result.clusters[private])

    return found


def _growth(result: Result, year: int) -> Row | None:
    before, after = _step(result, year - 1), _step(result, year)
    if before is None or after is None:
        return None
    first, second = _recurring(result, before), _recurring(result, after)
    return np.where(result.history.alive[after], _ratio(second - first, first), np.nan)


def _margin(result: Result, year: int) -> Row | None:
    place = _step(result, year)
    row = None if place is None else _stated(result, "gross_profit", place)
    return None if row is None or place is None else _over_revenue(result, row, place)


def _over_revenue(result: Result, row: Row, place: int) -> Row:
    return np.where(result.history.alive[place], _ratio(row, _revenue(result, place)), np.nan)


def _ratio(above: Row, below: Row) -> Row:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(below > 0, above / below, np.nan)


def _spread(result: Result, row: Row | None) -> Sample | None:
    return None if row is None else spread_of(row, result.clusters)


def _revenue(result: Result, place: int) -> Row:
    stated = _stated(result, "revenue", place)
    return result.history.series["valued_revenue"][place] if stated is None else stated


def _recurring(result: Result, place: int) -> Row:
    stated = _stated(result, "recurring_revenue", place)
    return _revenue(result, place) if stated is None else stated


def _stated(result: Result, key: str, place: int) -> Row | None:
    """Evaluate a formula of the document at a step on the paths that are kept, shape ``(kept paths,)``."""
    asked: BaseRates | None = result.scenario.base_rates
    formula: Expression | None = getattr(asked, key, None)
    if formula is None:
        return None
    rows = {name: result.history.series[name][place] for name in formula.names}
    return np.broadcast_to(formula(rows), result.history.alive[place].shape)


def _step(result: Result, year: int) -> int | None:
    """Give the date of the grid that is an anniversary of the start, where there is one."""
    near = min(result.scenario.steps, key=lambda step: abs(step.time - year))
    return near.index if abs(near.time - year) < NEAR else None
