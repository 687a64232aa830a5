"""Which correlation of one pair would go together with the others: the interval that keeps the matrix positive semidefinite."""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np

from valsim.core.streams import correlated
from valsim.scenario.correlations import Pair

Interval: TypeAlias = tuple[float, float]


def exist(pairs: Sequence[Pair]) -> bool:
    """Say whether any random numbers have these correlations together."""
    try:
        correlated(pairs)
    except ValueError:
        return False
    return True


def compatible(pairs: Sequence[Pair], index: int) -> Interval | None:
    """Give the smallest and the largest correlation that one pair may have beside the others; nothing if there is none.

    Given the others, two numbers are each a combination of them and a rest. With ``b`` and ``c`` the correlations of the two
    with the others and ``R`` those among the others, ``rho = b' R^-1 c ± sqrt((1 - b' R^-1 b)(1 - c' R^-1 c))``.

    >>> low, high = compatible([("a", "b", 0.9), ("a", "c", 0.9), ("b", "c", -0.9)], 2)
    >>> round(low, 12), round(high, 12)
    (0.62, 1.0)
    """
    one, other, _ = pairs[index]
    rest = [pair for i, pair in enumerate(pairs) if i != index]
    names = list(dict.fromkeys(name for pair in rest for name in pair[:2] if name not in {one, other}))
    among = np.array([[stated(rest, a, b) for b in names] for a in names]).reshape(len(names), len(names))
    b, c = (np.array([stated(rest, name, to) for to in names]) for name in (one, other))
    inverse = np.linalg.pinv(among, rcond=1e-9, hermitian=True)
    middle = float(b @ inverse @ c)
    reach = float(np.sqrt(max(0.0, 1 - b @ inverse @ b) * max(0.0, 1 - c @ inverse @ c)))
    low, high = _rounded(max(-1.0, middle - reach), min(1.0, middle + reach))
    # Where the others contradict each other already, or tie one of the two to more than it can follow, nothing helps.
    return (low, high) if all(exist([*rest, (one, other, rho)]) for rho in (low, high)) else None


def _rounded(low: float, high: float) -> Interval:
    """Round inwards to what a person can type, unless nothing is left then."""
    inner = float(np.ceil(1000 * low - 1e-6) / 1000), float(np.floor(1000 * high + 1e-6) / 1000)
    return inner if inner[0] <= inner[1] else (round((low + high) / 2, 9),) * 2


def stated(pairs: Sequence[Pair], a: str, b: str) -> float:
    """Give the correlation of two names that some pairs state: 1 with itself, 0 of a pair that is not listed."""
    return 1.0 if a == b else next((rho for x, y, rho in pairs if {x, y} == {a, b}), 0.0)
