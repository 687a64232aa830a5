"""The base of every dividend: what is owed on a share now, and how it changes what the share is entitled to."""

from abc import abstractmethod
from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar, Literal, Self

import numpy as np
from pydantic import Field, PrivateAttr

from valsim.captable.curve import ZERO, ratio
from valsim.captable.participation import Entitlement
from valsim.core.block import READING, Block
from valsim.core.errors import Problem
from valsim.core.rows import Row


class Dividend(Block):
    """A dividend on preferred shares. On a ledger it knows what is owed on one share, money."""

    money_of_a_share: ClassVar[tuple[str, ...]] = ("_owed",)
    """The private state that a share split divides."""

    participation_cap_basis: Literal["includes_dividends", "excludes_dividends"] | None = Field(
        default=None, json_schema_extra={READING: True}
    )
    """Where participation is capped: whether the cap holds the dividends too, so that they may use it up, or is raised by
    them. Both are in use: the model charter of the NVCA caps all that a share is paid, other charters add what has accrued."""

    _owed: Row = PrivateAttr(default=ZERO)

    @property
    def owed(self) -> Row:
        """What is owed on one share, money."""
        return self._owed

    @abstractmethod
    def entitled(self, due: Entitlement, issue_price: Row) -> Entitlement:
        """Give what a share is entitled to with the dividend."""

    @abstractmethod
    def opened(self, shares: Row, issued: date | None) -> Self:
        """Give the dividend of an opening class of so many shares."""

    def accrued_to(self, day: Row | float, issue_price: Row) -> Self:
        """Give the dividend with what has accrued on a share up to a day, a proleptic ordinal."""
        del day, issue_price
        return self

    def joined(self, before: Row, new: Row, day: Row | float, issue_price: Row) -> Self:
        """Give the dividend after new shares joined so many others on a day: each share is then owed the mean.

        Nothing is owed on a new share, so ``owed before / (before + new)``. Shapes ``(n_paths,)``.
        """
        del day, issue_price
        return self.but(_owed=self._owed * ratio(before, np.asarray(before) + new))

    def problems_in(self, terms: Any) -> Iterator[Problem]:
        """Report a cap that is not said to hold dividends or not; ``terms`` are those of its class."""
        if terms.participation == "capped" and self.participation_cap_basis is None and self._under_the_cap:
            advice = "participation_cap_basis: includes_dividends, or excludes_dividends"
            yield Problem((), "the cap of participation holds dividends or is raised by them", advice, "key")
        if terms.participation != "capped" and self.participation_cap_basis is not None:
            message = f"participation: {terms.participation} has no cap"
            yield Problem(("participation_cap_basis",), message, "leave it out", "key")

    @property
    def _under_the_cap(self) -> bool:
        """Whether the reading of the cap changes anything."""
        return True


def up_to(preference: Row, cap: Row | None) -> Row:
    """Give the preference that the cap leaves: a cap that holds dividends may be lower than the preference and they are."""
    return preference if cap is None else np.minimum(preference, cap)


def in_any_case(due: Entitlement, owed: Row, basis: str | None) -> Entitlement:
    """Give what a share is entitled to where a dividend, a multiple of its price, is paid also if it converts."""
    cap = due.cap if due.cap is None or basis != "includes_dividends" else np.maximum(due.cap - owed, 0.0)
    besides = owed if due.in_any_case is None else due.in_any_case + owed
    return due._replace(preference=up_to(due.preference, cap), cap=cap, in_any_case=besides)
