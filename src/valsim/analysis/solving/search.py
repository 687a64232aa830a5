"""Where a function with noise changes its sign: scanned on few paths, narrowed down, and solved on all of them."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import numpy as np

from valsim.analysis.measured import Measured

SCANNED = 9
"""So many places are looked at for changes of sign."""
HALVED = 5
"""So often the way to where there is nothing to look at is halved."""
QUIET = 0.05
"""A gap of so many of its standard errors counts as none."""
EXACT = 1e-7
"""A gap so small beside both of its sides is nothing but rounding."""
NARROW = 1e-9
"""Two places this close, relatively, between which the sign changes hold a jump."""
STEPS, LAST_STEPS = 80, 14
"""How many evaluations narrow a place down at most, on few paths and on all of them."""
BESIDE = 0.03
"""How far to either side of the root, relatively, the slope is measured."""

Gap: TypeAlias = Callable[[float], "Spot | None"]
"""How far the left side exceeds the right one at a place; nothing where the document takes no such number or a side does not exist."""


@dataclass(frozen=True)
class Spot:
    """Both sides at a place."""

    place: float
    left: Measured
    right: Measured

    @property
    def gap(self) -> Measured:
        """How far the left side exceeds the right one; its error knows that both come from the same paths."""
        difference: Measured = self.left - self.right
        return difference

    @property
    def is_root(self) -> bool:
        """Whether the gap is far within its own error, or nothing but rounding."""
        gap, size = self.gap, abs(self.left.value) + abs(self.right.value)
        return bool(abs(gap.value) <= max(QUIET * gap.standard_error, EXACT * size))

    @property
    def is_empty(self) -> bool:
        """Whether both sides are nothing on every path."""
        return all(side.value == 0 and not side.influence.any() for side in (self.left, self.right))

    @property
    def above(self) -> bool:
        """Whether the left side is the larger."""
        return self.gap.value > 0


def scanned(gap: Gap, low: float, high: float, start: float) -> list[Spot]:
    """Look at places from ``low`` to ``high`` and at ``start``, even in logs where all are above zero.

    Where there is nothing at one place and something at the next, the way between them is halved some times: the sign may
    change there.
    """
    even = np.geomspace if low > 0 else np.linspace
    places = [float(place) for place in even(low, high, SCANNED) if not math.isclose(place, start, rel_tol=EXACT)]
    found = [(place, gap(place)) for place in sorted([*places, *([start] if low <= start <= high else [])])]
    spots = {place: spot for place, spot in found if spot is not None}
    for (one, there), (other, here) in pairwise(found):
        if (there is None) != (here is None):
            spot = _edge(gap, there or here, other if here is None else one)  # type: ignore[arg-type]
            spots[spot.place] = spot
    return [spots[place] for place in sorted(spots)]


def _edge(gap: Gap, inside: Spot, outside: float) -> Spot:
    """Give the place nearest to one where there is nothing that still has something."""
    for _ in range(HALVED):
        spot = gap((inside.place + outside) / 2)
        if spot is None:
            outside = (inside.place + outside) / 2
        else:
            inside = spot
    return inside


def changes(spots: Sequence[Spot]) -> list[tuple[Spot, Spot]]:
    """Give the neighbours between which the sign changes; a root that was hit is its own neighbour.

    Where both sides are nothing on every path, such as a deal that never comes about, the target is not made true.
    """
    spots = [spot for spot in spots if not spot.is_empty]
    hit = [(spot, spot) for spot in spots if spot.is_root]
    return [*hit, *((a, b) for a, b in pairwise(spots) if a.above != b.above and not (a.is_root or b.is_root))]


def narrowed(gap: Gap, first: Spot, second: Spot, steps: int = STEPS) -> tuple[Spot, Spot]:
    """Narrow a change of sign down until a root is hit, which is given twice, or what is left is a jump.

    False position by the Illinois rule (Dowell and Jarratt, BIT 11, 1971), and halving where that moves one end alone.
    """
    a, b = first, second
    weight_a = weight_b = 1.0
    for step in range(steps):
        if b.place - a.place <= NARROW * max(abs(a.place), abs(b.place)):
            break
        ya, yb = a.gap.value * weight_a, b.gap.value * weight_b
        place = (a.place * yb - b.place * ya) / (yb - ya)
        middle = gap((a.place + b.place) / 2 if step % 4 == 3 or not a.place < place < b.place else place)
        if middle is None:
            break
        if middle.is_root:
            return middle, middle
        if middle.above == a.above:
            a, weight_a, weight_b = middle, 1.0, weight_b / 2
        else:
            b, weight_a, weight_b = middle, weight_a / 2, 1.0
    return a, b


def around(gap: Gap, place: float, slope: float, low: float, high: float) -> tuple[Spot, Spot] | None:
    """Find two places about a root that was found on fewer paths, between which the sign changes; a root is given twice."""
    here = gap(place)
    if here is None or here.is_root:
        return None if here is None else (here, here)
    step = -1.5 * here.gap.value / slope if slope else math.copysign(BESIDE * place, 1)
    for _ in range(LAST_STEPS):
        beside = gap(min(max(place + step, low), high))
        if beside is None:
            return None
        if beside.above != here.above:
            return (here, beside) if here.place < beside.place else (beside, here)
        step *= 2
    return None


def slope_at(gap: Gap, place: float, low: float, high: float) -> float:
    """Measure how fast the gap changes at a place, from either side of it; 0 where that is not known."""
    step = BESIDE * (abs(place) or (high - low))
    ends = [gap(min(max(each, low), high)) for each in (place - step, place + step)]
    if None in ends or ends[0].place == ends[1].place:  # type: ignore[union-attr]
        return 0.0
    before, after = ends
    return (after.gap.value - before.gap.value) / (after.place - before.place)  # type: ignore[union-attr]
