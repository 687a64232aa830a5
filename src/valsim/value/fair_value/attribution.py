"""What each term adds to the gap between headline and fair value."""

from collections.abc import Callable, Sequence
from functools import cache
from itertools import permutations
from math import fsum
from typing import NamedTuple

MOST = 5
"""With more terms than this not every order in which they may come is looked at."""


class Contribution(NamedTuple):
    """What a term adds to the headline over fair value: money of today, and the part of the overvaluation that it is."""

    term: str
    classes: tuple[str, ...]
    adds: float
    overvaluation: float


def shares_of(gap: Callable[[frozenset[str]], float], terms: Sequence[str]) -> dict[str, float]:
    """Share out ``gap(all terms) - gap(no term)`` among terms: what each adds, on the mean over every order in which they may come.

    That is Shapley's value (1953), which hangs on no order. Of more than five terms the mean is over two orders, as they are
    listed and the other way round. ``gap`` is asked once for each set of terms.

    >>> shares = shares_of(lambda kept: 10.0 * len(kept) + 6.0 * (len(kept) == 2), ["ratchet", "veto"])
    >>> shares
    {'ratchet': 13.0, 'veto': 13.0}
    """
    known = cache(gap)
    orders = list(permutations(terms)) if len(terms) <= MOST else [tuple(terms), tuple(reversed(terms))]
    added: dict[str, list[float]] = {term: [] for term in terms}
    for order in orders:
        for place, term in enumerate(order):
            added[term].append(known(frozenset(order[: place + 1])) - known(frozenset(order[:place])))
    return {term: fsum(each) / len(orders) for term, each in added.items()}
