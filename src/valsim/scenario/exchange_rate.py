"""Exchange rates: what another currency was worth on a day, and what moves it from then on."""

from typing import Annotated, Any

from pydantic import Field

from valsim.core.block import Block
from valsim.core.day import Day
from valsim.core.parameter import Domain, Fraction, Measure
from valsim.core.rows import Row

NONE = "none"
"""What a document says where nothing moves a rate."""


RATE = Measure("an exchange rate", "0.14 USD/CNY", lambda unit: unit.is_exchange_rate)


class ExchangeRate(Block):
    """What one unit of another currency is worth, on a stated day and from then on.

    Amounts of cash, of the cap table, of rounds and of purchases in that currency are converted at the rate of the day when the
    file is read, for good. Where nothing moves the rate, so are the drivers in it. Where a driver moves it, drivers keep their
    currency, and formulas convert what they make of them: ``revenue_in_cny * usd_per_cny``.
    """

    example = "{rate: 0.14 USD/CNY, date: 2025-12-31, moves: usd_per_cny, cash_held: 60%}"

    rate: Annotated[Row, Domain(RATE, above=0.0)]
    """The rate on the day, either way round: ``0.14 USD/CNY`` or ``7.1 CNY/USD``."""
    date: Day
    """The day of the rate."""
    moves: str = Field(examples=["usd_per_cny"])
    """The driver that is the rate from the start on, in the currency of the document per this one (``USD/CNY``), or ``none``: then all amounts in the currency are converted once, and the
    scenario has no exchange-rate risk."""
    cash_held: Fraction | None = Field(default=None, examples=["60%"])
    """The part of the company's cash that is held in the currency, at every time; it is revalued as the driver moves. ``0%``: none
    is. Said where a driver moves the rate, and nowhere else."""

    @property
    def is_moved(self) -> bool:
        """Whether a driver moves it."""
        return self.moves != NONE

    def worth(self, code: str) -> float:
        """Give what one unit of the currency is worth in that of the document, on the day of the rate."""
        given: Any = self.rate
        return 1 / given.middle if dict(given.unit.dimensions)[code] > 0 else float(given.middle)
