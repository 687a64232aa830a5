"""The typical one of some paths: their medoid, the path from which the others are the least far away on average."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from valsim.analysis.stories.gets import Gets
from valsim.captable.financing.outcome import is_done
from valsim.core.rows import Bools, Row
from valsim.core.streams import Paths
from valsim.ended import STILL_PRIVATE
from valsim.result import Result


@dataclass(frozen=True)
class Traits:
    """What paths are compared by, rows of shape ``(n_paths,)``, each in units of its standard deviation times its weight."""

    rows: tuple[Row, ...]

    def medoid(self, members: Paths) -> int:
        """Give the one of some paths whose distances to all of them add up to the least, the first where several do.

        The distance of two paths is the sum of the absolute differences of their traits (Kaufman and Rousseeuw, Finding Groups
        in Data, 1990, chapter 2), so that trait by trait the sums are known once the paths are sorted.

        >>> Traits((np.array([0.0, 1.0, 9.0, 2.0]),)).medoid(np.array([0, 1, 2]))
        1
        """
        away = sum((distances(row[members]) for row in self.rows), np.zeros(members.size))
        return int(members[np.argmin(away)])


def distances(row: Row) -> Row:
    """Give for each number the sum of its distances to all: ``x (2 k - n) + S - 2 S_k`` with ``S_k`` the sum of the ``k`` up to it.

    >>> distances(np.array([0.0, 1.0, 4.0])).tolist()
    [5.0, 4.0, 7.0]
    """
    values = np.sort(row)
    sums = np.concatenate(([0.0], np.cumsum(values)))
    upto = np.searchsorted(values, row, side="right")
    away: Row = row * (2 * upto - row.size) + sums[-1] - 2 * sums[upto]
    return away


def traits(result: Result, gets: Gets, paths: int) -> Traits:
    """Give what the first ``paths`` paths are compared by: when and how they end, for how much, what the reader gets, which closings
    are funded, what is learned and how often risks strike; things of a kind count together as one.
    """
    groups = ([row[:paths] for row in group] for group in _groups(result, gets))
    return Traits(tuple(row for group in groups for row in _scaled(group)))


def _groups(result: Result, gets: Gets) -> Iterator[Sequence[Row | Bools]]:
    found, scenario = result.outcomes, result.scenario
    yield [found["exit time",]]
    yield [_compressed(found["proceeds",])]
    yield [_compressed(np.where(gets.there, gets.amount, 0.0)), gets.there]
    yield [found["exit",] == code for code in range(STILL_PRIVATE, len(scenario.exits))]
    done = [is_done(found["tranche", *each.key, "code"]) for each in scenario.tranches]
    yield [sum(done, np.zeros(found["exit",].shape))]
    yield done
    yield [found["signal", name, "observed"] for name in scenario.signals]
    yield [found["risk", name, "strikes"] for name in scenario.risks]


def _compressed(row: Row) -> Row:
    """Give the logarithm of amounts that may be zero, in units of their mean."""
    return np.log1p(row / max(float(np.mean(row)), 1e-300))


def _scaled(group: Sequence[Row | Bools]) -> Iterator[Row]:
    for row in group:
        spread = float(np.std(row))
        if spread > 0:
            yield row / (spread * len(group))
