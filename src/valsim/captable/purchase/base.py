"""The base of every purchase: what it costs beside the price, and what is due on a profit."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from pydantic import Field

from valsim.captable.ledger import Ledger
from valsim.captable.term.marketability import Marketability
from valsim.core.amount import ChanceAmount
from valsim.core.block import Kind
from valsim.core.errors import Problem
from valsim.core.parameter import Fraction
from valsim.core.rows import Bools, Row, Rows
from valsim.core.streams import Streams

FLAT_RATES = ("hurdle_rate", "discount_rate", "required_rate")
"""What a flat rate is called where somebody looks for one."""


@dataclass(frozen=True)
class Trade:
    """Shares that changed hands: the ledger after it, and what each side receives (above zero) or pays.

    ``refusals`` says for each reason on which paths the buyer got nothing because of it; ``cash`` is what the company paid, below
    zero; ``company_value`` is what the price per share makes of all shares as converted.
    """

    ledger: Ledger
    money: Mapping[str, Row] = field(default_factory=dict)
    refusals: Mapping[str, Bools] = field(default_factory=dict)
    cash: Row = field(default_factory=lambda: np.zeros(()))
    company_value: Row = field(default_factory=lambda: np.zeros(()))


class Bid(NamedTuple):
    """What is bid for one existing share, the fees and the carry on it, and the yearly return that is wanted, where one is."""

    price_per_share: Row
    fees: Row
    carry: Row
    target_return: Row | None


class Purchase(Kind, member_of="purchase"):
    """How a holder comes by its shares, through a vehicle that takes fees and carry."""

    fees: Fraction
    """Fees on what is paid, on top of it, a fraction."""
    carry: Fraction
    """The vehicle's part of the profit, a fraction: ``carry max(0, proceeds - invested)``."""
    takes_pro_rata: ChanceAmount = Field(default=None, examples=["0%"])
    """The chance that the holder takes its pro-rata part of a later closing, where its shares have that right: ``0%`` never,
    ``100%`` always; without it, as the right of the class says."""
    marketability: Marketability | None = None
    """What the position is worth less because it cannot be sold before the exit; shown beside its present value. Without it,
    nothing is taken off."""

    @classmethod
    def refusal(cls, key: str) -> tuple[str, str]:
        """Say why a key cannot stand here; of a flat rate, which other place it has."""
        if key not in FLAT_RATES:
            return super().refusal(key)
        known = "valuation.hurdle_rate shows the whole company at one; a secondary may say the target_return that its buyer wants"
        return "no holder is valued at a flat rate, which misprices preferences", known

    def trade(self, buyer: str, ledger: Ledger, alive: Bools, day: date, rows: Rows, streams: Streams) -> Trade:
        """Buy from another holder if this is the day; on paths where the company is still private."""
        del buyer, alive, day, rows, streams
        return Trade(ledger)

    def commitment(self, round_name: str, closing_name: str) -> Row | None:
        """Give what is committed to a closing of a round, or nothing."""
        del round_name, closing_name
        return None

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report a chance that is none."""
        yield from context.amount(("takes_pro_rata",), self.takes_pro_rata, "1")

    @property
    def bid(self) -> Bid | None:
        """What is bid for existing shares; nothing where new ones are bought, which have the price of their round."""
        return None

    def carried(self, proceeds: Row, invested: Row) -> Row:
        """Give the carry: the vehicle's part of the profit, shape ``(n_paths,)``."""
        return self.carry * np.maximum(proceeds - invested, 0.0)
