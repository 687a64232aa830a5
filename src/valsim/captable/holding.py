"""What a holder has of a class, as people write it: ``12M``, ``90%``, ``36% of fully diluted at 2024-03-31``."""

import re
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from valsim.captable.measure import SHARES, Shares
from valsim.core.block import HOLDS, Block, custom_error, shown
from valsim.core.day import Day
from valsim.core.parameter import Domain, Parameter

_OF_FULLY_DILUTED = re.compile(r"(?P<amount>.+?%)\s+of\s+fully\s+diluted(?:\s+at\s+(?P<at>\S+))?")
_AMOUNT = Domain(SHARES, at_least=0.0)


class Holding(Block):
    """A holder's part of a class: a number of shares, a percentage of the class, or one of the fully diluted shares at a date.

    >>> holding = Holding.model_validate("36% of fully diluted at 2024-03-31")
    >>> holding.amount.middle, holding.of, str(holding.at)
    (0.36, 'fully_diluted', '2024-03-31')
    """

    amount: Shares
    """The number of shares, or the fraction."""
    of: Literal["shares", "class", "fully_diluted"]
    """What the amount counts."""
    at: Day | None = None
    """The date of the fully diluted shares: classes issued until then count."""

    @model_validator(mode="before")
    @classmethod
    def _as_written(cls, raw: Any) -> Any:
        body = raw if isinstance(raw, Mapping) else {"value": raw}
        match = _OF_FULLY_DILUTED.fullmatch(str(body.get("value")).strip())
        if match is None:
            amount = _AMOUNT.parse(raw)
            return {"amount": amount, "of": _base(amount)}
        if match["at"] is None:
            message = f"a percentage of the fully diluted shares names its date, got {shown(body['value'])}"
            raise custom_error("holding", message, "e.g. 36% of fully diluted at 2024-03-31")
        return {"amount": {**body, "value": match["amount"]}, "of": "fully_diluted", "at": match["at"]}

    def as_written(self) -> Any:
        """Give the amount, and behind a percentage of the fully diluted shares its date."""
        if self.at is None:
            return self.amount
        amount: Any = self.amount
        body = amount.written
        return {**body, "value": f"{body['value']} of fully diluted at {self.at}"}

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        held = _AMOUNT.__get_pydantic_json_schema__(schema, handler)
        examples = ["12M", "90%", "36% of fully diluted at 2024-03-31"]
        return held | {
            "examples": examples,
            HOLDS: "a number of shares, or a percentage of the class or of fully diluted",
        }


def _base(amount: Parameter) -> str:
    bases = {_base(reading) for reading in amount.readings} or {"class" if amount.percentage else "shares"}
    if len(bases) > 1:
        raise custom_error("holding", "the readings of one holding are all shares or all percentages")
    return bases.pop()
