"""Trying again: a raise that failed is not the last word."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from pydantic import Field

from valsim.core.block import Block
from valsim.core.errors import Problem
from valsim.core.parameter import Parameter, PositiveDuration, middle
from valsim.core.timeline import after


class TriesAgain(Block):
    """When a closing that failed is tried again: because the deal failed, no price was found, nobody paid or too little was paid.

    It comes on the first step from then on on which its condition holds, in its window, with new draws for the deal, for who defaults and for
    who follows on. Without this block a failure is the end of the closing, and of the times of its round after it.
    """

    example = "{after: 6 months, at_most: 2}"

    after: PositiveDuration = Field(examples=["6 months"])
    """How long after a failure."""
    at_most: int = Field(ge=1, le=12)
    """How often it is tried again at most."""

    def from_day(self, failed: date) -> int:
        """Give the day from which it is tried again, a proleptic ordinal."""
        return after(failed, middle(self.after)).toordinal()

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report a wait that is not one number."""
        del context
        if isinstance(self.after, Parameter) and not self.after.known:
            message = f"expected one duration, got a distribution: {self.after.given!r}"
            yield Problem(("after",), message, "the day is the same on every path")
