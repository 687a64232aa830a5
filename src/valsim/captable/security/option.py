"""Options on common shares."""

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field

from valsim.captable.curve import Call, Curve
from valsim.captable.measure import ExercisePrice
from valsim.captable.security.base import Security
from valsim.core.errors import Problem
from valsim.core.parameter import Fraction
from valsim.core.rows import Row


class Option(Security):
    """Granted options on common shares: ``payout = shares x vested x max(p - exercise_price, 0)``.

    All of them count in the fully diluted total; those that are not vested are paid nothing. Where ``vested`` is left out all of
    them have, and the loader warns.

    >>> options = Option.model_construct(exercise_price=0.5, vested=0.75)
    >>> options.curve(1e6).calls
    (Call(price=0.5, shares=750000.0),)
    """

    example = "{kind: option, shares: 500k, exercise_price: 0.5 USD, vested: 75%}"

    kind: Literal["option"] = "option"
    """Names this kind."""
    exercise_price: ExercisePrice
    """What the holder pays for one common share."""
    vested: Fraction | None = Field(default=None, examples=["75%"])
    """The fraction of the options that may be exercised; without it, all of them."""

    def curve(self, shares: Row) -> Curve:
        """Give one call from the exercise price."""
        vested = shares if self.vested is None else shares * self.vested
        return Curve(calls=(Call(self.exercise_price, vested),))

    def problems(self, context: Any) -> Iterator[Problem]:
        """Warn of options that do not say how many of them have vested."""
        yield from super().problems(context)
        if self.vested is None:
            message = "how many of the options have vested is not stated, so all of them are paid"
            yield Problem((), message, "state vested, e.g. vested: 75%", "key", "vested", severity="warning")
