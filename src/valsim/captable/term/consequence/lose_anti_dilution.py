"""Preferred shares keep everything but their protection from dilution."""

from typing import Any, Literal

from pydantic import Field

from valsim.captable.term.consequence.base import STRUCK, Consequence
from valsim.core.block import READING
from valsim.core.rows import Row


class LoseAntiDilution(Consequence):
    """The shares of the holder that did not pay become a series of their own without anti-dilution.

    It keeps the conversion price of the moment and all other terms, its rights to follow on and to redeem included, and it has
    nothing more to lose: later rounds do not strike it.
    """

    example = "{kind: lose_anti_dilution, part: all}"

    kind: Literal["lose_anti_dilution"] = "lose_anti_dilution"
    """Names this kind."""
    part: Literal["all", "unpaid"] = Field(default="all", json_schema_extra={READING: True})
    """Which of its shares lose it: ``all`` of them, however little is unpaid, or the ``unpaid`` part of what was due."""

    def strikes(self, terms: Any) -> bool:
        """Say whether the class is protected at all."""
        return getattr(terms, "anti_dilution", None) is not None

    def struck(self, unpaid: Row) -> Row:
        """Give all, where anything is unpaid, or the unpaid part."""
        return STRUCK[self.part](unpaid)

    def split_off(self, series: str, event: str) -> str:
        """Name the series without protection after the event."""
        return f"{series}, unprotected since {event}"

    def terms(self, terms: Any) -> Any:
        """Give the same terms without protection and without more to lose."""
        return terms.but(anti_dilution=None, pay_to_play=None)
