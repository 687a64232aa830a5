import numpy as np
import pytest

from tests.captable.tables import held, preferred
from valsim.captable.financing.price import solve_price
from valsim.captable.ledger import UNISSUED
from valsim.captable.security.common import Common
from valsim.captable.security.option_pool import OptionPool
from valsim.captable.security.warrant import Warrant

RATCHET = held({"common": (Common(), 80e6), "series_a": (preferred(2.5, "full_ratchet"), 20e6)})
WEIGHTED = held({"common": (Common(), 80e6), "series_a": (preferred(2.5, "broad_based_weighted_average"), 20e6)})
POOL = held({"common": (Common(), 6e6)}).issue("pool", OptionPool(), {UNISSUED: np.float64(1e6)})
NOTHING, BOTH = frozenset(), frozenset({"anti_dilution", "pool_top_up"})


def test_without_extra_shares_the_price_is_the_value_over_the_shares():
    # BusinessMath-seriesA: 15M founder shares, 5M on 15M pre-money.
    priced = solve_price(held({"founders": (Common(), 15e6)}), np.float64(15e6), np.float64(5e6), BOTH)
    assert (priced.price, priced.new_shares) == (1, 5e6)


def test_a_down_round_without_protection_only_dilutes():
    # ovf-MR-B: 90M/7 shares, 4M on 6M pre-money.
    priced = solve_price(held({"all": (Common(), 90e6 / 7)}), np.float64(6e6), np.float64(4e6), BOTH)
    assert (float(priced.price), float(priced.new_shares)) == pytest.approx((7 / 15, 60e6 / 7), rel=1e-15)


def test_a_full_ratchet_takes_its_part_of_the_pre_money_value():
    priced = solve_price(RATCHET, np.float64(60e6), np.float64(10e6), frozenset({"anti_dilution"}))
    assert float(priced.price) == pytest.approx(0.125, rel=1e-14)
    assert float(priced.conversion_prices["series_a"]) == pytest.approx(0.125, rel=1e-14)
    assert solve_price(RATCHET, np.float64(60e6), np.float64(10e6), NOTHING).price == 0.6


def test_warrants_on_a_protected_class_count_at_its_new_conversion_price_too():
    warrants = Warrant.model_construct(on="series_a", exercise_price=np.float64(2.5), exercise="in_the_money")
    both = {"common": (Common(), 80e6), "series_a": (RATCHET.series["series_a"], 12e6), "warrants": (warrants, 8e6)}
    priced = solve_price(held(both), np.float64(60e6), np.float64(10e6), frozenset({"anti_dilution"}))
    assert float(priced.price) == pytest.approx(0.125, rel=1e-14)
    assert list(priced.conversion_prices) == ["series_a"]


@pytest.mark.parametrize(("pre_money", "feasible"), [(50e6, False), (50e6 + 1, True)])
def test_the_ratchet_leaves_no_price_at_what_it_cost(pre_money, feasible):
    assert solve_price(RATCHET, np.float64(pre_money), np.float64(10e6), BOTH).feasible == feasible


def test_a_company_without_shares_has_no_price():
    empty = held({"common": (Common(), np.array([0.0, 1e6]))})
    assert solve_price(empty, np.float64(2e6), np.float64(1e6), BOTH).feasible.tolist() == [False, True]


def test_a_price_may_be_as_low_as_the_terms_make_it():
    priced = solve_price(RATCHET, np.float64(50e6 + 800), np.float64(10e6), frozenset({"anti_dilution"}))
    assert float(priced.price) == pytest.approx(1e-5, rel=1e-9)


@pytest.mark.parametrize("ledger", [RATCHET, WEIGHTED], ids=["full ratchet", "weighted average"])
@pytest.mark.parametrize("pre_money", [1e6, 0.0, -1.0, np.nan, np.inf])
def test_where_no_price_satisfies_the_round_nothing_changes(ledger, pre_money):
    priced = solve_price(ledger, np.array([60e6, pre_money]), np.float64(10e6), frozenset({"anti_dilution"}))
    assert priced.feasible.tolist() == [True, False]
    assert np.isnan(priced.price[1])
    assert (priced.new_shares[1], priced.pool_shares[1], priced.conversion_prices["series_a"][1]) == (0, 0, 2.5)


def test_the_weighted_average_shares_are_priced_in():
    new_money, pre_money = np.float64(10e6), np.array([60e6, 120e6, 240e6, 300e6])
    priced = solve_price(WEIGHTED, pre_money, new_money, frozenset({"anti_dilution"}))
    after = WEIGHTED.with_terms("series_a", conversion_price=priced.conversion_prices["series_a"])
    # Below the old price the as-converted value is linear in p, so p = pre / (80M + 50M (100M + 10M / p) / (250M + 10M)).
    by_hand = (pre_money - 50e6 * 10e6 / 260e6) / (80e6 + 50e6 * 100e6 / 260e6)
    assert priced.price == pytest.approx(np.where(by_hand < 2.5, by_hand, pre_money / 100e6), rel=1e-14)
    assert priced.price * after.fully_diluted() == pytest.approx(pre_money, rel=1e-14)


def test_anti_dilution_after_the_round_dilutes_the_new_money_too():
    priced = solve_price(WEIGHTED, np.float64(100e6), np.float64(10e6), NOTHING)
    assert (priced.price, priced.new_shares) == (1, 10e6)
    assert float(priced.conversion_prices["series_a"]) == pytest.approx(2.5 * (100 + 4) / (100 + 10))


def test_a_pool_in_the_pre_money_lowers_the_price():
    # venture-hacks-pool: 2M on 8M pre-money, 20 % pool after: 1.00 and not 1.33 a share, an effective 6M before.
    founders = held({"founders": (Common(), 6e6)})
    with_pool = solve_price(founders, np.float64(8e6), np.float64(2e6), frozenset({"pool_top_up"}), np.float64(0.2))
    assert (float(with_pool.price), float(with_pool.pool_shares)) == pytest.approx((1, 2e6), rel=1e-14)
    assert float(solve_price(founders, np.float64(8e6), np.float64(2e6), BOTH).price) == pytest.approx(4 / 3)


@pytest.mark.parametrize("includes", [NOTHING, frozenset({"pool_top_up"})])
def test_the_pool_has_its_fraction_after_the_round(includes):
    priced = solve_price(POOL, np.array([8e6, 20e6]), np.float64(2e6), includes, np.float64(0.2))
    after = POOL.fully_diluted() + priced.new_shares + priced.pool_shares
    assert (1e6 + priced.pool_shares) / after == pytest.approx([0.2, 0.2], rel=1e-14)


def test_a_pool_that_is_large_enough_is_not_topped_up():
    assert solve_price(POOL, np.float64(7e6), np.float64(1e6), BOTH, np.float64(0.1)).pool_shares == 0


def test_each_closing_at_the_same_price_buys_its_part_of_what_is_there():
    # AVC: $3M in three tranches at $9M before the money: 10.0 % after the first, 18.18 % after two, 25 % after all.
    ledger, stakes = held({"founders": (Common(), 9e6)}), []
    for _ in range(3):
        priced = solve_price(ledger, ledger.fully_diluted() * 1.0, np.float64(1e6), BOTH)
        ledger = ledger.issue("series_a", preferred(1.0), {"investor": priced.new_shares})
        stakes.append(float(ledger.ownership()["investor"]))
    assert stakes == pytest.approx([0.1, 2 / 11, 0.25])


def test_a_price_does_not_depend_on_the_paths_that_are_solved_with_it():
    random = np.random.default_rng(11)
    conversion_price = random.uniform(0.5, 3, 500)
    ledger = WEIGHTED.with_terms("series_a", conversion_price=conversion_price)
    ledger = ledger.issue("pool", OptionPool(), {UNISSUED: random.uniform(0, 20e6, 500)})
    pre_money, new_money = random.uniform(5e6, 400e6, 500), random.uniform(1e6, 50e6, 500)
    together = solve_price(ledger, pre_money, new_money, BOTH, np.float64(0.15))
    for some in (slice(0, 1), slice(100, 107), slice(250, 500)):
        paths = np.arange(500)[some]
        alone = solve_price(ledger.at(paths), pre_money[some], new_money[some], BOTH, np.float64(0.15))
        assert np.array_equal(together.price[some], alone.price, equal_nan=True)
        assert np.array_equal(together.pool_shares[some], alone.pool_shares)


def test_the_fixed_point_holds_on_every_path_that_has_a_price():
    random = np.random.default_rng(12)
    count = 2000
    ledger = held({
        "common": (Common(), random.uniform(10e6, 90e6, count)),
        "series_a": (preferred(random.uniform(0.1, 5, count), "full_ratchet"), random.uniform(1e6, 30e6, count)),
        "series_b": (preferred(random.uniform(0.1, 9, count), "broad_based_weighted_average"), random.uniform(0, 30e6, count)),
    }).issue("pool", OptionPool(), {UNISSUED: random.uniform(0, 20e6, count)})  # fmt: skip
    pre_money, fraction = random.lognormal(18, 1, count), random.uniform(0, 0.3, count)
    priced = solve_price(ledger, pre_money, random.lognormal(16, 1, count), BOTH, fraction)
    after = ledger
    for series, conversion_price in priced.conversion_prices.items():
        after = after.with_terms(series, conversion_price=conversion_price)
    cost = priced.price * (after.fully_diluted() + priced.pool_shares)
    assert 0.5 < priced.feasible.mean() < 1
    assert cost[priced.feasible] == pytest.approx(pre_money[priced.feasible], rel=1e-13)
    assert np.all(np.isnan(cost[~priced.feasible]))
