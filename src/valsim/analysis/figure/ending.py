"""Figures of how paths end and what an investor gets: exits, the time to a listing, losses, and the headline beside its worth."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from valsim.analysis.exits import ended_by
from valsim.analysis.fair_value import overvaluation
from valsim.analysis.figure.sample import Sample, rate_of, share_of, spread_of
from valsim.core.clusters import Clusters
from valsim.core.liquidity import LiquidityKind
from valsim.core.rows import Bools, Row
from valsim.core.timeline import years_between
from valsim.result import Result
from valsim.scenario.check import STILL_PRIVATE


def ended_as(kind: LiquidityKind) -> Callable[[Result], Sample | None]:
    """Make the figure of the paths that end in a kind of exit within the horizon."""
    return lambda result: share_of(_ended(result, kind), result.clusters)


def still_private(result: Result) -> Sample | None:
    """Give the share of companies that are still private at the horizon."""
    return share_of(ended_by(result)[STILL_PRIVATE], result.clusters)


def listing_hazard(result: Result) -> Sample | None:
    """Give the listings in a year that a company is private."""
    last = years_between(result.scenario.as_of, result.scenario.horizon_date)
    private = np.minimum(result.outcomes["exit time",], last)
    return rate_of(_ended(result, "ipo"), private, result.clusters)


def years_to_listing(result: Result) -> Sample | None:
    """Give the years from the first dated round of the cap table to a listing within the horizon."""
    issued = [terms.issued for terms in result.scenario.captable.classes.values() if terms.issued is not None]
    if not issued:
        return None
    so_far = years_between(min(issued), result.scenario.as_of)
    listed = _ended(result, "ipo")
    return spread_of(result.outcomes["exit time",][listed] + so_far, result.clusters[listed])


def below_cost(result: Result) -> Sample | None:
    """Give how often the investor of the document gets less than it paid."""
    made = _times_the_money(result)
    return None if made is None else share_of(made.times < 1, made.of)


def tenfold(result: Result) -> Sample | None:
    """Give how often the investor of the document gets ten times its money or more."""
    made = _times_the_money(result)
    return None if made is None else share_of(made.times >= 10, made.of)


def headline_over_worth(result: Result) -> Sample | None:
    """Give all opening shares at the last price over what they are worth today, less 1."""
    over = overvaluation(result)
    return None if np.isnan(over.value) else Sample((over.value,), (over.standard_error,), result.manifest.paths)


class _Made(NamedTuple):
    """What an investor gets over what it paid, on the paths on which it invests, and which of them depend on each other."""

    times: Row
    of: Clusters


def _times_the_money(result: Result) -> _Made | None:
    asked = result.scenario.base_rates
    if asked is None or not asked.investor:
        return None
    invested, proceeds = (result.outcomes["holder", asked.investor, what] for what in ("invested", "proceeds"))
    put_in = invested > 0
    return _Made(proceeds[put_in] / invested[put_in], result.clusters[put_in])


def _ended(result: Result, kind: LiquidityKind) -> Bools:
    names = [name for name, way in result.scenario.exits.items() if way.liquidity == kind]
    ended = ended_by(result)
    return np.logical_or.reduce([ended[name] for name in names]) if names else np.zeros(result.manifest.paths, bool)
