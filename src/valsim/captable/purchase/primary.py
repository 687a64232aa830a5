"""New shares, bought in a closing of a round."""

from collections.abc import Iterator
from typing import Any, Literal

from valsim.captable.purchase.base import Purchase
from valsim.core.errors import Problem
from valsim.core.parameter import PositiveMoney
from valsim.core.rows import Row


class Primary(Purchase):
    """New shares, bought from the company in a closing of a round, as part of its new money."""

    example = "{kind: primary, round: series_b, closing: milestone closing, pay: 1M USD, fees: 2%, carry: 10%}"

    kind: Literal["primary"]
    """Names this kind of purchase."""
    pay: PositiveMoney
    """What is paid for the shares, before fees."""
    round: str
    """The round, by name."""
    closing: str
    """The closing of the round, by name."""

    def commitment(self, round_name: str, closing_name: str) -> Row | None:
        """Give what is committed to a closing of a round, or nothing."""
        return self.pay if (round_name, closing_name) == (self.round, self.closing) else None

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report a closing that does not exist."""
        yield from super().problems(context)
        if (self.round, self.closing) not in context.closings:
            known = ", ".join(f"{a} / {b}" for a, b in context.closings)
            yield Problem(("closing",), f"no closing {self.closing!r} of a round {self.round!r}", f"there is {known}")
