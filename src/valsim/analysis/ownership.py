"""Who owns how much of the company by date, and what diluted a share that is held today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from valsim.analysis.spread import Plain, mean, number, quantiles, spread
from valsim.analysis.tranches import funded
from valsim.captable.curve import ratio, total
from valsim.captable.financing.tranche import Tranche
from valsim.captable.ledger import OTHERS, UNISSUED
from valsim.captable.split import factor_until
from valsim.core.rows import Row
from valsim.core.streams import Paths
from valsim.result import Result
from valsim.scenario.model import Scenario
from valsim.scenario.names import holder_names

MAIN = 4
"""So many holders of today, and so many who come later, are told of by name; the others together."""
OTHERS_TODAY, OTHERS_LATER = "all other holders of today", "all other later investors"


@dataclass(frozen=True)
class Group:
    """Holders that are told of together: a position, a holder of today or several, investors who come later, the unissued pool."""

    name: str
    kind: str
    holders: tuple[str, ...]


def ownership(result: Result) -> Plain:
    """Give who owns how much of the fully diluted shares by date, at each closing and at the exit, and what diluted them; real-world.

    By date it is among the companies that are still private then; the parts sum to 1 at each date. After a closing it is the median
    where that was funded, at the end of its day. At the exit it is the mean over all paths, before what converts in the exit. Nothing
    is known where no time series are kept.
    """
    owned, scenario = result.history.ownership, result.scenario
    if not owned.shares.size:
        return {}
    noted = owned.shares.shape[1]
    alive = np.vstack([np.ones(noted, dtype=bool), result.history.alive[:, :noted]])
    private = [np.flatnonzero(row) for row in alive]
    return {
        "measure": "real-world",
        "noted_paths": noted,
        "dates": [scenario.as_of.isoformat(), *(step.date.isoformat() for step in scenario.steps)],
        "alive": [float(share) for share in alive.mean(axis=1)],
        "groups": [_told(result, group, private) for group in groups(result)],
        "dilution": dilution(result),
    }


def groups(result: Result) -> list[Group]:
    """Group everybody who ever owns anything: positions, the largest holders of today, those who come later, and the pool."""
    parts, opening = result.history.ownership.parts, result.opening_ledger.ownership()
    ever = {name: float(np.mean(parts[name][-1])) for name in holder_names(result.scenario) if np.any(parts[name])}
    positions = [name for name in ever if name in result.scenario.positions]
    others = [name for name in ever if name not in {*positions, UNISSUED}]
    today = sorted((name for name in others if name in opening), key=lambda name: -float(np.mean(opening[name])))
    later = sorted((name for name in others if name not in opening), key=lambda name: -ever[name])
    named = [name for name in today if name != OTHERS]
    return [
        *(Group(name, "position", (name,)) for name in positions),
        *_largest([*named, *(name for name in today if name == OTHERS)], "today", OTHERS_TODAY),
        *_largest(later, "later", OTHERS_LATER),
        *(Group(name, "pool", (name,)) for name in ever if name == UNISSUED),
    ]


def _largest(names: Sequence[str], kind: str, rest: str) -> list[Group]:
    """Tell of the first ones by name; one that would be left alone is told by its name too."""
    by_name = len(names) if len(names) == MAIN + 1 else MAIN
    found = [Group(name, kind, (name,)) for name in names[:by_name]]
    return [*found, Group(rest, kind, tuple(names[by_name:]))] if names[by_name:] else found


def _told(result: Result, group: Group, private: Sequence[Paths]) -> Plain:
    parts, clusters = result.history.ownership.parts, result.clusters
    table = total(parts[name] for name in group.holders)
    steps = [spread(row.take(paths), clusters[paths]) for row, paths in zip(table, private, strict=True)]
    at_exit = total(result.outcomes["holder", name, "ownership at exit"] for name in group.holders)
    return {
        "name": group.name,
        "kind": group.kind,
        "holders": [*group.holders],
        "mean": [step["mean"] for step in steps],
        "standard_error": [step["standard_error"] for step in steps],
        "quantiles": {level: [step["quantiles"][level] for step in steps] for level in steps[0]["quantiles"]},
        "opening": number(np.mean(table[0])),
        "after": [_after(result, tranche, table) for tranche in result.scenario.tranches],
        "at_exit": mean(at_exit, clusters),
    }


def _after(result: Result, tranche: Tranche, table: Row) -> Plain:
    """Give what is owned at the end of the day of a closing, where it was funded: the median, from 5 to 95 % of the paths."""
    where = np.flatnonzero(funded(result, tranche)[: table.shape[1]])
    times = np.array([step.time for step in result.scenario.steps])
    when = result.outcomes["tranche", *tranche.key, "time"][where]
    place = np.minimum(np.searchsorted(times, when - 1e-9), times.size - 1)
    told = {"round": tranche.round, "tranche": tranche.name, "paths": int(where.size)}
    return {**told, "quantiles": quantiles(table[1 + place, where])}


def dilution(result: Result) -> Plain:
    """Split the dilution until the end of a share that is held today, and to which no other is added, into what caused it.

    Of fully diluted shares ``N`` a share is the part ``1 / N``, so its dilution is ``1 - N_0 / N_T = 1 - exp(-L)`` with ``L`` the
    sum over all that changed ``N`` of ``log(after / before)``. Each cause gets the part ``(1 - exp(-L)) / L`` of its own logarithms, so that
    they add up on every path whatever their order (the logarithmic mean divisia index; Ang 2004, "Decomposition analysis for
    policymaking in energy", section 3). A closing's logarithm is split into its new shares and what else it issued, in the ratio of those shares. A listing's is
    that of its new shares, so that what is left of a share is what its holder owns at the exit.
    """
    scenario, shares = result.scenario, _in_shares_of_the_start(result)
    listed = _left_by_listings(result, shares.shape[1])
    left = shares[0] / shares[-1] * listed
    whole, of = -np.log(left), result.clusters
    points = np.where(np.abs(whole) > 1e-9, (1 - left) / np.where(whole == 0, 1.0, whole), 1.0)
    bought, set_off = dict[str, Row](), np.zeros(whole.size)
    for tranche in scenario.tranches:
        new, more = _logarithms(result, tranche, whole.size)
        bought[tranche.round] = bought.get(tranche.round, 0.0) + new
        set_off = set_off + more
    sold = -np.log(listed)
    rest = whole - total(bought.values()) - set_off - sold
    return {
        "left": spread(left, of),
        "total": mean(1 - left, of),
        "new_shares": [{"round": name, **mean(points * row, of)} for name, row in bought.items()],
        "new_shares_of_listings": mean(points * sold, of),
        "set_off_by_closings": mean(points * set_off, of) | {"what": set_off_by(scenario)},
        "between_closings": mean(np.where(np.abs(rest) > 1e-9, points * rest, 0.0), of),
    }


def _left_by_listings(result: Result, paths: int) -> Row:
    """Give the part of the company that holders keep where a listing sells new shares, shape ``(paths,)``; elsewhere 1."""
    columns = (row for key, row in result.outcomes.items() if key[0] == "holder" and key[2] == "ownership at exit")
    kept = total(row[:paths] for row in columns)
    return np.where(kept < 1 - 1e-9, kept, 1.0)


def _in_shares_of_the_start(result: Result) -> Row:
    scenario = result.scenario
    factors = [1.0, *(factor_until(scenario.captable.splits, step.date) for step in scenario.steps)]
    now: Row = result.history.ownership.shares / np.array(factors)[:, None]
    return now


def _logarithms(result: Result, tranche: Tranche, paths: int) -> tuple[Row, Row]:
    """Give ``log(after / before)`` of the fully diluted shares around a closing: of the shares that its money bought, and of all else."""
    columns: Mapping[str, Row] = {
        name: result.outcomes["tranche", *tranche.key, name][:paths]
        for name in ("dilution", "new_money", "post_money_valuation")
    }
    done = funded(result, tranche)[:paths]
    diluted = np.where(done, columns["dilution"], 0.0)
    whole = -np.log1p(-diluted)
    sold = np.where(done, ratio(columns["new_money"], columns["post_money_valuation"]), 0.0)
    new = np.where(np.abs(diluted) > 1e-12, ratio(sold, diluted), 0.0) * whole
    return new, whole - new


def set_off_by(scenario: Scenario) -> list[str]:
    """Name what a closing of a document may issue beside the shares that its money buys."""
    terms = [tranche.terms for tranche in scenario.tranches]
    protected = [each for each in scenario.having("anti_dilution").values() if each.kind != "none"]
    there = {
        "pool increases": any(each.option_pool is not None or each.pool_increase is not None for each in terms),
        "conversions": bool(scenario.captable.convertibles),
        "anti-dilution": bool(protected),
    }
    return [name for name, exists in there.items() if exists]
