"""Pro-rata rights: the holders of a class may buy their part of later rounds."""

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field

from valsim.core.amount import ChanceAmount
from valsim.core.block import READING, Block
from valsim.core.errors import Problem
from valsim.core.expression import Expression
from valsim.core.parameter import Factor


class ProRata(Block):
    """The right of the holders of a class to buy their part of the new shares of every later round.

    A holder's part of a closing is ``multiple x common / base`` of its new money, where ``common`` is the number of common
    shares that the holder's shares of the class count as before the closing. The round's size and its price stay: what holders
    take comes out of what other investors of the closing would have paid, first out of the part that no named investor
    takes, then out of that of the named ones, in proportion to what they commit to, the ``anchor`` last. What a holder commits
    to by name counts towards its part, and nobody makes room with what it takes by a right of its own. Where holders may take more than there
    is, each is cut back in proportion. Closings of the round that issues the class are not offered to it.
    """

    example = "{base: fully_diluted, multiple: 1, probability: 60%, when: equity_value >= 100M USD}"

    base: Literal["fully_diluted", "outstanding", "preferred"] = Field(json_schema_extra={READING: True})
    """What a holder's shares are a part of before the closing: ``fully_diluted`` counts everything, the unissued pool
    included; ``outstanding`` everything that somebody holds; ``preferred`` only the classes that can become common."""
    multiple: Factor | None = None
    """How many times its part a holder may buy, above 1 with a super pro-rata right; without it, once."""
    probability: ChanceAmount
    """The chance that a holder takes its part of a closing, one draw for each holder and closing; ``100%`` is always."""
    when: Expression | None = None
    """The condition under which holders take their part at all."""

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report a chance and a condition that are none."""
        yield from context.amount(("probability",), self.probability, "1")
        yield from context.condition(("when",), self.when)
