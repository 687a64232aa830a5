"""Who pays what of a closing: partial closes, an anchor and its followers, and money that is raised later."""

from typing import Any

import numpy as np
import pytest

from tests.captable.deals import PATHS, closed, laid, opening, part
from tests.captable.financing.test_follow_on import right
from valsim.captable.financing.fund import Funded
from valsim.captable.financing.outcome import DEFAULTED, FUNDED, TOO_LITTLE

OTHERS = "other b investors"
LEVEL = {"equity_value": 100e6, "equity_value.start": 100e6}
PRICED = {"pre_money_valuation": "100M USD"}
SURE = {"probability": "100%", "wrong_way": 0, "consequence": "none"}
NEVER = {**SURE, "probability": "0%"}


def paid(funded: Funded) -> dict[str, float]:
    return {name: float(money[0]) for name, money in funded.payments.items()}


def deal(**terms: Any) -> Funded:
    investors = {"Lead": "10M USD", "Bo": "5M USD"}
    (tranche,) = laid({**PRICED, "investors": investors, **terms})
    return closed(tranche, opening(), LEVEL)


@pytest.mark.parametrize(
    ("least", "code"), [("59%", FUNDED), ("60%", FUNDED), ("61%", TOO_LITTLE), ("0%", FUNDED), ("100%", TOO_LITTLE)]
)
def test_a_closing_takes_its_least_part_or_fails(least: str, code: int) -> None:
    # Of 25M the named ones pay 15M, the others nothing: 60 %.
    funded = deal(others_pay="0%", at_least=least)
    assert funded.outcome.code.tolist() == [code] * PATHS
    raised = 15e6 if code == FUNDED else 0.0
    assert funded.outcome.new_money.tolist() == [raised] * PATHS
    assert funded.ledger.fully_diluted() == pytest.approx(100e6 + raised, rel=1e-12)


def test_the_price_of_a_partial_close_is_that_of_the_whole() -> None:
    for terms in ({}, {"pre_money_valuation": None, "post_money_valuation": "125M USD"}):
        funded = deal(others_pay="50%", **terms)
        assert funded.outcome.price_per_share == pytest.approx([1.0] * PATHS, rel=1e-12)
        assert paid(funded) == pytest.approx({"Lead": 10e6, "Bo": 5e6, OTHERS: 5e6}, rel=1e-12)
        assert part(funded.ledger, OTHERS) == pytest.approx([5 / 120] * PATHS, rel=1e-12)


def test_what_others_pay_may_be_a_formula() -> None:
    (tranche,) = laid({**PRICED, "others_pay": "appetite"})
    funded = closed(tranche, opening(), {"appetite": [0.0, 0.4, 1.0]})
    assert funded.payments[OTHERS] == pytest.approx([0.0, 10e6, 25e6])
    assert funded.outcome.code.tolist() == [TOO_LITTLE, FUNDED, FUNDED]


@pytest.mark.parametrize(
    ("default", "followers", "expected"),
    [
        (NEVER, {"probability": "100%", "if_anchor_defaults": "0%"}, {"Lead": 10e6, "Bo": 5e6, OTHERS: 10e6}),
        (NEVER, {"probability": "0%", "if_anchor_defaults": "100%"}, {"Lead": 10e6, "Bo": 0, OTHERS: 0}),
    ],
    ids=["everybody follows", "nobody follows"],
)
def test_followers_pay_or_not(default: dict[str, Any], followers: dict[str, str], expected: dict[str, float]) -> None:
    funded = deal(default=default, anchor="Lead", followers=followers)
    assert paid(funded) == pytest.approx(expected)
    assert funded.outcome.code.tolist() == [FUNDED] * PATHS


def anchored(if_anchor_defaults: str | None, paths: int = PATHS, default: str = "100%", follow: str = "100%") -> Funded:
    """Only Lead may default: Bo is a buyer of its own, the others follow."""
    followers = {"probability": follow}
    if if_anchor_defaults is not None:
        followers["if_anchor_defaults"] = if_anchor_defaults
    terms = {"investors": {"Lead": "10M USD"}, "default": {**SURE, "probability": default}}
    (tranche,) = laid({**PRICED, **terms, "anchor": "Lead", "followers": followers})
    rows = {name: np.full(paths, value) for name, value in LEVEL.items()}
    return closed(tranche, opening(), rows, paths=paths)


@pytest.mark.parametrize(("chance", "code"), [("0%", TOO_LITTLE), ("100%", FUNDED), (None, FUNDED)])
def test_followers_look_at_an_anchor_that_does_not_pay(chance: str | None, code: int) -> None:
    funded = anchored(chance)
    assert funded.outcome.code.tolist() == [code] * PATHS
    assert funded.outcome.new_money.tolist() == [15e6 if code == FUNDED else 0.0] * PATHS


def test_an_anchor_that_defaults_takes_the_tranche_down_with_it() -> None:
    paths = 4000
    paid_by = anchored("40%", paths, default="30%", follow="90%").payments
    anchor, others = paid_by["Lead"] > 0, paid_by[OTHERS] > 0
    # The others' chance is 0.9 where the anchor pays and 0.4 where it does not, give or take 4 standard errors.
    assert abs(others[anchor].mean() - 0.9) < 4 * 0.3 / np.sqrt(anchor.sum())
    assert abs(others[~anchor].mean() - 0.4) < 4 * 0.5 / np.sqrt((~anchor).sum())


def test_where_every_investor_defaults_that_is_the_reason_unless_some_may_stay_away_freely() -> None:
    investors = {"Lead": "15M USD", "Bo": "10M USD"}
    for followers, code in ((None, DEFAULTED), ({"probability": "100%"}, TOO_LITTLE)):
        (tranche,) = laid({**PRICED, "investors": investors, "default": SURE, "followers": followers})
        assert closed(tranche, opening(), LEVEL).outcome.code.tolist() == [code] * PATHS


def test_the_anchor_makes_room_for_pro_rata_holders_last() -> None:
    terms = {**PRICED, "anchor": "Lead"}
    for bo, lead in (("5M USD", 20e6), ("2M USD", 20e6)):
        (tranche,) = laid({**terms, "investors": {"Lead": "20M USD", "Bo": bo}})
        assert paid(closed(tranche, opening(pro_rata=right())))["Lead"] == pytest.approx(lead, rel=1e-12)
    (tranche,) = laid({**terms, "investors": {"Lead": "25M USD"}})
    assert paid(closed(tranche, opening(pro_rata=right())))["Lead"] == pytest.approx(20e6, rel=1e-12)
