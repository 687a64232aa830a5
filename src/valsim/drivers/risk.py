"""Risks: events that may happen at any time, and what they do."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from valsim.core.effect import Effect
from valsim.core.errors import Problem
from valsim.core.hazard import Chance
from valsim.core.parameter import PositiveDuration, parameters
from valsim.core.rows import NOWHERE, Bools, Row, Rows

MULTIPLE = "multiple"
"""The row that a sector shares."""


class Risk(Chance):
    """An event that may happen in any step, again and again where ``at_most`` sets no end to it, with effects on rows.

    At most one event a step: its probability is ``1 - exp(-hazard dt)``, with a hazard read at the start of the step where it is
    a formula. The sizes of its effects are drawn once a path, as all numbers are, or anew at each event.
    """

    example = '{probability_per_year: 10%, effect: {arr.growth: "* 0.85 decaying over 3 years"}}'

    effect: Mapping[str, Effect]
    """Effects by row, short as ``"* 0.85 decaying over 3 years"`` or as a mapping."""
    recovery: PositiveDuration | None = None
    """The time after which 95 % of each effect is gone that states no recovery of its own."""
    at_most: int | None = Field(default=None, ge=1, examples=[1])
    """How often it happens on a path at most; without it, as often as chance has it."""
    size_drawn: Literal["once", "each_time"] = "once"
    """Whether ``times`` and ``plus`` that are distributions are drawn ``once`` a path, so that all its events are of one size that
    nobody knows yet, or ``each_time`` it happens, so that one event says nothing of the next. A recovery is drawn once."""
    note: str = Field(default="", repr=False, examples=["Assumption."])
    """What those of its numbers rest on that have no source and no note of their own, such as the sizes of its effects."""
    contagion: Literal["sector"] | None = None
    """``sector`` where the whole sector re-prices with the company: the effect on the multiple then moves the level of its
    sector, or where the multiple stands for its sector that of the multiple itself. So it fades as that level does, by its
    ``half_life``, and never where it has no mean to go back to."""

    @model_validator(mode="after")
    def _sizes_wait_for_their_event(self) -> Self:
        if self.size_drawn == "once":
            return self
        return self.but(effect={row: effect.anew() for row, effect in self.effect.items()})

    def sized(self, draw: Callable[[str], Row]) -> Self:
        """Give the risk with the sizes of an event now: ``draw`` gives uniform numbers for each that is drawn anew, by its name."""
        if self.size_drawn == "once":
            return self
        return self.but(effect={row: effect.sized(row, draw) for row, effect in self.effect.items()})

    @cached_property
    def own(self) -> Mapping[str, Effect]:
        """The effects that lie over the rows of the company, each with its recovery."""
        left = {row: effect for row, effect in self.effect.items() if row not in self.shared}
        return {row: effect.but(recovery=self._recovery_of(effect)) for row, effect in left.items()}

    @property
    def shared(self) -> Mapping[str, Effect]:
        """The effects that the whole sector shares: they move the level of a row itself."""
        return {} if self.contagion is None else {row: e for row, e in self.effect.items() if row == MULTIPLE}

    def _recovery_of(self, effect: Effect) -> Row | None:
        return self.recovery if effect.recovery is None else effect.recovery

    def strikes(self, dt: float, uniform: Row, rows: Rows) -> Bools:
        """Say on which paths it happens within a step, shape ``(n_paths,)``; ``rows`` hold the start of the step."""
        return uniform < -np.expm1(-self.per_year(rows) * dt)

    def spares(self, before: Row) -> Bools:
        """Say where it can happen no more, as it happened so often before, shape ``(n_paths,)``."""
        return NOWHERE if self.at_most is None else before >= self.at_most

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report effects that do not fit, a chance that is none, a recovery of nothing, and a contagion of nothing or with points or a recovery."""
        yield from super().problems(context)
        yield from context.effects(("effect",), self.effect)
        lasting = [row for row, effect in self.effect.items() if effect.recovery is None and row not in self.shared]
        if self.recovery is not None and not lasting:
            message = (
                "no effect is left to recover: each states a recovery of its own or fades with the sector's multiple"
            )
            yield Problem(("recovery",), message, "leave it out", "key")
        drawn = (number.drawn_once for effect in self.effect.values() for _, number in parameters(effect))
        if self.size_drawn == "each_time" and all(drawn):
            message = "no size is a distribution, so that each event is of the same size"
            advice = "give times or plus a distribution, or leave it out"
            yield Problem(("size_drawn",), message, advice, "key", "no_effect", severity="warning")
        if self.contagion is not None:
            yield from self._contagion_problems(context)

    def _contagion_problems(self, context: Any) -> Iterator[Problem]:
        if not self.shared:
            message = "what a sector shares is its multiple, and the risk has no effect on it"
            yield Problem(("contagion",), message, 'e.g. effect: {multiple: "* 0.75"}', "key")
        if not context.sector:
            message = "the sector that re-prices has no name"
            yield Problem(("contagion",), message, "name it, e.g. sector: storage in valuation", "key")
        for row, effect in self.shared.items():
            if effect.plus is not None:
                yield Problem(("effect", row), "a sector re-prices by a factor, got points", 'e.g. "* 0.75"')
            if effect.recovery is not None:
                message = "a sector's multiple recovers by its own half_life, and this effect states a recovery too"
                yield Problem(("effect", row), message, "leave out the recovery, or the contagion")
