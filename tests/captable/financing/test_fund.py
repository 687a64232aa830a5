"""A tranche that may close: its price, who pays, what it does to the shares - or why it is not funded."""

from dataclasses import replace

import numpy as np
import pytest

from tests.captable.deals import PATHS, closed, laid, opening, part, with_pool
from tests.captable.tables import preferred
from valsim.captable.financing.outcome import DEAL_FAILED, DEFAULTED, FUNDED, NO_PRICE, WAIVED
from valsim.captable.ledger import UNISSUED, Ledger

OTHERS = "other b investors"


@pytest.mark.parametrize(
    "terms",
    [
        {"price_per_share": "2 USD"},
        {"pre_money_valuation": "200M USD"},
        {"post_money_valuation": "225M USD"},
        {"price": {"of": "equity_value", "discount": "20%"}},
        {"price": {"of": "enterprise_value + cash", "discount": "0%"}},
    ],
    ids=lambda terms: next(iter(terms)),
)
def test_each_way_to_state_a_price_gives_the_same_shares(terms: dict[str, object]) -> None:
    (tranche,) = laid(terms)
    funded = closed(tranche, opening(), {"equity_value": 250e6, "enterprise_value": 190e6, "cash": 10e6})
    assert funded.outcome.price_per_share == pytest.approx([2.0] * PATHS, rel=1e-12)
    assert funded.ledger.shares("b") == pytest.approx([12.5e6] * PATHS, rel=1e-12)
    assert funded.outcome.post_money_valuation == pytest.approx([225e6] * PATHS, rel=1e-12)
    assert funded.outcome.dilution == pytest.approx([1 / 9] * PATHS, rel=1e-12)
    assert funded.outcome.new_money.tolist() == [25e6] * PATHS


def test_each_path_has_its_own_headline_price() -> None:
    (tranche,) = laid({"price": {"of": "equity_value", "discount": "50%"}})
    funded = closed(tranche, opening(), {"equity_value": [100e6, 200e6, 400e6]})
    assert funded.outcome.price_per_share == pytest.approx([0.5, 1.0, 2.0], rel=1e-12)
    assert funded.ledger.series["b"].original_issue_price == pytest.approx([0.5, 1.0, 2.0], rel=1e-12)


def test_a_term_of_the_new_shares_may_differ_by_path_where_only_some_close() -> None:
    (tranche,) = laid({"price_per_share": "1 USD"})
    multiple = np.array([1.0, 1.5, 2.0])
    series = tranche.terms.series.but(liquidation_preference_multiple=multiple)
    drawn = replace(tranche, terms=tranche.terms.but(series=series))
    funded = closed(drawn, opening(), where=[True, False, True])
    preference = funded.ledger.series["b"].preference(funded.ledger.shares("b"))
    assert preference.tolist() == [25e6, 0.0, 50e6]


def test_without_positive_equity_there_is_no_headline_price() -> None:
    (tranche,) = laid({"price": {"of": "equity_value", "discount": "0%"}})
    funded = closed(tranche, opening(), {"equity_value": [0.0, 100e6, np.nan]})
    assert funded.outcome.code.tolist() == [NO_PRICE, FUNDED, NO_PRICE]
    assert funded.payments[OTHERS].tolist() == [0.0, 25e6, 0.0]
    assert funded.ledger.shares("b").tolist() == [0.0, 25e6, 0.0]


def test_new_money_above_a_stated_part_of_the_post_money_has_no_price() -> None:
    (tranche,) = laid({"price": {"of": "equity_value", "discount": "0%"}}, new_money_at_most="20%")
    funded = closed(tranche, opening(), {"equity_value": [99.9e6, 100e6, 200e6]})
    assert funded.outcome.code.tolist() == [NO_PRICE, FUNDED, FUNDED]


def test_milestone_closings_come_at_the_price_of_the_first_so_an_early_stake_is_the_larger_one() -> None:
    # Three payments of 1M each at 9M before the money: 10 % after the first, not a third of 25 %.
    later = {"new_money": "1M USD"}
    first, second, third = laid({"pre_money_valuation": "9M USD", **later}, later, later)
    funded = closed(first, opening())
    agreed, stakes = funded.outcome.price_per_share, [part(funded.ledger, OTHERS)[0]]
    for tranche in (second, third):
        funded = closed(tranche, funded.ledger, agreed=agreed)
        stakes.append(part(funded.ledger, OTHERS)[0])
    assert stakes == pytest.approx([1 / 10, 2 / 11, 3 / 12], rel=1e-12)
    assert funded.outcome.price_per_share == pytest.approx([0.09] * PATHS, rel=1e-12)


@pytest.mark.parametrize(
    ("includes", "price", "top_up"),
    [((), 1.0, 125e6 / 9), (("pool_top_up",), 0.875, 12.5e6 / 0.875)],
    ids=["the pool dilutes the new money too", "the pool dilutes the old holders only"],
)
def test_a_round_tops_the_unissued_pool_up_to_its_part_of_all_shares(
    includes: tuple[str, ...], price: float, top_up: float
) -> None:
    (tranche,) = laid({"pre_money_valuation": "100M USD"}, option_pool="10%", pre_money_includes=includes)
    funded = closed(tranche, with_pool(opening()))
    assert funded.outcome.price_per_share == pytest.approx([price] * PATHS, rel=1e-12)
    assert funded.ledger.held(UNISSUED, "pool") == pytest.approx([top_up] * PATHS, rel=1e-12)
    assert part(funded.ledger, UNISSUED) == pytest.approx([0.10] * PATHS, rel=1e-12)


def test_a_pool_that_is_large_enough_stays() -> None:
    (tranche,) = laid({"pre_money_valuation": "100M USD"}, option_pool="10%")
    funded = closed(tranche, with_pool(opening(), unissued=25e6))
    assert np.all(funded.ledger.held(UNISSUED, "pool") == 25e6)


def test_anti_dilution_lowers_the_conversion_price_on_paths_with_a_cheaper_round_only() -> None:
    (tranche,) = laid({"price": {"of": "equity_value", "discount": "0%"}})
    ledger = Ledger(
        opening().series | {"a": preferred(2.0, "broad_based_weighted_average")},
        opening().lots,
    )
    funded = closed(tranche, ledger, {"equity_value": [200e6, 100e6, 300e6]})
    # 25M raised at 1 buys 25M shares, at 2 it would have bought 12.5M: 2 x (100 + 12.5) / (100 + 25).
    assert funded.ledger.series["a"].conversion_price == pytest.approx([2.0, 1.8, 2.0], rel=1e-12)
    assert funded.ledger.series["a"].original_issue_price == 2.0
    assert funded.ledger.as_converted()["Fund", "a"] == pytest.approx([20e6, 20e6 / 0.9, 20e6], rel=1e-12)


def test_a_series_that_is_issued_later_on_other_paths_keeps_each_paths_own_price() -> None:
    (tranche,) = laid({"price": {"of": "equity_value", "discount": "0%"}})
    first = closed(tranche, opening(), {"equity_value": 100e6}, where=[True, False, False])
    second = closed(tranche, first.ledger, {"equity_value": 400e6}, where=[False, True, False], outcome=first.outcome)
    assert second.outcome.price_per_share.tolist() == [1.0, 4.0, 0.0]
    terms = second.ledger.series["b"]
    assert terms.original_issue_price[:2].tolist() == [1.0, 4.0]
    assert terms.preference(second.ledger.shares("b")).tolist() == [25e6, 25e6, 0.0]
    assert second.ledger.as_converted()[OTHERS, "b"].tolist() == [25e6, 6.25e6, 0.0]


def test_a_later_closing_leaves_an_adjusted_conversion_price_as_it_is() -> None:
    first, second = laid({"pre_money_valuation": "100M USD"}, {})
    funded = closed(first, opening())
    ledger = funded.ledger.with_terms("b", conversion_price=np.full(PATHS, 0.8))
    later = closed(second, ledger, agreed=funded.outcome.price_per_share)
    assert later.ledger.series["b"].conversion_price.tolist() == [0.8] * PATHS
    assert later.ledger.shares("b").tolist() == [50e6] * PATHS


def test_an_agreed_price_holds_whatever_a_later_closing_sets_off() -> None:
    closings = ({"pre_money_valuation": "100M USD"}, {})
    first, second = laid(*closings, option_pool="10%", pre_money_includes=["pool_top_up"])
    funded = closed(first, with_pool(opening()))
    later = closed(second, funded.ledger, agreed=funded.outcome.price_per_share)
    assert later.outcome.price_per_share == pytest.approx([0.875] * PATHS, rel=1e-12)
    assert part(later.ledger, UNISSUED) == pytest.approx([0.10] * PATHS, rel=1e-12)


def test_named_investors_pay_what_they_commit_and_others_the_rest() -> None:
    (tranche,) = laid({"pre_money_valuation": "100M USD", "investors": {"Fund": "10M USD", "Bo": "equity_value * 2%"}})
    funded = closed(tranche, opening(), {"equity_value": 250e6})
    paid = {name: money[0] for name, money in funded.payments.items()}
    assert paid == pytest.approx({"Fund": 10e6, "Bo": 5e6, OTHERS: 10e6}, rel=1e-12)
    assert part(funded.ledger, "Fund") == pytest.approx([30 / 125] * PATHS, rel=1e-12)
    assert sum(funded.ledger.ownership().values()) == pytest.approx([1.0] * PATHS, rel=1e-12)


@pytest.mark.parametrize(("probability", "code"), [("0%", DEAL_FAILED), ("100%", FUNDED)])
def test_a_deal_fails_or_holds_by_its_probability(probability: str, code: int) -> None:
    (tranche,) = laid({"pre_money_valuation": "100M USD", "probability": probability})
    funded = closed(tranche, opening())
    assert funded.outcome.code.tolist() == [code] * PATHS
    assert bool(funded.payments) is (code == FUNDED)


def test_a_deal_holds_with_its_probability_on_each_path() -> None:
    (tranche,) = laid({"pre_money_valuation": "100M USD", "probability": "reliability"})
    rows = {"reliability": np.repeat([0.2, 0.7], 2000)}
    holds = closed(tranche, opening(), rows, paths=4000).outcome.funded.reshape(2, -1).mean(axis=1)
    assert np.abs(holds - [0.2, 0.7]).max() < 4 * 0.5 / np.sqrt(2000)  # 4 standard errors at most


def defaulting(probability: str, **terms: object) -> dict[str, object]:
    default = {"probability": probability, "wrong_way": 0, "consequence": "convert_to_common", **terms}
    return {"pre_money_valuation": "100M USD", "investors": {"Fund": "10M USD"}, "default": default}


LEVEL = {"equity_value": 100e6, "equity_value.start": 100e6}


def test_an_investor_that_never_defaults_pays() -> None:
    (tranche,) = laid(defaulting("0%"))
    funded = closed(tranche, opening(), LEVEL)
    assert funded.payments["Fund"].tolist() == [10e6] * PATHS
    assert np.all(funded.ledger.held("Fund", "a") == 20e6)


def test_the_preferred_shares_of_a_defaulting_investor_become_the_common_shares_they_count_as() -> None:
    (tranche,) = laid(defaulting("100%"))
    adjusted = opening(conversion_price=np.asarray(0.8))
    funded = closed(tranche, adjusted, LEVEL)
    assert funded.payments["Fund"].tolist() == [0.0] * PATHS
    assert funded.outcome.new_money.tolist() == [15e6] * PATHS
    assert funded.ledger.held("Fund", "a").tolist() == [0.0] * PATHS
    assert funded.ledger.held("Fund", "common") == pytest.approx([25e6] * PATHS, rel=1e-12)
    # 105M as-converted shares before, at 100M: 15M buys 15.75M more, and the conversion adds none.
    assert funded.ledger.fully_diluted() == pytest.approx([120.75e6] * PATHS, rel=1e-12)


def test_a_default_without_a_consequence_leaves_the_old_shares() -> None:
    (tranche,) = laid(defaulting("100%", consequence="none"))
    assert np.all(closed(tranche, opening(), LEVEL).ledger.held("Fund", "a") == 20e6)


def test_where_every_investor_defaults_nothing_is_funded() -> None:
    (tranche,) = laid({**defaulting("100%"), "new_money": "10M USD"})
    funded = closed(tranche, opening(), LEVEL)
    assert funded.outcome.code.tolist() == [DEFAULTED] * PATHS
    assert "b" not in funded.ledger.series or np.all(funded.ledger.shares("b") == 0)


def test_others_do_not_default() -> None:
    (tranche,) = laid({"pre_money_valuation": "100M USD", "default": defaulting("100%")["default"]})
    assert closed(tranche, opening(), LEVEL).payments[OTHERS].tolist() == [25e6] * PATHS


def test_below_zero_the_slope_makes_default_likelier_where_value_has_fallen() -> None:
    (tranche,) = laid(defaulting("30%", wrong_way=-1.0))
    rows = {"equity_value": np.repeat([50e6, 100e6, 200e6], 1300), "equity_value.start": np.full(3900, 100e6)}
    paid = closed(tranche, opening(), rows, paths=3900).payments["Fund"].reshape(3, -1) > 0
    chance = 1 - paid.mean(axis=1)
    assert chance[0] > 0.5 > chance[1] > 0.25 > chance[2]  # 0.57, 0.30 and 0.11 give or take 0.013


def test_a_default_does_not_move_the_price_that_the_commitments_made() -> None:
    (tranche,) = laid({**defaulting("100%"), "pre_money_valuation": None, "post_money_valuation": "125M USD"})
    funded = closed(tranche, opening(), LEVEL)
    assert funded.outcome.price_per_share == pytest.approx([1.0] * PATHS, rel=1e-12)
    assert funded.outcome.post_money_valuation == pytest.approx([115e6] * PATHS, rel=1e-12)


def test_a_waived_condition_is_remembered_where_the_closing_is_funded() -> None:
    (tranche,) = laid({"pre_money_valuation": "100M USD"})
    funded = closed(tranche, opening(), waived=np.array([True, False, True]))
    assert funded.outcome.code.tolist() == [WAIVED, FUNDED, WAIVED]
    assert funded.outcome.funded.all()


def test_paths_that_do_not_try_are_left_alone() -> None:
    (tranche,) = laid({"pre_money_valuation": "100M USD"})
    funded = closed(tranche, opening(), where=[False, True, False])
    assert funded.outcome.code.tolist() == [0, FUNDED, 0]
    assert funded.outcome.price_per_share.tolist() == [0.0, 1.0, 0.0]
    assert part(funded.ledger, OTHERS) == pytest.approx([0.0, 0.2, 0.0])
