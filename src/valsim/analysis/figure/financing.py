"""Figures of the rounds to come: dilution, the time between rounds, steps up and rounds below the price of the one before.

All closings of a round are one round, dated and priced by the first of them that is funded; a round that is repeated is
another one each time. The first round is measured from the class that was issued last.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from valsim.analysis.figure.sample import Sample, share_of, spread_of
from valsim.analysis.tranches import funded
from valsim.captable.financing.tranche import Tranche
from valsim.captable.split import factor_at
from valsim.core.clusters import Clusters
from valsim.core.rows import Bools, Row
from valsim.core.streams import Paths
from valsim.core.timeline import years_between
from valsim.result import Result
from valsim.run import last_round

A_STEP_DOWN = 1 - 1e-9
"""A price below this part of the one before is lower: a flat round is none."""

AT_A_TIME = 1 << 18
"""So many paths are walked at a time, which bounds the memory that all their closings take side by side."""


@dataclass(frozen=True)
class Rounds:
    """Each round that is closed on a path, one entry a round and path: shape ``(rounds of all paths,)``."""

    of: Clusters
    """Which rounds belong to one path, or to paths that depend on each other."""
    months_between: Row
    step_up: Row
    dilution: Row


def months_between_rounds(found: Rounds) -> Sample | None:
    """Give the months from one round to the next."""
    return spread_of(found.months_between, found.of)


def step_up(found: Rounds) -> Sample | None:
    """Give the price of a share over that of the last closing before."""
    return spread_of(found.step_up, found.of)


def down_rounds(found: Rounds) -> Sample | None:
    """Give the share of rounds at a price below that of the last closing before."""
    priced = ~np.isnan(found.step_up)
    return share_of(found.step_up[priced] < A_STEP_DOWN, found.of[priced])


def dilution(found: Rounds) -> Sample | None:
    """Give the new money of all closings of a round over the valuation after it."""
    return spread_of(found.dilution, found.of)


def rounds(result: Result) -> Rounds:
    """Walk the closings of every path in the order of their dates."""
    where = {tranche.key: funded(result, tranche) for tranche in result.scenario.tranches}
    closings = [tranche for tranche in result.scenario.tranches if where[tranche.key].any()]
    if not closings:
        return Rounds(Clusters(1, np.zeros(0, np.intp)), *(np.zeros(0) for _ in range(3)))
    names = list(dict.fromkeys(tranche.round for tranche in closings))
    of_round = np.array([names.index(tranche.round) for tranche in closings])
    parts = []
    for first in range(0, result.manifest.paths, AT_A_TIME):
        some = slice(first, first + AT_A_TIME)
        done = np.array([where[tranche.key][some] for tranche in closings])
        told = {what: _columns(result, closings, what, some) for what in ("time", "price_per_share", "dilution")}
        told["price_per_share"] *= factor_at(result.scenario.captable.splits, result.scenario.as_of, told["time"])
        order = np.argsort(np.where(done, told["time"], np.inf), axis=0, kind="stable")
        found = _walked(_Walk.begin(result, len(names), done.shape[1]), order, done, of_round, told)
        parts.append([(path + first, *rows) for path, *rows in found])
    # the first rounds of all paths, then the second: sums run in this order, however many paths are walked at a time
    ordered = [each for place in zip(*parts, strict=True) for each in place]
    path, *rows = (np.concatenate(each) for each in zip(*ordered, strict=True))
    return Rounds(Clusters(result.clusters.size, path), *rows)


@dataclass
class _Walk:
    """Where each path is on the walk: its last round, its last price, and which rounds it has seen."""

    time: Row
    price: Row
    seen: Bools
    kept: Row

    @classmethod
    def begin(cls, result: Result, rounds: int, paths: int) -> "_Walk":
        time, price = _last(result)
        return cls(
            np.full(paths, time), np.full(paths, price), np.zeros((rounds, paths), bool), np.ones((rounds, paths))
        )


def _walked(
    walk: _Walk,
    order: npt.NDArray[np.intp],
    done: Bools,
    of_round: npt.NDArray[np.intp],
    told: dict[str, Row],
) -> list[tuple[Paths, Row, Row, Row]]:
    every = np.arange(order.shape[1])
    paths, numbers, months, steps = [], [], [], []
    for place in order:
        there, number = done[place, every], of_round[place]
        time, price, dilution = (told[what][place, every] for what in ("time", "price_per_share", "dilution"))
        first = there & ~walk.seen[number, every]
        paths.append(every[first])
        numbers.append(number[first])
        months.append(12 * (time - walk.time)[first])
        steps.append((price / walk.price)[first])
        walk.time, walk.price = np.where(first, time, walk.time), np.where(there, price, walk.price)
        walk.seen[number, every] |= there
        walk.kept[number, every] *= np.where(there, 1 - dilution, 1.0)
    dilutions = [1 - walk.kept[number, path] for number, path in zip(numbers, paths, strict=True)]
    return list(zip(paths, months, steps, dilutions, strict=True))


def _columns(result: Result, closings: list[Tranche], what: str, some: slice) -> Row:
    return np.array([result.outcomes["tranche", *tranche.key, what][some] for tranche in closings], dtype=float)


def _last(result: Result) -> tuple[float, float]:
    """Give when the class that was priced last was issued, in years from the start, and its price; NaN without one."""
    scenario = result.scenario
    if not any(security.is_priced for security in scenario.captable.classes.values()):
        return np.nan, np.nan
    paid = last_round(scenario)
    return (np.nan if paid.issued is None else years_between(scenario.as_of, paid.issued)), paid.price
