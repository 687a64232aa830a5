"""Warrants: the right to buy new shares of a class from the company."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal, Self

import numpy as np
from pydantic import Field, PrivateAttr

from valsim.captable.curve import Curve, total
from valsim.captable.exercise import option_on
from valsim.captable.measure import ExercisePrice
from valsim.captable.security.base import Security
from valsim.captable.security.common import Common
from valsim.core.block import READING, nearest_help
from valsim.core.errors import Problem
from valsim.core.rows import Row


class Warrant(Security):
    """Warrants on common shares, or on the preferred shares of a class.

    What is paid for one is ``max(paid - exercise_price, 0)``, where ``paid`` is what one share of the class is paid. Its holder
    pays the exercise price at the exit and ranks with the class; both are netted here. A share that a warrant buys counts in
    the fully diluted total as a share of the class does. On a share that it buys no dividend has accrued.

    >>> from valsim.captable.waterfall import waterfall
    >>> warrants = Warrant.model_construct(on=None, exercise_price=2.0, exercise=None)
    >>> curves = {"common": Common().curve(8e6), "warrants": warrants.curve(2e6)}
    >>> float(waterfall(curves, np.float64(36e6)).payouts["warrants"])      # (36M + 4M) over 10M shares are 4 a share
    4000000.0
    """

    example = "{kind: warrant, shares: 200k, on: series_a, exercise_price: 2.5 USD, exercise: in_the_money}"

    kind: Literal["warrant"] = "warrant"
    """Names this kind."""
    on: str | None = Field(default=None, examples=["series_a"])
    """The class whose shares it buys, one that is listed before it; without it, common shares."""
    exercise_price: ExercisePrice
    """What the holder pays for one share."""
    exercise: Literal["in_the_money", "on_conversion"] | None = Field(default=None, json_schema_extra={READING: True})
    """For warrants on preferred shares, when they are exercised: ``in_the_money``, wherever a share of the class is paid more
    than the exercise price, also where that is a preference and a common share is paid nothing; ``on_conversion``, only for the
    common shares that the class converts into, as published breakpoints of option pricing have it."""
    _bought: Security = PrivateAttr(default_factory=Common)

    def related(self, series: Mapping[str, Security]) -> Self:
        """Give the same warrants with the terms of the class that they are on."""
        return self if self.on is None else self.but(_bought=series[self.on].newly_issued())

    def follows(self, series: str) -> str:
        """Name the class that they are on."""
        return self.on or series

    def curve(self, shares: Row) -> Curve:
        """Give the option on what the class is paid, or on the common shares that it converts into."""
        bought = self._bought.converted if self.exercise == "on_conversion" else self._bought.curve
        return self._option_on(bought(np.ones(())), shares)

    def kept(self, shares: Row) -> Curve:
        """Give the option on what the class is paid where it never converts; nothing if they are exercised to convert."""
        return Curve() if self.exercise == "on_conversion" else self._option_on(self._bought.kept(np.ones(())), shares)

    def converted(self, shares: Row) -> Curve:
        """Give the option on the common shares that the class has become."""
        return self._option_on(self._bought.converted(np.ones(())), shares)

    def listed(self, shares: Row) -> Curve:
        """Give the option on the common shares that the class becomes at a listing, its ratchet included."""
        return self._option_on(self._bought.listed(np.ones(())), shares)

    def _option_on(self, bought: Curve, shares: Row) -> Curve:
        return option_on(bought, self.exercise_price).times(shares)

    def as_converted(self, shares: Row) -> Row:
        """Give the common shares that as many shares of the class count as."""
        return self._bought.as_converted(shares)

    def preference(self, shares: Row) -> Row:
        """Give what they are paid before any common share is: the preference they buy, less what they pay for it."""
        return total(claim.amount for claim in self.curve(shares).claims)

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report a class that is not there or whose shares no warrant buys, and an exercise that is not stated."""
        yield from super().problems(context)
        bought = self._bought if self.on is None else context.get(self.on)
        if bought is None:
            advice = nearest_help(str(self.on), context) or "list that class first, or name one that is"
            yield Problem(("on",), f"no class {self.on!r} is listed before the warrants on it", advice)
        elif not (bought.is_common or bought.converts):
            message = f"a warrant buys common or preferred shares, and {self.on!r} is neither"
            yield Problem(("on",), message, "name the class whose shares are bought")
        elif not bought.is_common and self.exercise is None:
            message = "practice reads warrants on preferred shares in two ways"
            yield Problem(("on",), message, "state exercise: in_the_money, or exercise: on_conversion", "key")
        elif bought.is_common and self.exercise is not None:
            yield Problem(("exercise",), "warrants on common shares have one reading", "leave it out", "key")
