"""Preferred shares become common: a special mandatory conversion, or pull-up."""

from typing import Any, Literal

from pydantic import Field

from valsim.captable.term.consequence.base import STRUCK, Consequence
from valsim.core.block import READING
from valsim.core.parameter import Positive
from valsim.core.rows import Row


class ConvertToCommon(Consequence):
    """The preferred shares of the holder that did not pay become common, with the loss of all their rights.

    20M preferred shares of a holder that paid a quarter of its part, ten for one common:

    >>> terms = ConvertToCommon(part="unpaid", preferred_per_common=10).but(preferred_per_common=10.0)
    >>> float(terms.turned(20e6 * terms.struck(0.75), as_converted=15e6))
    1500000.0
    """

    example = "{kind: convert_to_common, part: unpaid, preferred_per_common: 10}"

    kind: Literal["convert_to_common"] = "convert_to_common"
    """Names this kind."""
    part: Literal["all", "unpaid"] = Field(default="all", json_schema_extra={READING: True})
    """Which of its shares become common: ``all`` of them, however little is unpaid, or the ``unpaid`` part of what was due (the
    applicable portion)."""
    preferred_per_common: Positive | None = None
    """How many preferred shares turn into one common share, such as 1 or 10; without it, the conversion price of the moment
    says how many common shares one turns into."""

    def strikes(self, terms: Any) -> bool:
        """Say whether the class can become common."""
        return bool(terms.converts)

    def struck(self, unpaid: Row) -> Row:
        """Give all, where anything is unpaid, or the unpaid part."""
        return STRUCK[self.part](unpaid)

    def turned(self, shares: Row, as_converted: Row) -> Row:
        """Give the common shares: by the stated ratio, or as many as the shares count as."""
        return as_converted if self.preferred_per_common is None else shares / self.preferred_per_common
