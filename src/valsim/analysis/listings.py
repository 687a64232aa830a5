"""What charters do to listings: how often a class stops one, and what ratchets add."""

from valsim.analysis.spread import Plain, chance, spread
from valsim.outcome.at_exit import vetoing
from valsim.result import Result


def vetoes(result: Result) -> Plain | None:
    """Give the series that may stop a listing, and how often one is stopped, of those that are planned."""
    series = vetoing(result.scenario)
    if not series:
        return None
    of = result.clusters
    planned, blocked = (result.outcomes["listing", what] > 0 for what in ("planned", "blocked"))
    return {
        "classes": list(series),
        "planned": chance(planned, of),
        "blocked_if_planned": chance(blocked[planned], of[planned]),
    }


def ipo_ratchets(result: Result) -> list[Plain]:
    """Give each series with a ratchet: how often it adds shares, of the listings that happen, and what those are worth then."""
    return [_ratchet(result, series) for series in result.scenario.having("ipo_ratchet_multiple")]


def _ratchet(result: Result, series: str) -> Plain:
    added, of = result.outcomes["ratchet", series], result.clusters
    listed = (result.outcomes["listing", "planned"] > 0) & ~(result.outcomes["listing", "blocked"] > 0)
    return {
        "class": series,
        "struck_if_listed": chance(added[listed] > 0, of[listed]),
        "added": spread(added[added > 0], of[added > 0]),
    }
