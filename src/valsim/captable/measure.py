"""Numbers of the cap table: shares, and prices of one share."""

from typing import Annotated, TypeAlias, TypeVar

from valsim.captable.curve import ZERO
from valsim.core.parameter import MONEY, Domain, Measure
from valsim.core.rows import Row
from valsim.core.unit import ONE, Unit

T = TypeVar("T")

_SHARE = Unit.of("share")

SHARES = Measure("a number of shares", "480M", lambda unit: unit in {ONE, _SHARE})
PRICE = Measure("a price per share", "2.5 USD", lambda unit: MONEY.fits(unit) or MONEY.fits(unit * _SHARE))

Shares: TypeAlias = Annotated[Row, Domain(SHARES, at_least=0.0)]
"""A number of shares, zero or more."""
PricePerShare: TypeAlias = Annotated[Row, Domain(PRICE, above=0.0)]
"""Money for one share, above zero."""
ExercisePrice: TypeAlias = Annotated[Row, Domain(PRICE, at_least=0.0)]
"""Money for one share, zero or more."""


def stated(term: T | None) -> T:
    """Give what a document may leave open, once it is filled in.

    Raises ValueError while it is open: opening a ledger fills in what follows from other numbers.
    """
    if term is None:
        raise ValueError("a term is still open: open the cap table first")
    return term


def or_nothing(amount: Row | None) -> Row:
    """Give an amount that a document may leave out; zero where it did.

    >>> float(or_nothing(None))
    0.0
    """
    return ZERO if amount is None else amount
