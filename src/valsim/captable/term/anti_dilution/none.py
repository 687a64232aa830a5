"""No anti-dilution protection."""

from collections.abc import Sequence
from typing import Literal

from valsim.captable.term.anti_dilution.base import AntiDilution, Before, FirstClosing, Issue
from valsim.core.rows import Row


class NoAntiDilution(AntiDilution):
    """The conversion price stays as it is."""

    example = "{kind: none}"

    kind: Literal["none"] = "none"
    """Names this kind."""

    def adjusted(
        self, conversion_price: Row, issues: Sequence[Issue], before: Before, first: FirstClosing | None = None
    ) -> Row:
        """Give the same conversion price."""
        del issues, before, first
        return conversion_price
