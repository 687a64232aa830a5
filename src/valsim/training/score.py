"""Scores: how much better one alternative is than another, read off the state."""

from dataclasses import dataclass
from itertools import combinations_with_replacement
from typing import TypeAlias

import numpy as np

from valsim.core.rows import Row, Rows
from valsim.training.coordinate import Coordinate

Term: TypeAlias = tuple[int, ...]
"""A product of coordinates, by their places; a power repeats one."""

DEGREES = {0: 0, 1: 4, 2: 3, 3: 3}
"""The degree of the polynomial of so many coordinates: at most 20 terms."""
USUAL_DEGREE = 2


@dataclass(frozen=True)
class Score:
    """A polynomial of coordinates: what an alternative is expected to add to the present value of those who decide."""

    coordinates: tuple[Coordinate, ...]
    terms: tuple[Term, ...]
    coefficients: tuple[float, ...]

    @property
    def reads(self) -> frozenset[str]:
        """The rows that it looks at."""
        return frozenset(each.row for each in self.coordinates)

    def __call__(self, rows: Rows, size: int) -> Row:
        """Give the score on so many paths, rows of shape ``(size,)``."""
        columns = features(self.terms, [each(rows) for each in self.coordinates], size)
        return sum((b * column for b, column in zip(self.coefficients, columns, strict=True)), np.zeros(size))


def terms_of(coordinates: int) -> tuple[Term, ...]:
    """List the terms of the polynomial of so many coordinates.

    >>> terms_of(1)
    ((), (0,), (0, 0), (0, 0, 0), (0, 0, 0, 0))
    """
    degrees = range(DEGREES.get(coordinates, USUAL_DEGREE) + 1)
    return tuple(term for degree in degrees for term in combinations_with_replacement(range(coordinates), degree))


def features(terms: tuple[Term, ...], columns: list[Row], size: int) -> list[Row]:
    """Multiply coordinates to terms, each of shape ``(size,)``; a term is the one before it times one more coordinate."""
    made: dict[Term, Row] = {(): np.ones(size)}
    for term in terms:
        if term:
            made[term] = made[term[:-1]] * columns[term[-1]] if term[:-1] in made else _product(term, columns)
    return [made[term] for term in terms]


def _product(term: Term, columns: list[Row]) -> Row:
    product = columns[term[0]]
    for place in term[1:]:
        product = product * columns[place]
    return product
