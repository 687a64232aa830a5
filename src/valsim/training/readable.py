"""Readable rules: what a policy does, said by one threshold or two."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from valsim.core.rows import Bools, Row, Rows

CELLS = 48
"""A threshold is one of so many quantiles of its row."""
WORTH_A_WORD = 0.02
"""A condition has to keep so much more of what choosing path by path adds, or it is left out."""
WORTH_A_RULE = 0.001
"""It has to add so much of all that is at stake, whichever way, or what is done everywhere says enough."""


@dataclass(frozen=True)
class Condition:
    """A row at or above a level, or below it."""

    row: str
    level: float
    above: bool = True

    def __call__(self, rows: Rows) -> Bools:
        """Say where it holds, shape ``(n_paths,)``."""
        holds: Bools = np.asarray(rows[self.row]) >= self.level
        return holds if self.above else ~holds


@dataclass(frozen=True)
class Rule:
    """Conditions that are joined by a word; none of them hold everywhere, with ``and``, or nowhere, with ``or``."""

    conditions: tuple[Condition, ...] = ()
    join: Literal["and", "or"] = "and"

    def __call__(self, rows: Rows, size: int) -> Bools:
        """Say where it holds, rows of shape ``(size,)``."""
        holds = np.full(size, self.join == "and")
        for condition in self.conditions:
            holds = holds & condition(rows) if self.join == "and" else holds | condition(rows)
        return holds


ALWAYS, NEVER = Rule(), Rule(join="or")


class _Found(NamedTuple):
    gained: float
    rule: Rule


def readable_rule(rows: Rows, gain: Row) -> Rule:
    """Find the rule of at most two thresholds that gains most: ``sum of gain where it holds``, shapes ``(n_paths,)``.

    A threshold is added only where it keeps a fiftieth more of what choosing path by path adds, and a thousandth of all that is at
    stake.

    >>> arr = np.arange(100.0)
    >>> rule = readable_rule({"arr": arr}, arr - 39.5)
    >>> rule.conditions[0].row, 38 <= rule.conditions[0].level <= 41
    ('arr', True)
    """
    binned = {name: _Binned.of(np.asarray(row, dtype=float)) for name, row in rows.items()}
    binned = {name: row for name, row in binned.items() if len(row.edges)}
    at_best = float(np.sum(np.maximum(gain, 0.0)))
    best = max(_Found(float(np.sum(gain)), ALWAYS), _Found(0.0, NEVER), key=lambda found: found.gained)
    least = max(WORTH_A_WORD * (at_best - best.gained), WORTH_A_RULE * float(np.sum(np.abs(gain))))
    for candidates in (_single(binned, gain), _double(binned, gain)):
        found = max(candidates, key=lambda found: found.gained, default=best)
        if found.gained > best.gained + least:
            best = found
    return best.rule


class _Binned(NamedTuple):
    """A row by the cells between some of its quantiles: ``edges``, and the cell of each path."""

    edges: Row
    cell: npt.NDArray[np.intp]

    @classmethod
    def of(cls, row: Row) -> "_Binned":
        if not row.size or not np.isfinite(row).all():
            return cls(np.zeros(0), np.zeros(0, dtype=np.intp))
        edges = np.unique(np.quantile(row, np.arange(1, CELLS) / CELLS, method="lower"))
        edges = edges[edges > np.min(row)]  # a row at or above its lowest says nothing
        return cls(edges, np.searchsorted(edges, row, side="right"))


def _single(binned: Mapping[str, _Binned], gain: Row) -> Iterator[_Found]:
    for name, row in binned.items():
        below = np.cumsum(np.bincount(row.cell, gain, len(row.edges) + 1))[:-1]
        for above, gained in ((True, float(np.sum(gain)) - below), (False, below)):
            place = int(np.argmax(gained))
            yield _Found(float(gained[place]), Rule((Condition(name, float(row.edges[place]), above),)))


def _double(binned: Mapping[str, _Binned], gain: Row) -> Iterator[_Found]:
    for (first, a), (second, b) in combinations(binned.items(), 2):
        shape = len(a.edges) + 1, len(b.edges) + 1
        sums = np.bincount(a.cell * shape[1] + b.cell, gain, shape[0] * shape[1]).reshape(shape)
        below = np.cumsum(np.cumsum(sums, axis=0), axis=1)
        corner, left, under, everything = below[:-1, :-1], below[:-1, -1:], below[-1:, :-1], below[-1, -1]
        # What is gained where both hold, by which of them is of being above.
        both = {
            (False, False): corner,
            (False, True): left - corner,
            (True, False): under - corner,
            (True, True): everything - left - under + corner,
        }
        for one, other in product((True, False), repeat=2):
            either = everything - both[not one, not other]
            for join, gained in (("and", both[one, other]), ("or", either)):
                i, j = np.unravel_index(int(np.argmax(gained)), gained.shape)
                conditions = (
                    Condition(first, float(a.edges[i]), one),
                    Condition(second, float(b.edges[j]), other),
                )
                yield _Found(float(gained[i, j]), Rule(conditions, join))  # type: ignore[arg-type]
