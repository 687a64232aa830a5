"""The anchor: the scale of the opening multiple at which the last-priced class is worth its price."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from valsim.core.errors import Path, SimulationError
from valsim.result import Anchor, Estimate

Worth: TypeAlias = Callable[[Sequence[float]], list[Estimate]]
"""The present value per share at scales of the opening multiple."""

NEAR, SMALL = 0.1, 0.02
"""How far, on the log scale, the root of the rough worth may be when it is left, and the worth from the price at the end."""
BESIDE = 0.05
"""How far to either side of a place, on the log scale, the slope is measured."""
ROUGH_STEPS, LAST_STEPS = 25, 4
"""How many evaluations, of pairs and of single scales, are made at most."""
JUMPS = "look for an exit or a condition of a round at which its worth jumps"
"""What to do where the search does not end."""
FURTHEST = math.log(1000)
"""How far the scale may go from 1, either way, on the log scale."""


NOT_SCALED = Anchor(1.0, 0.0)
"""What leaves the opening multiple as it is."""


@dataclass(frozen=True)
class Paid:
    """The price per share that was paid last: for which class, in which currency and when."""

    name: str
    price: float
    currency: str
    issued: date | None = None
    otherwise: str = "state valuation.anchor: none"
    """What else may be done where no scale gives the price."""

    def __str__(self) -> str:
        when = "" if self.issued is None else f" on {self.issued}"
        return f"{self.name} cost {_amount(self.price)} {self.currency} a share{when}"

    @property
    def place(self) -> Path:
        """Where a document says it."""
        return ("captable", "classes", self.name)


def solve_anchor(worth: Worth, paid: Paid, rough: Worth) -> Anchor:
    """Solve ``worth(scale) = price`` by Newton's method in logs.

    ``worth`` and ``rough`` draw the same random numbers at each scale, so both are rising functions without noise; ``rough``
    has fewer paths. Its root and its slope there lead to a few evaluations of ``worth``, the last of them within 2 % of the
    price, and a last step from there, whose error is of second order. The standard error of the scale is that of the worth
    over the slope. Raises :class:`~valsim.core.errors.SimulationError` where no scale between 1/1000 and 1000 gives the
    price.

    >>> worth = lambda scales: [Estimate(4 * s**0.5, 0.04) for s in scales]
    >>> anchor = solve_anchor(worth, Paid("series_a", 8.0, "USD"), worth)
    >>> round(anchor.scale, 3), round(anchor.standard_error, 3)
    (4.0, 0.04)
    """
    place, slope = _rough_root(rough, paid)
    for _ in range(LAST_STEPS):
        (found,) = worth([math.exp(place)])
        gap = _gap(found, paid.price)
        scale = math.exp(place - gap / slope)
        if abs(gap) < SMALL:
            return Anchor(scale, scale * found.standard_error / found.mean / slope)
        place -= gap / slope
    raise SimulationError(
        f"{paid}, and no scale of the opening multiple was found at which it is worth just that: {JUMPS}, or {paid.otherwise}",
        paid.place,
    )


def _rough_root(rough: Worth, paid: Paid) -> tuple[float, float]:
    """Give the log scale of the root, and the slope of log worth beside it."""
    place, low, high = 0.0, -math.inf, math.inf
    for _ in range(ROUGH_STEPS):
        sides = (place - BESIDE, place + BESIDE)
        found = rough([math.exp(side) for side in sides])
        gaps = [_gap(worth, paid.price) for worth in found]
        low = max(low, *(side for side, gap in zip(sides, gaps, strict=True) if gap < 0), -math.inf)
        high = min(high, *(side for side, gap in zip(sides, gaps, strict=True) if gap >= 0), math.inf)
        slope = max((gaps[1] - gaps[0]) / (2 * BESIDE), 0.01)
        move = -(gaps[0] + gaps[1]) / 2 / slope
        if abs(move) < NEAR:
            return place + move, slope
        place = _inside(place + min(max(move, -1.5), 1.5), low, high)
        if abs(place) > FURTHEST:
            break
    raise _unsolved(found[0], sides[0], paid)


def _inside(place: float, low: float, high: float) -> float:
    return place if low < place < high else (low + high) / 2


def _gap(found: Estimate, price: float) -> float:
    return math.log(found.mean / price) if found.mean > 0 else -10.0


def _unsolved(found: Estimate, place: float, paid: Paid) -> SimulationError:
    verdict, remedy = ("too rosy", "lower") if found.mean > paid.price else ("too bleak", "raise")
    # Of the few paths of a rough worth no error is known where these are one batch that depends on itself.
    error = f" ± {found.standard_error:.1g}" if math.isfinite(found.standard_error) else ""
    worth = f"{_amount(found.mean)} {paid.currency}{error}"
    return SimulationError(
        f"{paid}, but is worth {'' if found.mean > paid.price else 'only '}{worth} even at {math.exp(place):.2g} times the opening "
        f"multiple: the scenario is {verdict}. Only the opening multiple is scaled to meet the price; {remedy} the level that the "
        f"multiple comes to (valuation.multiple), the growth of the drivers or the exits, or {paid.otherwise}",
        paid.place,
    )


def _amount(price: float) -> str:
    return f"{price:,.2f}" if price >= 1 else f"{price:.3g}"
