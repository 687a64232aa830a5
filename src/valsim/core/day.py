"""Dates in a document: ``2026-02-20``, or ``2026-02`` and ``2026-Q1`` for their first day."""

from datetime import date
from typing import Annotated, Any

from pydantic import PlainValidator

from valsim.core.block import custom_error, shown
from valsim.core.quantity import parse_date
from valsim.core.unit import QuantityError


def _day(raw: Any) -> date:
    try:
        return parse_date(raw)
    except (QuantityError, TypeError) as error:
        raise custom_error(
            "date", f"expected a date such as 2026-02-20, got {shown(raw)}", getattr(error, "help", "")
        ) from None


Day = Annotated[date, PlainValidator(_day)]
"""A date of the document."""
