"""Signals: dated, observable, once; they move beliefs and gate money."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from valsim.core.block import Block
from valsim.core.day import Day
from valsim.core.effect import Effect
from valsim.core.errors import Problem
from valsim.core.parameter import Fraction
from valsim.core.rows import Bools, Row


class Signal(Block):
    """Something that the world learns at a date: true with a probability, with effects either way.

    A formula reads it as a truth: false until the date, and from then on what was observed.
    """

    example = '{at: 2026-07-15, probability: 70%, if_true: {multiple: "* 1.1"}, if_false: {arr.growth: "* 0.85 decaying over 3 years"}}'

    at: Day
    """The date at which it is observed."""
    probability: Fraction
    """The chance that it turns out true."""
    if_true: Mapping[str, Effect] = {}
    """Effects by row, short or as a mapping, where it turns out true."""
    if_false: Mapping[str, Effect] = {}
    """Effects by row, short or as a mapping, where it turns out false."""

    def observed(self, uniform: Row) -> Bools:
        """Say on which paths it turns out true, shape ``(n_paths,)``."""
        return uniform < self.probability

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report effects that do not fit, and a date outside the run."""
        yield from context.effects(("if_true",), self.if_true)
        yield from context.effects(("if_false",), self.if_false)
        yield from context.dated(("at",), self.at)

    def is_due(self, day: date) -> bool:
        """Whether it is observed on this day."""
        return self.at == day
