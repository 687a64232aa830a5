"""What a round did to a cap table, as plain numbers."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, NamedTuple

from valsim.core.shown import Shown
from valsim.scenario.captable_document import CapTableDocument


class Change(NamedTuple):
    """A number before a round and after it."""

    before: float
    after: float


class ConversionShares(NamedTuple):
    """What a SAFE or a note turned into: shares of a series, and the money that it paid for each."""

    series: str
    shares: float
    conversion_price: float


@dataclass(frozen=True)
class ClosingResult:
    """One closing: its price and what it issued.

    ``pre_money_valuation`` is the stated one, or follows from what is; ``effective_pre_money_valuation`` is the price times the
    fully diluted shares before the closing, what the old holders' shares are worth at it; ``post_money_valuation`` is the price
    times those after it.
    """

    name: str
    on: date | None
    price_per_share: float
    pre_money_valuation: float
    effective_pre_money_valuation: float
    post_money_valuation: float
    new_money: float
    new_shares: float
    payments: Mapping[str, float]
    shares_issued: Mapping[str, float]


@dataclass(frozen=True)
class ClosedRound(Shown):
    """What a round did to a cap table: shares, conversions, conversion prices and ownership, before and after.

    ``price_per_share`` and the valuations are those of the first closing; ``closings`` has each. ``captable`` is the cap table
    after the round, which further rounds and :func:`valsim.waterfall` take.
    """

    round: str
    currency: str
    closings: tuple[ClosingResult, ...]
    conversions: Mapping[str, ConversionShares]
    conversion_prices: Mapping[str, Change]
    pool: Change
    fully_diluted: Change
    shares: Mapping[str, Change]
    ownership: Mapping[str, Change]
    ownership_by_class: Mapping[str, Change]
    captable: CapTableDocument
    warnings: tuple[str, ...] = ()

    @property
    def price_per_share(self) -> float:
        """The price of one new share, at the first closing."""
        return self.closings[0].price_per_share

    @property
    def pre_money_valuation(self) -> float:
        """The value before the money of the first closing, as stated or as it follows."""
        return self.closings[0].pre_money_valuation

    @property
    def effective_pre_money_valuation(self) -> float:
        """The price of the first closing times the fully diluted shares before it."""
        return self.closings[0].effective_pre_money_valuation

    @property
    def post_money_valuation(self) -> float:
        """The price of the first closing times the fully diluted shares after it."""
        return self.closings[0].post_money_valuation

    @property
    def new_money(self) -> float:
        """What all closings raised."""
        return sum(closing.new_money for closing in self.closings)

    @property
    def new_shares(self) -> float:
        """The shares that all closings sold."""
        return sum(closing.new_shares for closing in self.closings)

    @property
    def shares_issued(self) -> dict[str, float]:
        """What each investor bought in all closings, in shares."""
        names = dict.fromkeys(name for closing in self.closings for name in closing.shares_issued)
        return {name: sum(closing.shares_issued.get(name, 0.0) for closing in self.closings) for name in names}

    def as_dict(self) -> dict[str, Any]:
        """Give all of it as plain data, as the command writes it in JSON; the cap table after it is left to ``captable``."""
        return {
            "round": self.round,
            "currency": self.currency,
            "price_per_share": self.price_per_share,
            "pre_money_valuation": self.pre_money_valuation,
            "effective_pre_money_valuation": self.effective_pre_money_valuation,
            "post_money_valuation": self.post_money_valuation,
            "new_money": self.new_money,
            "new_shares": self.new_shares,
            "shares_issued": self.shares_issued,
            "conversions": {name: each._asdict() for name, each in self.conversions.items()},
            "conversion_prices": _changes(self.conversion_prices),
            "pool": self.pool._asdict(),
            "fully_diluted": self.fully_diluted._asdict(),
            "shares": _changes(self.shares),
            "ownership": _sides(self.ownership),
            "ownership_by_class": _sides(self.ownership_by_class),
            "closings": [_closing(closing) for closing in self.closings],
            "warnings": list(self.warnings),
        }


def _closing(closing: ClosingResult) -> dict[str, Any]:
    return asdict(closing) | {"on": None if closing.on is None else closing.on.isoformat()}


def _changes(changes: Mapping[str, Change]) -> dict[str, Any]:
    return {name: change._asdict() for name, change in changes.items()}


def _sides(changes: Mapping[str, Change]) -> dict[str, dict[str, float]]:
    """Give what was there before, and what is there after, each by name."""
    before = {name: change.before for name, change in changes.items() if change.before}
    return {"before": before, "after": {name: change.after for name, change in changes.items() if change.after}}
