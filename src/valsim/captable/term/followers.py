"""Followers: investors of a closing that look at its anchor before they pay."""

from collections.abc import Iterator
from typing import Any

from pydantic import Field

from valsim.core.amount import ChanceAmount
from valsim.core.block import Block
from valsim.core.errors import Problem


class Followers(Block):
    """How likely the investors of a closing pay that are not its anchor: the other named ones, and the others as one.

    Each decides by a draw of its own, and whoever does not follow pays nothing and bears no consequence: unlike a default,
    that is no breach. The holders of ``positions`` are no followers.
    """

    example = "{probability: 90%, if_anchor_defaults: 40%}"

    probability: ChanceAmount
    """The chance that a follower pays, where the anchor pays all that it committed to or there is none."""
    if_anchor_defaults: ChanceAmount = Field(default=None, examples=["40%"])
    """The chance that a follower pays where the anchor does not, or pays less; without it, the same."""

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report chances that are none."""
        yield from context.amount(("probability",), self.probability, "1")
        yield from context.amount(("if_anchor_defaults",), self.if_anchor_defaults, "1")
