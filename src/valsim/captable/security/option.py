"""Options on common shares."""

from typing import Literal

from valsim.captable.curve import Call, Curve
from valsim.captable.measure import ExercisePrice
from valsim.captable.security.base import Security
from valsim.core.parameter import Fraction
from valsim.core.rows import Row


class Option(Security):
    """Granted options on common shares: ``payout = shares x vested x max(p - exercise_price, 0)``.

    All of them count in the fully diluted total; those that are not vested are paid nothing.

    >>> options = Option.model_construct(exercise_price=0.5, vested=0.75)
    >>> options.curve(1e6).calls
    (Call(price=0.5, shares=750000.0),)
    """

    example = "{kind: option, shares: 500k, exercise_price: 0.5 USD, vested: 75%}"

    kind: Literal["option"] = "option"
    """Names this kind."""
    exercise_price: ExercisePrice
    """What the holder pays for one common share."""
    vested: Fraction
    """The fraction of the options that may be exercised."""

    def curve(self, shares: Row) -> Curve:
        """Give one call from the exercise price."""
        return Curve(calls=(Call(self.exercise_price, shares * self.vested),))
