"""Signals: dated, observable, once; they move beliefs and gate money."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import numpy as np
from pydantic import Field

from valsim.core.amount import ChanceAmount
from valsim.core.block import Block
from valsim.core.choose import choose
from valsim.core.day import Day
from valsim.core.effect import Effect
from valsim.core.errors import Problem
from valsim.core.parameter import Fraction, Parameter, PositiveDuration, highest, middle
from valsim.core.rows import Bools, Row
from valsim.core.timeline import after
from valsim.drivers.belief import Belief

BELIEF = ".belief"
"""What follows the name of a signal in the name of the row of its belief."""


class Signal(Block):
    """Something that the world learns at a date, as an audit: it is really true or not, and it is observed, perhaps wrongly.

    A formula reads ``NAME`` as a truth: false until the date, and from then on what was observed. ``NAME.belief`` is the
    probability that it is really so, given what is known: ``probability`` until the date, then Bayes' posterior, ``p (1 - false_negative)
    / (p (1 - false_negative) + (1 - p) false_positive)`` where it was observed true. What is really so is no row: no price, gate or
    driver can know it before it comes out.
    """

    example = '{at: 2026-07-15, probability: 70%, if_true: {multiple: "* 1.1"}, if_false: {arr.growth: "* 0.85 decaying over 3 years"}}'

    at: Day
    """The date at which it is observed."""
    probability: ChanceAmount
    """The chance that it is really true. A formula, such as ``if(arr >= 25M USD/year, 80%, 50%)``, is read at the date for the draw and
    before it for the belief; of an earlier signal it reads best the belief, ``30% + 50% * audit.belief``, which is right before
    that signal's date too. Below zero or without a value it counts as 0, above 1 as 1."""
    false_positive: Fraction | None = Field(default=None, examples=["5%"])
    """The chance that it is observed true although it is not; left out, that never happens."""
    false_negative: Fraction | None = Field(default=None, examples=["10%"])
    """The chance that it is observed false although it is true; left out, that never happens."""
    if_true: Mapping[str, Effect] = {}
    """Effects by row, short or as a mapping, where it is observed to be true: on what others see, such as the multiple."""
    if_false: Mapping[str, Effect] = {}
    """Effects by row, short or as a mapping, where it is observed to be false."""
    if_really_true: Mapping[str, Effect] = {}
    """Effects by row where it is really true, whatever was observed, from the date on: on the business, such as a growth."""
    if_really_false: Mapping[str, Effect] = {}
    """Effects by row where it is really false, whatever was observed, from the date on."""
    revealed_after: PositiveDuration | None = Field(default=None, examples=["12 months"])
    """How long after the date it comes out what is really so: the belief is 1 or 0 from then on. What was observed stays what formulas
    read by the name, and the effects of that stay."""
    if_vindicated: Mapping[str, Effect] = {}
    """Effects by row where it comes out that it was observed to be false, and is really true."""
    if_disappointed: Mapping[str, Effect] = {}
    """Effects by row where it comes out that it was observed to be true, and is really false."""
    note: str = Field(default="", repr=False, examples=["Assumption."])
    """What those of its numbers rest on that have no source and no note of their own, such as the sizes of its effects."""

    @property
    def prior(self) -> Belief:
        """What is believed before the date."""
        return Belief.model_construct(probability=self.probability)

    @property
    def errs(self) -> bool:
        """Whether it may be observed wrongly."""
        return any(np.any(np.asarray(highest(rate)) > 0) for rate in (self._wrongly_true, self._wrongly_false))

    @property
    def _wrongly_true(self) -> Row:
        return np.asarray(0.0) if self.false_positive is None else self.false_positive

    @property
    def _wrongly_false(self) -> Row:
        return np.asarray(0.0) if self.false_negative is None else self.false_negative

    def observed(self, truth: Bools, uniform: Row) -> Bools:
        """Say on which paths it is observed to be true, shape ``(n_paths,)``."""
        return choose(truth, uniform >= self._wrongly_false, uniform < self._wrongly_true)

    def posterior(self, prior: Row, seen: Bools) -> Row:
        """Give the probability that it is really true, once it was observed, shape ``(n_paths,)``, by Bayes' theorem.

        What was observed has a probability above zero; without errors the posterior is what was observed, 1 or 0.
        """
        if_true: Row = prior * choose(seen, 1 - self._wrongly_false, self._wrongly_false)
        if_false: Row = (1 - prior) * choose(seen, self._wrongly_true, 1 - self._wrongly_true)
        return if_true / (if_true + if_false)

    @cached_property
    def revealed(self) -> date | None:
        """The date at which it comes out what is really so, if ever."""
        return None if self.revealed_after is None else after(self.at, middle(self.revealed_after))

    @property
    def dates(self) -> tuple[date, ...]:
        """The dates at which something is learned."""
        return (self.at,) if self.revealed is None else (self.at, self.revealed)

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report effects and formulas that do not fit, dates outside the run, and what has nothing to come out or no date for it."""
        for when in ("if_true", "if_false", "if_really_true", "if_really_false", "if_vindicated", "if_disappointed"):
            yield from context.effects((when,), getattr(self, when))
        yield from context.amount(("probability",), self.probability, "1")
        yield from context.dated(("at",), self.at)
        yield from self._useless()
        yield from self._revealing(context)

    def _useless(self) -> Iterator[Problem]:
        if middle(self._wrongly_true) + middle(self._wrongly_false) >= 1:
            message = "an observation that errs so often says no more than a coin, or the opposite of what it seems"
            key = "false_positive" if self.false_positive is not None else "false_negative"
            yield Problem((key,), message, "the two add up to less than 100 %", code="no_effect", severity="warning")

    def _revealing(self, context: Any) -> Iterator[Problem]:
        if self.revealed is None:
            for when in (when for when in ("if_vindicated", "if_disappointed") if getattr(self, when)):
                message = "it never comes out what is really so"
                yield Problem((when,), message, "say when, e.g. revealed_after: 12 months", "key")
        elif isinstance(self.revealed_after, Parameter) and not self.revealed_after.known:
            message = f"expected one duration, got a distribution: {self.revealed_after.given!r}"
            yield Problem(("revealed_after",), message, "the time grid is the same on every path")
        elif self.revealed - self.at < timedelta(days=1):
            yield Problem(("revealed_after",), "expected a duration of at least a day")
        else:
            yield from context.dated(("revealed_after",), self.revealed)
            if not self.errs:
                message = "it is observed as it is, and nothing is left to come out"
                advice = "say how often it errs, e.g. false_positive: 5%, or leave it out"
                yield Problem(("revealed_after",), message, advice, "key", "no_effect", severity="warning")
