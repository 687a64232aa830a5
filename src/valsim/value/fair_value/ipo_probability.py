"""The chance that an exit is a listing, rising with the value of the company at the exit."""

from collections.abc import Sequence

import numpy as np

from valsim.core.block import Block
from valsim.core.parameter import Fraction, PositiveMoney
from valsim.core.rows import Row
from valsim.value.fair_value.numbers import published


class Knot(Block):
    """A value of the company at its exit, and the chance that such an exit is a listing.

    Between two knots the chance is a line in the logarithm of the value; before the first one and after the last one it stays
    what it is there. Two knots at one value are a step.
    """

    example = "{exit_value: 1B USD, probability: 65%}"

    exit_value: PositiveMoney
    """What the company is worth at the exit."""
    probability: Fraction
    """The chance that the exit is a listing, a fraction; otherwise it is a sale."""


PUBLISHED = tuple(
    Knot.model_construct(exit_value=published(value), probability=published(chance))
    for value, chance in ((32e6, 0.0), (1e9, 0.65), (100e9, 0.85))
)
"""The chances of Gornall and Strebulaev (2020), at values in dollars; their own code keeps 85 % beyond 100 billion."""


def lines_between(knots: Sequence[Knot], edges: Row) -> tuple[Row, Row]:
    """Give the chance as ``first + slope ln X`` on each segment between edges of ``ln X``, among which are all knots.

    >>> first, slope = lines_between(PUBLISHED, np.log([1e6, 32e6, 1e9, 100e9, 1e12]))
    >>> np.round(first + slope * np.log([2e6, 32e6, 1e9, 2e11]), 9).tolist()
    [0.0, 0.0, 0.65, 0.85]
    """
    at = np.log([float(knot.exit_value) for knot in knots])
    chances = np.array([float(knot.probability) for knot in knots])
    rise, run = np.diff(chances), np.diff(at)
    slopes = np.concatenate([[0.0], np.divide(rise, run, out=np.zeros(rise.shape), where=run > 0), [0.0]])
    firsts = np.append(chances[0], chances - slopes[1:] * at)
    place = np.searchsorted(at, edges[:-1], side="right")
    return firsts[place], slopes[place]


def chance_at(knots: Sequence[Knot], value: Row) -> Row:
    """Give the chance at exit values, of any shape; at a step, the chance above it.

    >>> chance_at(PUBLISHED, np.array([1e6, 1e9, 1e12])).tolist()
    [0.0, 0.65, 0.85]
    """
    edges = np.log([float(knot.exit_value) for knot in knots])
    first, slope = lines_between(knots, np.concatenate([[-np.inf], edges, [np.inf]]))
    at = np.log(np.maximum(value, np.finfo(float).tiny))  # a value too small to be a number is far below every knot
    place = np.searchsorted(edges, at, side="right")
    return first[place] + slope[place] * at
