"""Dates in a document: ``2026-02-20``, or a month ``2026-02`` or a quarter ``2026-Q1`` for its first or its last day."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, PlainValidator, WithJsonSchema

from valsim.core.block import HOLDS, custom_error, shown
from valsim.core.quantity import parse_period
from valsim.core.unit import QuantityError


def _end(which: int) -> Callable[[Any], date]:
    def read(raw: Any) -> date:
        try:
            return parse_period(raw)[which]
        except (QuantityError, TypeError) as error:
            message = f"expected a date such as 2026-02-20, got {shown(raw)}"
            raise custom_error("date", message, getattr(error, "help", "")) from None

    return read


_WRITTEN = {
    "type": "string",
    "pattern": r"^\s*\d{4}-([Qq][1-4]|\d{2}(-\d{2})?)\s*$",
    "errorMessage": "expected a date such as 2026-02-20, 2026-02 or 2026-Q1",
    "examples": ["2026-02-20"],
}
_FIRST, _LAST = ({HOLDS: f"a date; a month or a quarter is its {end} day"} for end in ("first", "last"))

Day = Annotated[date, PlainValidator(_end(0)), WithJsonSchema(_WRITTEN | _FIRST)]
"""A date of the document, from which something is so; a month or a quarter is its first day."""

LastDay = Annotated[date, PlainValidator(_end(1)), WithJsonSchema(_WRITTEN | _LAST)]
"""A date of the document, up to which something may happen; a month or a quarter is its last day."""


def _dated(text: str) -> str:
    _end(0)(text)
    return text


DayText = Annotated[str, AfterValidator(_dated), WithJsonSchema(_WRITTEN | _FIRST)]
"""A date as the document writes it, where it names something; a month or a quarter is its first day."""
