"""Existing shares, bought from a holder."""

from datetime import date
from typing import Any

import numpy as np
import pytest

from tests.captable.deals import opening
from valsim.captable.purchase import Purchase
from valsim.captable.purchase.base import Trade
from valsim.core.parameter import at_medians
from valsim.core.streams import Streams

DAY = date(2026, 3, 31)
TERMS = {
    "kind": "secondary", "pay": "6M USD", "series": "a", "seller": "Fund", "price_per_share": "3 USD", "at": str(DAY),
    "fees": "2%", "carry": "10%", "transfer_consent_probability": "100%",
}  # fmt: skip


def traded(day: date = DAY, alive: Any = None, paths: int = 3, **terms: Any) -> Trade:
    purchase = at_medians(Purchase.choose({**TERMS, **terms}))
    alive = np.ones(paths, dtype=bool) if alive is None else np.asarray(alive)
    return purchase.trade("me", opening(), alive, day, {}, Streams(3, 0, 1, paths))


def test_shares_move_from_the_seller_to_the_buyer_on_the_day() -> None:
    ledger = traded().ledger
    assert ledger.held("me", "a").tolist() == [2e6] * 3
    assert ledger.held("Fund", "a").tolist() == [18e6] * 3
    assert np.all(ledger.fully_diluted() == 100e6)


def test_on_any_other_day_nothing_happens() -> None:
    trade = traded(day=date(2026, 4, 1))
    assert trade.money == {}
    assert ("me", "a") not in trade.ledger.lots


def test_the_seller_gets_what_the_buyer_pays_without_the_fees() -> None:
    money = traded().money
    assert money["Fund"].tolist() == [6e6] * 3
    assert money["me"] == pytest.approx([-6.12e6] * 3, rel=1e-12)


@pytest.mark.parametrize(("probability", "shares"), [("0%", 0.0), ("100%", 2e6)])
def test_consent_is_certain_or_refused(probability: str, shares: float) -> None:
    trade = traded(transfer_consent_probability=probability)
    assert trade.ledger.held("me", "a").tolist() == [shares] * 3
    assert trade.money["Fund"].tolist() == [3 * shares] * 3


def test_consent_is_given_with_its_probability() -> None:
    bought = traded(paths=4000, transfer_consent_probability="70%").ledger.held("me", "a") > 0
    assert abs(bought.mean() - 0.7) < 4 * np.sqrt(0.7 * 0.3 / 4000)  # 4 standard errors


@pytest.mark.parametrize(("pay", "shares"), [("60M USD", 20e6), ("60.1M USD", 0.0)])
def test_a_seller_without_enough_shares_sells_nothing(pay: str, shares: float) -> None:
    trade = traded(pay=pay)
    assert trade.ledger.held("me", "a").tolist() == [shares] * 3
    assert np.all(trade.money["me"] == -3 * 1.02 * shares)


def test_nothing_is_sold_where_the_company_has_ended() -> None:
    assert traded(alive=[True, False, True]).ledger.held("me", "a").tolist() == [2e6, 0.0, 2e6]


def test_a_series_that_does_not_exist_yet_is_not_sold() -> None:
    assert traded(series="b").money == {}


def test_where_nothing_is_sold_it_is_known_which_of_the_two_said_no() -> None:
    few, refused = "the seller holds too few shares", "the transfer is refused"
    never = traded(alive=[True, True, False], pay="60.1M USD").refusals
    assert {reason: row.tolist() for reason, row in never.items()} == {refused: [False] * 3, few: [True, True, False]}
    never = traded(alive=[True, True, False], pay="60.1M USD", transfer_consent_probability="0%").refusals
    assert {reason: row.tolist() for reason, row in never.items()} == {refused: [True, True, False], few: [False] * 3}
    assert not any(row.any() for row in traded().refusals.values())
