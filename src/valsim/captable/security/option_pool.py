"""The option pool: common shares set aside for employees."""

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field

from valsim.captable.curve import ZERO, Call, Curve
from valsim.captable.measure import ExercisePrice, Shares
from valsim.captable.security.base import Security
from valsim.captable.term.pool_refresh import PoolRefresh
from valsim.core.errors import Problem
from valsim.core.parameter import Fraction, highest
from valsim.core.rows import Row


class OptionPool(Security):
    """Shares set aside for options, granted (``allocated``) or not.

    All of them count in the fully diluted total and so in a price per share. The unissued ones are paid nothing at an exit;
    the granted ones are paid ``shares x vested x max(p - exercise_price, 0)``.
    """

    is_pool = True

    example = "{kind: option_pool, shares: 1.2M, allocated: 800k, exercise_price: 0.5 USD, vested: 60%}"

    kind: Literal["option_pool"] = "option_pool"
    """Names this kind."""
    allocated: Shares | None = None
    """How many of the shares are granted; without it, those that the positions name."""
    exercise_price: ExercisePrice | None = None
    """What a holder of granted options pays for one common share."""
    vested: Fraction | None = Field(default=None, examples=["60%"])
    """The fraction of the granted options that may be exercised; without it, all of them."""

    refresh: PoolRefresh | None = None
    """What is added to the pool every year, and what is granted out of it, if anything."""

    def curve(self, shares: Row) -> Curve:
        """Give the call of granted options; ``shares`` counts no unissued one."""
        vested = shares if self.vested is None else shares * self.vested
        return Curve(calls=(Call(ZERO if self.exercise_price is None else self.exercise_price, vested),))

    def unissued(self, shares: Row, named: Row) -> Row:
        """Give the shares that are not granted."""
        return shares - (named if self.allocated is None else self.allocated)

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report granted options without an exercise price."""
        yield from super().problems(context)
        if self.exercise_price is None and self.allocated is not None and highest(self.allocated) > 0:
            yield Problem(("allocated",), "granted options have an exercise price", "state exercise_price", "key")
