"""Share splits: every share becomes several, or several become one, and nobody's part changes."""

import math
import re
from collections.abc import Iterable
from datetime import date
from functools import singledispatch
from typing import Annotated, Any, TypeVar

import numpy as np
from pydantic import BeforeValidator, Field

from valsim.captable.measure import PRICE, SHARES
from valsim.core.block import Block, custom_error, shown
from valsim.core.day import Day
from valsim.core.parameter import domains
from valsim.core.rows import Row
from valsim.core.timeline import years_between

B = TypeVar("B", bound=Block)

_RATIO = re.compile(r"\s*(?P<new>\d+(\.\d+)?)\s+for\s+(?P<old>\d+(\.\d+)?)\s*")


def _ratio(text: Any) -> Any:
    match = _RATIO.fullmatch(str(text))
    if match is None or not float(match["new"]) > 0 or not float(match["old"]) > 0:
        message = f"expected how many shares become of how many, such as 10 for 1, got {shown(text)}"
        raise custom_error("split", message, "1 for 10 is a reverse split")
    return text


class Split(Block):
    """A share split: each share of every class becomes several, or several become one, and each price is divided by as much.

    It divides original issue prices, conversion prices, exercise prices and thresholds per share, and multiplies numbers of
    shares, so that nobody's part of the company and nobody's payout changes. It comes before all else on its day: a price per
    share that a later closing or purchase states is one after the split. A run tells the price per
    share of a closing in the shares of its day, as the document states it, and all else of shares and prices per share in those
    of the start. SAFEs and notes are money and stay as they are.

    >>> Split.model_validate({"at": "2027-03-01", "ratio": "3 for 2"}).factor
    1.5
    """

    example = "{at: 2027-03-01, ratio: 10 for 1}"

    at: Day
    """The date of the split."""
    ratio: Annotated[str, BeforeValidator(_ratio)] = Field(examples=["10 for 1"])
    """How many new shares there are for how many old ones; ``1 for 10`` is a reverse split."""

    def awaits(self, start: date) -> date:
        """Give the date of the split."""
        del start
        return self.at

    @property
    def factor(self) -> float:
        """What one share becomes."""
        new, old = self.ratio.split("for")
        return float(new) / float(old)


def factor_until(splits: Iterable[Split], day: date) -> float:
    """Give what a share of the start has become by the end of a day."""
    return math.prod(split.factor for split in splits if split.at <= day)


def factor_at(splits: Iterable[Split], start: date, time: Row) -> Row:
    """Give what a share of the start has become at a time in years since then, in the shape of ``time``."""
    there = (np.where(time >= years_between(start, split.at), split.factor, 1.0) for split in splits)
    return math.prod(there, start=np.ones(()))


def in_new_shares(terms: B, factor: float) -> B:
    """Give the same terms after one share became ``factor`` shares: each price per share divided, each number multiplied.

    A field is told by its measure; private money of one share by the ``money_of_a_share`` of its block. Blocks inside are
    restated too.
    """
    fields = type(terms).model_fields.items()
    changes = {
        name: _field(getattr(terms, name), {each.measure for each in domains(field)}, factor) for name, field in fields
    }
    private = {name: getattr(terms, name) / factor for name in getattr(terms, "money_of_a_share", ())}
    return terms.but(**changes, **private)


def _field(value: Any, measures: set[Any], factor: float) -> Any:
    if value is None or not measures & {PRICE, SHARES}:
        return _inside(value, factor)
    return value / factor if PRICE in measures else value * factor


@singledispatch
def _inside(value: Any, factor: float) -> Any:
    del factor
    return value


@_inside.register
def _(value: Block, factor: float) -> Any:
    return in_new_shares(value, factor)


@_inside.register
def _(value: tuple, factor: float) -> Any:  # type: ignore[type-arg]
    return tuple(_inside(each, factor) for each in value)
