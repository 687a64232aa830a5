"""The full ratchet."""

from collections.abc import Iterator, Sequence
from functools import reduce
from typing import Any, Literal

import numpy as np
from pydantic import Field

from valsim.captable.term.anti_dilution.base import Before, FirstClosing, Issue
from valsim.captable.term.anti_dilution.protective import Protective
from valsim.core.errors import Problem
from valsim.core.parameter import Fraction, Parameter
from valsim.core.rows import Row


class FullRatchet(Protective):
    """Any cheaper share lowers the conversion price to its price, or a part of the way there.

        CP2 = CP1 - part x max(CP1 - price, 0)

    >>> from valsim.captable.term.anti_dilution.base import Before, Issue
    >>> issue = Issue(price=np.array(1.0), new_shares=np.array(5e6))
    >>> float(FullRatchet().adjusted(np.array(2.0), [issue], Before(np.array(20e6))))
    1.0
    """

    example = "{kind: full_ratchet, part: 50%, until: 2027-06-30}"

    kind: Literal["full_ratchet"] = "full_ratchet"
    """Names this kind."""
    part: Fraction | None = Field(default=None, examples=["50%"])
    """How far the conversion price falls, a fraction of the way to the price of the cheaper shares; without it, all of it."""

    def adjusted(
        self, conversion_price: Row, issues: Sequence[Issue], before: Before, first: FirstClosing | None = None
    ) -> Row:
        """Give the lowest price at which shares that count were issued, or what lies the stated part of the way there."""
        del first
        prices = (np.where(self.counting(issue, before) > 0, issue.price, conversion_price) for issue in issues)
        lowest = reduce(np.minimum, prices, conversion_price)
        return lowest if self.part is None else conversion_price - self.part * (conversion_price - lowest)

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report a part that is drawn."""
        yield from super().problems(context)
        if isinstance(self.part, Parameter) and not self.part.known:
            yield Problem(("part",), "the part of a ratchet is one number, not a distribution")
