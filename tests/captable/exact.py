"""An exact waterfall that walks its own breakpoints: what each class is paid at a level is written down with max and min.

The level rises first through the ranks, a fraction of each, and then as the price of a common share. Between two levels at
which a max or a min changes sides every payout is a straight line in the proceeds.
"""

from bisect import bisect_right
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from tests.captable.oracle import Class

ZERO, ONE = Fraction(0), Fraction(1)


class Level(NamedTuple):
    """How far the ranks are filled, each a fraction by seniority, and the price of a common share."""

    filled: dict[int, Fraction]
    price: Fraction


class Vertex(NamedTuple):
    """A breakpoint: its proceeds and what each class is paid."""

    proceeds: Fraction
    paid: tuple[Fraction, ...]


def paid_at(c: Class, level: Level) -> Fraction:
    """What a class is paid at a level."""
    before = gross(c, level)
    return before if c.exercise_price is None else max(before - c.exercise_price * c.shares, ZERO)


def gross(c: Class, level: Level) -> Fraction:
    """What its shares are paid, before they are bought."""
    if c.preference is None:
        return c.shares * level.price
    as_common = c.as_converted * level.price
    if c.only_to_convert:
        return as_common
    held = c.preference * level.filled[c.seniority]
    if c.participation != "none":
        held = held + as_common if c.cap is None else min(held + as_common, c.cap)
    return max(held, as_common)


def levels(classes: Sequence[Class]) -> list[Level]:
    """All levels at which a payout may change its slope, from the bottom up."""
    ranks = sorted({c.seniority for c in classes if c.preference is not None}, reverse=True)
    found = [Level(dict.fromkeys(ranks, ZERO), ZERO)]
    for rank in ranks:
        below = found[-1].filled
        starts = {c.exercise_price * c.shares / c.preference for c in classes if in_rank(c, rank)}
        found += [Level(below | {rank: f}, ZERO) for f in sorted({f for f in starts if 0 < f < 1} | {ONE})]
    prices = sorted({price for c in classes for price in kinks(c) if price > 0})
    full = found[-1].filled
    return found + [Level(full, price) for price in [*prices, 2 * max(prices, default=ONE)]]


def in_rank(c: Class, rank: int) -> bool:
    """Whether the class is warrants that may be exercised inside a rank."""
    return bool(c.preference) and c.exercise_price is not None and not c.only_to_convert and c.seniority == rank


def kinks(c: Class) -> list[Fraction]:
    """The prices of a common share at which a class may change sides: to its cap, to common, to exercise."""
    spent = ZERO if c.exercise_price is None else c.exercise_price * c.shares
    if c.preference is None:
        return [spent / c.shares]
    most = c.preference if c.cap is None else c.cap
    return [
        amount / c.as_converted for amount in (c.preference, most, most - c.preference, spent, spent - c.preference)
    ]


def vertices(classes: Sequence[Class]) -> list[Vertex]:
    """The breakpoints of a cap table in the order of their proceeds; behind the last one all lines go on."""
    paid = [tuple(paid_at(c, level) for c in classes) for level in levels(classes)]
    found = [Vertex(sum(amounts, ZERO), amounts) for amounts in paid]
    assert all(lower.proceeds <= higher.proceeds for lower, higher in pairwise(found))
    return [vertex for i, vertex in enumerate(found) if i == 0 or vertex.proceeds > found[i - 1].proceeds]


def interpolated(line: Sequence[Vertex], proceeds: Fraction) -> tuple[Fraction, ...]:
    """What each class is paid out of some proceeds."""
    i = min(bisect_right(line, proceeds, key=lambda vertex: vertex.proceeds), len(line) - 1)
    lower, higher = line[i - 1], line[i]
    part = (proceeds - lower.proceeds) / (higher.proceeds - lower.proceeds)
    return tuple(a + (b - a) * part for a, b in zip(lower.paid, higher.paid, strict=True))
