"""Rights of first refusal on a sale, by hand: 6M USD of Fund's preferred shares at 3 USD, 2M of them."""

from datetime import date
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

import valsim
from tests.captable.deals import PATHS
from tests.captable.tables import preferred
from tests.companies import STEADY, steady
from tests.scenario.found import one, warned
from valsim.captable.ledger import Ledger
from valsim.captable.purchase import Purchase
from valsim.captable.purchase.base import Trade
from valsim.captable.security.common import Common
from valsim.captable.term.dividend.cumulative import CumulativeDividend
from valsim.captable.term.first_refusal import FirstRefusal
from valsim.core.parameter import at_medians
from valsim.core.streams import Streams

DAY = date(2026, 3, 31)
TERMS = {
    "kind": "secondary", "pay": "6M USD", "series": "a", "seller": "Fund", "price_per_share": "3 USD", "at": str(DAY),
    "fees": "2%", "carry": "10%", "transfer_consent_probability": "100%",
}  # fmt: skip
LOTS = {
    ("Ada", "common"): np.asarray(80e6), ("Bo", "a"): np.asarray(6e6), ("Cleo", "a"): np.asarray(2e6),
    ("Fund", "a"): np.asarray(12e6),
}  # fmt: skip
ALWAYS, NEVER = {"probability": "100%"}, {"probability": "0%"}


def ledger() -> Ledger:
    return Ledger({"common": Common(), "a": preferred(1.0)}, LOTS)


def sold(cash: Any = 100e6, paths: int = PATHS, **right: Any) -> Trade:
    purchase = at_medians(Purchase.choose({**TERMS, "right_of_first_refusal": right}))
    rows = {"cash": np.broadcast_to(np.asarray(cash, float), paths)}
    return purchase.trade("me", ledger(), np.ones(paths, dtype=bool), DAY, rows, Streams(3, 0, 1, paths))


def got(trade: Trade, holder: str) -> list[float]:
    held = np.broadcast_to(trade.ledger.held(holder, "a"), PATHS) - ledger().held(holder, "a")
    return held.tolist()


def test_shares_that_dividends_are_paid_in_count_up_to_the_day() -> None:
    # Cleo's 2M shares at 10 % for two years count as 2.4M beside Bo's 6M.
    pik = {"rate": "10%", "compounding": "simple", "day_count": "actual/365", "settlement": "paid_in_kind"}
    dividend = at_medians(CumulativeDividend.model_validate(pik)).but(_since=np.asarray(DAY.toordinal() - 730.0))
    shares = {("Cleo", "b") if lot == ("Cleo", "a") else lot: held for lot, held in LOTS.items()}
    grown = Ledger({**ledger().series, "b": preferred(1.0, cumulative_dividend=dividend)}, shares)
    right = {"holders": {"a": ALWAYS, "b": ALWAYS}, "unclaimed": "to_the_buyer"}
    purchase = at_medians(Purchase.choose({**TERMS, "right_of_first_refusal": right}))
    rows = {"cash": np.full(PATHS, 100e6)}
    trade = purchase.trade("me", grown, np.ones(PATHS, dtype=bool), DAY, rows, Streams(3, 0, 1, PATHS))
    assert trade.money["Bo"] == pytest.approx([-6e6 * 6 / 8.4] * PATHS, rel=1e-12)
    assert trade.money["Cleo"] == pytest.approx([-6e6 * 2.4 / 8.4] * PATHS, rel=1e-12)


def test_nobody_takes_what_nobody_wants() -> None:
    trade = sold(issuer=NEVER, holders={"a": NEVER}, unclaimed="to_the_buyer")
    assert got(trade, "me") == [2e6] * PATHS
    assert trade.money["me"] == pytest.approx([-6.12e6] * PATHS, rel=1e-12)
    assert not np.any(trade.cash)


def test_the_company_comes_first_and_cancels_what_it_buys() -> None:
    trade = sold(issuer=ALWAYS, holders={"a": ALWAYS}, unclaimed="to_the_buyer")
    assert trade.cash.tolist() == [-6e6] * PATHS
    assert trade.ledger.shares("a") == pytest.approx([18e6] * PATHS, rel=1e-12)
    assert (got(trade, "Bo"), got(trade, "me")) == ([0.0] * PATHS, [0.0] * PATHS)
    assert trade.refusals["others take the shares first"].tolist() == [True] * PATHS


def test_the_company_buys_what_its_cash_pays_for_and_never_more() -> None:
    trade = sold(cash=[1.5e6, 0.0, -2e6], issuer=ALWAYS)
    assert trade.cash.tolist() == [-1.5e6, 0.0, 0.0]
    assert got(trade, "me") == [1.5e6, 2e6, 2e6]


@pytest.mark.parametrize("unclaimed", ["to_the_buyer", "to_those_who_take"])
def test_holders_take_by_what_they_hold_and_the_seller_takes_nothing(unclaimed: str) -> None:
    trade = sold(holders={"a": ALWAYS}, unclaimed=unclaimed)
    assert got(trade, "Bo") == pytest.approx([1.5e6] * PATHS)
    assert got(trade, "Cleo") == pytest.approx([0.5e6] * PATHS)
    assert got(trade, "Fund") == pytest.approx([-2e6] * PATHS)
    assert trade.money["Bo"] == pytest.approx([-4.5e6] * PATHS, rel=1e-12)


@pytest.mark.parametrize(("unclaimed", "parts"), [("to_the_buyer", {0, 0.25, 0.75, 1}), ("to_those_who_take", {0, 1})])
def test_what_holders_do_not_take_goes_where_the_right_says(unclaimed: str, parts: set[float]) -> None:
    trade = sold(paths=4000, holders={"a": {"probability": "50%"}}, unclaimed=unclaimed)
    left = np.round(trade.ledger.held("me", "a") / 2e6, 9)
    assert set(left.tolist()) == parts
    # Each of the two decides for itself: one path in four has neither, give or take 4 standard errors.
    assert abs(np.mean(left == 1) - 0.25) < 4 * np.sqrt(0.25 * 0.75 / 4000)
    assert trade.refusals["others take the shares first"].tolist() == (left == 0).tolist()


def test_no_share_and_no_money_is_lost() -> None:
    trade = sold(
        cash=[1e6, 3e6, 100e6], issuer={"probability": "60%"}, holders={"a": {"probability": "50%"}, "common": ALWAYS},
        unclaimed="to_the_buyer",
    )  # fmt: skip
    fees = {"me": trade.money["me"] * 0.02 / 1.02}
    assert sum(trade.money.values()) - fees["me"] + trade.cash == pytest.approx([0.0] * PATHS, abs=1e-6)
    assert trade.money["Fund"] == pytest.approx([6e6] * PATHS, rel=1e-12)
    assert trade.ledger.shares("a") - trade.cash / 3 == pytest.approx([20e6] * PATHS, rel=1e-12)
    assert min(float(np.min(shares)) for shares in trade.ledger.lots.values()) >= 0


def test_a_condition_says_when_it_is_used() -> None:
    right = {"probability": "100%", "when": "cash >= 2M USD"}
    assert got(sold(cash=[1e6, 2e6, 9e6], holders={"a": right}, unclaimed="to_the_buyer"), "me") == [2e6, 0.0, 0.0]


@pytest.mark.parametrize(
    ("terms", "message"),
    [
        ({}, "expected who has the right: issuer, holders or both"),
        ({"holders": {"a": ALWAYS}}, "unclaimed says what becomes of the parts"),
        ({"issuer": ALWAYS, "unclaimed": "to_the_buyer"}, "unclaimed says what becomes of the parts"),
    ],
)
def test_the_right_says_who_has_it_and_what_becomes_of_the_rest(terms: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        FirstRefusal.model_validate(terms)


def me(price: str = "4 USD", right: str = "") -> str:
    return (
        f"positions={{me: {{kind: secondary, pay: 4M USD, series: series_a, seller: Fund, price_per_share: {price}, "
        f"at: 2026-03-31, fees: 2%, carry: 20%, transfer_consent_probability: 100%{right}}}}}"
    )


def test_a_class_that_does_not_exist_is_told() -> None:
    right = ", right_of_first_refusal: {holders: {series_b: {probability: 10%}}, unclaimed: to_the_buyer}"
    assert one(STEADY, me(right=right)) == (
        "positions.me.right_of_first_refusal.holders.series_b",
        "no class 'series_b' in the cap table",
    )


@pytest.mark.parametrize(
    ("price", "far"), [("1.3 USD", True), ("1.4 USD", False), ("12 USD", False), ("12.1 USD", True)]
)
def test_a_price_far_from_the_last_one_is_warned_of(price: str, far: bool) -> None:
    # Series a cost 4 USD a share: less than a third or more than three times that is told.
    assert ("positions.me.price_per_share" in warned(STEADY, me(price))) is far


def test_in_the_loop_the_companys_cash_pays_for_what_it_takes() -> None:
    right = ", right_of_first_refusal: {issuer: {probability: 100%}}"
    plain, refused = (valsim.simulate(steady(me(right=r)), paths=2, threads=1) for r in ("", right))
    assert refused.outcomes["proceeds",] == pytest.approx(plain.outcomes["proceeds",] - 4e6, rel=1e-12)
    assert refused.outcomes["refused", "me", "others take the shares first"].all()
    assert refused.outcomes["holder", "Fund", "ownership at exit"] == pytest.approx([24 / 99] * 2, rel=1e-12)
