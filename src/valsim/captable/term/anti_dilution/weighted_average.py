"""What weighted averages share: the formula, and closings of a round that count as one issue."""

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import Any, Literal

import numpy as np
from pydantic import Field

from valsim.captable.curve import total
from valsim.captable.term.anti_dilution.base import Before, FirstClosing, Issue
from valsim.captable.term.anti_dilution.protective import Protective
from valsim.core.block import READING
from valsim.core.errors import Problem
from valsim.core.parameter import Parameter, PositiveDuration
from valsim.core.rows import Bools, Row
from valsim.core.timeline import DAYS_A_YEAR


class WeightedAverage(Protective):
    """A cheaper issue lowers the conversion price by its weight: ``CP2 = CP1 (A + B) / (A + C)``.

    ``A`` = the shares before that :meth:`shares_before` counts, ``B`` = shares that the new money would have bought at ``CP1``, ``C`` = new
    shares. Of several issues made together, those below ``CP1`` count.
    """

    closings: Literal["each_alone", "one_issue"] = Field(default="each_alone", json_schema_extra={READING: True})
    """How the closings of a round count: ``each_alone`` adjusts at each from the conversion price and the shares of then;
    ``one_issue`` adjusts at a later closing as if its shares had been issued at the first. The bare word of a kind is
    ``each_alone``."""
    within: PositiveDuration | None = Field(default=None, examples=["90 days"])
    """How long after the first closing a later one may be and still count with it; without it, however late. A closing beyond
    that counts alone, as the first of those after it."""

    @abstractmethod
    def shares_before(self, before: Before) -> Row:
        """Give ``A``, the shares before the issue that count."""

    def adjusted(
        self, conversion_price: Row, issues: Sequence[Issue], before: Before, first: FirstClosing | None = None
    ) -> Row:
        """Give the weighted average; alone it never rises, as one issue it never rises above that before the first closing."""
        new = issues[0].new_shares
        if first is None and len(issues) == 1 and self.counting(issues[0], before) is new:
            # What most rounds are, in few operations: an issue that is dearer has an average above the conversion price.
            base, at_old_price = self.shares_before(before), new * issues[0].price / conversion_price
            return np.minimum(conversion_price, conversion_price * (base + at_old_price) / (base + new))
        parts = [(issue, self._cheaper(issue, conversion_price, before)) for issue in issues]
        alone = _average(conversion_price, parts, self.shares_before(before))
        if first is None:
            return np.minimum(conversion_price, alone)
        grouped = self._grouped(first, issues)
        limit = np.where(grouped, first.conversion_price, conversion_price)
        # The first average times its weight is CP1 A + the money so far, so the next one goes on from there.
        parts = [(issue, self._cheaper(issue, limit, before)) for issue in issues]
        base = np.where(grouped, first.counted, self.shares_before(before))
        together = _average(conversion_price, parts, base)
        return np.where(grouped, together, np.minimum(conversion_price, alone))

    def remembered(
        self, conversion_price: Row, issues: Sequence[Issue], before: Before, first: FirstClosing | None
    ) -> FirstClosing | None:
        """Give what the next closing has to know where this one set off an adjustment."""
        if self.closings == "each_alone":
            return None
        first = first or FirstClosing.nothing()
        grouped = self._grouped(first, issues)
        limit = np.where(grouped, first.conversion_price, conversion_price)
        new = total(self._cheaper(issue, limit, before) for issue in issues)
        counts = new > 0
        return FirstClosing(
            np.where(counts, limit, first.conversion_price),
            np.where(counts, np.where(grouped, first.counted, self.shares_before(before)) + new, first.counted),
            np.where(counts & ~grouped, _ordinal(issues), first.day),
        )

    def _cheaper(self, issue: Issue, limit: Row, before: Before) -> Row:
        return np.where(np.asarray(issue.price) < limit, self.counting(issue, before), 0.0)

    def _grouped(self, first: FirstClosing, issues: Sequence[Issue]) -> Bools:
        longest = np.inf if self.within is None else self.within * DAYS_A_YEAR
        return np.asarray(_ordinal(issues) - first.day < longest + 0.5)

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report a time span without closings that it could join, and one that is drawn."""
        yield from super().problems(context)
        if self.within is not None and self.closings == "each_alone":
            yield Problem(("within",), "closings that count alone have no span in which they count together", "closings: one_issue", "key")  # fmt: skip
        elif isinstance(self.within, Parameter) and not self.within.known:
            yield Problem(("within",), "expected one duration, not a distribution")


def _average(conversion_price: Row, parts: Sequence[tuple[Issue, Row]], base: Row) -> Row:
    new = total(shares for _, shares in parts)
    at_old_price = total(shares * issue.price / conversion_price for issue, shares in parts)
    with np.errstate(invalid="ignore"):
        return np.where(new > 0, conversion_price * (base + at_old_price) / (base + new), conversion_price)


def _ordinal(issues: Sequence[Issue]) -> float:
    return float(issues[0].source.day or 0)
