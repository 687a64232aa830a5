"""The price of a round with SAFEs and notes: published cases, worked by hand from their terms."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.captable.convertibles import company, note, safe
from tests.captable.tables import preferred
from valsim.captable.conversion import conversions
from valsim.captable.financing.price import Priced, solve_price

OWNERSHIP = frozenset({"convertibles", "pool_top_up"})
DOLLARS = OWNERSHIP | {"dollars_invested"}
CAPPED = (safe(10e6), 1e6)
DISCOUNTED = (safe(discount=0.2), 1e6)


def priced(ledger, pre_money=12e6, new_money=3e6, includes=OWNERSHIP, **pool) -> Priced:
    return solve_price(ledger, np.asarray(pre_money), np.asarray(new_money), includes, **pool)


def shares(found: Priced) -> dict[str, float]:
    return {name: float(converted.shares) for name, converted in found.conversions.items()}


def test_a_post_money_cap_gives_its_part_of_all_shares_before_the_money():
    # ovf-S1: 1M at 10M is 10 % of 8M / 0.9 shares; they share 12M.
    found = priced(company(8e6, safe=CAPPED))
    assert float(found.price) == pytest.approx(1.35, rel=1e-14)
    assert shares(found) == pytest.approx({"safe": 8e6 / 9}, rel=1e-14)
    assert float(found.conversions["safe"].price) == pytest.approx(10e6 / (80e6 / 9), rel=1e-14)


def test_a_post_money_cap_counts_the_pool_of_before_and_not_what_the_round_adds():
    # ovf-EP1: a tenth of 9M / 0.9 shares, whatever the pool becomes.
    found = priced(company(8e6, 500e3, 500e3, safe=CAPPED), option_pool=np.float64(0.1))
    assert float(found.price) == pytest.approx(21 / 19, rel=1e-13)
    assert shares(found) == pytest.approx({"safe": 1e6}, rel=1e-13)
    assert float(found.new_shares) == pytest.approx(19e6 / 7, rel=1e-13)


def test_the_user_guide_of_the_post_money_safe():
    # YC's guide, example 1: 10M shares before, 5 % and 10 % of them, 1,695,000 shares for the pool or 10 % of all after.
    ledger = company(9.25e6, 650e3, 100e3, a=(safe(4e6), 200e3), b=(safe(8e6), 800e3))
    found = priced(ledger, 15e6, 5e6, pool_increase=np.float64(1_695_000))
    assert float(found.price) == pytest.approx(15e6 / (200e6 / 17 + 1_695_000), rel=1e-14)
    assert round(float(found.price), 4) == 1.1144
    assert [round(n) for n in shares(found).values()] == [588235, 1176471]
    topped_up = priced(ledger, 15e6, 5e6, option_pool=np.float64(0.1))
    assert float(topped_up.price) == pytest.approx(2210 / 1983, rel=1e-13)


def test_a_pre_money_cap_counts_what_the_round_adds_to_the_pool_and_no_convertible():
    # YC's guide, example 2: 200k at 3.8M before the money of 11,575,000 shares.
    terms = {"a": (safe(3.8e6, cap_type="pre_money"), 200e3), "b": (safe(8e6), 800e3)}
    found = priced(company(9.25e6, 650e3, 100e3, **terms), 8.8e6, 2.2e6, pool_increase=np.float64(1_575_000))
    assert float(found.price) == pytest.approx(304 / 463, rel=1e-14)
    assert shares(found) == pytest.approx({"a": 11_575_000 / 19, "b": 23_150_000 / 19}, rel=1e-14)


def test_a_pre_money_cap_and_a_pool_that_is_a_part_of_all_shares_wait_for_each_other():
    ledger = company(9e6, 0, 1e6, a=(safe(4e6, cap_type="pre_money"), 200e3), b=(safe(8e6), 800e3))
    found = priced(ledger, 15e6, 5e6, option_pool=np.float64(0.15))
    a, b, pool = *shares(found).values(), float(found.pool_shares)
    assert a == pytest.approx(200e3 / (4e6 / (10e6 + pool)), rel=1e-12)
    assert b == pytest.approx(0.1 * (10e6 + a + b), rel=1e-12)
    assert (1e6 + pool) / (10e6 + a + b + pool + float(found.new_shares)) == pytest.approx(0.15, rel=1e-12)
    assert float(found.price) * (10e6 + a + b + pool) == pytest.approx(15e6, rel=1e-12)


def test_an_outstanding_cap_counts_neither_the_unissued_pool_nor_what_the_round_adds_to_it():
    # 1M at 4.5M of the 9M shares that are held or granted, whatever the pool becomes.
    ledger = company(8e6, 1e6, 1e6, note=(safe(4.5e6, cap_type="outstanding"), 1e6))
    for pool in ({}, {"option_pool": np.float64(0.2)}, {"pool_increase": np.float64(5e6)}):
        assert shares(priced(ledger, **pool)) == pytest.approx({"note": 2e6}, rel=1e-14)


def test_a_fully_diluted_cap_is_to_the_cap_as_the_price_to_the_pre_money_valuation():
    # All that 12M pay for at the price share 6M too: half the price, whatever the pool becomes.
    ledger = company(8e6, 1e6, 1e6, note=(safe(6e6, cap_type="fully_diluted"), 1e6), other=DISCOUNTED)
    for pool in ({}, {"option_pool": np.float64(0.2)}, {"pool_increase": np.float64(5e6)}):
        found = priced(ledger, **pool)
        assert float(found.conversions["note"].price) == pytest.approx(float(found.price) / 2, rel=1e-13)


def test_a_post_money_cap_counts_discounted_and_pre_money_convertibles():
    # ovf-DO2, ovf-MX1.
    found = priced(company(8e6, capped=CAPPED, disc=DISCOUNTED))
    assert float(found.price) == pytest.approx(191 / 160, rel=1e-13)
    assert shares(found) == pytest.approx({"capped": 192e6 / 191, "disc": 200e6 / 191}, rel=1e-13)
    mixed = priced(company(8e6, post=CAPPED, pre=(safe(8e6, cap_type="pre_money"), 1e6)))
    assert float(mixed.price) == pytest.approx(1.2, rel=1e-14)
    assert shares(mixed) == pytest.approx({"post": 1e6, "pre": 1e6}, rel=1e-14)


def test_a_most_favoured_safe_converts_at_the_lowest_price_of_the_later_ones():
    # The discount is the better one here: 8p + 12M / 10 + (0.5M + 1M) / 0.8 = 12M.
    found = priced(company(8e6, mfn=(safe(most_favoured_nation=True), 500e3), cap=CAPPED, disc=DISCOUNTED))
    assert float(found.price) == pytest.approx(1.115625, rel=1e-13)
    prices = {name: float(converted.price) for name, converted in found.conversions.items()}
    assert (prices["mfn"], prices["disc"]) == pytest.approx((0.8925, 0.8925), rel=1e-13)


def test_a_most_favoured_safe_whose_holder_has_chosen_has_those_terms():
    # ovf-MF-cap: it was amended to the cap.
    found = priced(company(8e6, mfn=(safe(10e6), 500e3), cap=CAPPED, disc=DISCOUNTED))
    assert float(found.price) == pytest.approx(179 / 160, rel=1e-13)
    assert found.conversions["mfn"].shares * found.price / 15e6 == pytest.approx(0.04, rel=1e-13)


@pytest.mark.parametrize("value", [6e6, 12e6, 40e6, 90e6])
@pytest.mark.parametrize("includes", [OWNERSHIP, frozenset()], ids=["counted", "not counted"])
def test_the_best_terms_of_all_later_ones_are_the_best_one_taken_over_as_a_whole(value, includes):
    later = [(10e6, 0.1, "post_money"), (8.5e6, None, "pre_money"), (None, 0.25), (9e6, 0.05, "fully_diluted")]
    others = {f"later {i}": (safe(*each), 1e6) for i, each in enumerate(later)}

    def shares_of(mfn) -> float:
        found = priced(company(8e6, mfn=(mfn, 500e3), **others), [value, value], [3e6, 3e6], includes)
        return found.conversions["mfn"].shares[0] * found.price[0]

    whole = [shares_of(safe(*each)) for each in later]
    assert shares_of(safe(most_favoured_nation=True)) == pytest.approx(max(whole), rel=1e-12)


def test_a_most_favoured_safe_looks_at_later_ones_alone_and_where_somebody_holds_them():
    ledger = company(8e6, early=CAPPED, mfn=(safe(most_favoured_nation=True), 500e3), late=(safe(8e6), [0.0, 1e6]))
    assert conversions(ledger)["mfn"].post_money_cap.tolist() == [np.inf, 8e6]


@pytest.mark.parametrize(
    ("includes", "price", "printed"),
    [(frozenset(), Fraction(8), 8.00), (OWNERSHIP, Fraction(46, 7), 6.57), (DOLLARS, Fraction(53, 7), 7.57)],
    ids=["pre-money", "percent ownership", "dollars invested"],
)
def test_the_three_methods_of_the_published_table(includes, price, printed):
    # Cooley: 1M of notes at 30 % off, 2M on 8M, 1M shares before.
    found = priced(company(1e6, note=(safe(discount=0.3), 1e6)), 8e6, 2e6, includes)
    assert float(found.price) == pytest.approx(float(price), rel=1e-13)
    assert round(float(found.price), 2) == printed
    assert shares(found)["note"] == pytest.approx(1e6 / (0.7 * float(price)), rel=1e-13)


def test_dollars_invested_counts_the_money_that_converts_once_more():
    # ovf-CS: 13M over 8M / 0.9 shares; the new money owns 3 of 16.
    found = priced(company(8e6, safe=CAPPED), includes=DOLLARS)
    assert float(found.price) == pytest.approx(117 / 80, rel=1e-14)


def test_the_lower_of_cap_and_discount_counts():
    # fundersclub: 25k at a 5M cap and 20 % off, a round at 5 a share on 10M or 6M before the money.
    ledger = company(2e6, note=(safe(5e6, 0.2, "pre_money"), 25e3))
    assert shares(priced(ledger, 10e6, 1e6, frozenset())) == {"note": 10_000}
    at_six = company(1.2e6, note=(safe(5e6, 0.2, "pre_money"), 25e3))
    assert shares(priced(at_six, 6e6, 1e6, frozenset())) == {"note": 6_250}


def test_a_baseline_of_a_public_calculator():
    # 1984: 2M at 10M post-money on 2M shares, 8M on 32M: 3,125,000 shares at 12.8.
    found = priced(company(2e6, safe=(safe(10e6), 2e6)), 32e6, 8e6)
    assert (float(found.price), 2e6 + shares(found)["safe"] + float(found.new_shares)) == pytest.approx((12.8, 3.125e6))


@pytest.mark.parametrize(("amounts", "feasible"), [((4e6, 5.9e6), True), ((4e6, 6e6), False), ((5e6, 7e6), False)])
@pytest.mark.parametrize("includes", [OWNERSHIP, frozenset()], ids=["counted", "not counted"])
def test_caps_that_take_everything_leave_no_price(amounts, feasible, includes):
    a, b = amounts
    found = priced(company(8e6, a=(safe(10e6), [a, 1e6]), b=(safe(10e6), [b, 1e6])), [1e9, 1e9], [1e6, 1e6], includes)
    assert found.feasible.tolist() == [feasible, True]
    assert np.isnan(found.price[0]) != feasible
    assert (found.conversions["a"].shares[0] > 0) == feasible


def test_a_round_that_is_too_small_converts_no_note():
    ledger = company(8e6, note=(note(10e6, qualified_financing_at_least=np.float64(2e6)), 1e6))
    found = priced(ledger, [12e6, 12e6], [1.9e6, 2e6])
    assert (found.conversions["note"].shares > 0).tolist() == [False, True]
    assert found.price[0] == 1.5


def test_interest_converts_with_the_principal_or_is_forgiven():
    day = np.float64(note().issued.toordinal() + 365)
    for word, amount in (("converts", 1.1e6), ("forgiven", 1e6)):
        ledger = company(8e6, note=(note(discount=0.2, accrued_interest=word), 1e6)).accrued_to(day)
        found = priced(ledger, includes=frozenset())
        assert shares(found)["note"] == pytest.approx(amount / (0.8 * 1.5), rel=1e-14)


amounts = st.integers(0, 30).map(lambda n: n * 100e3)
terms = st.builds(
    safe,
    st.one_of(st.none(), st.integers(4, 40).map(lambda n: n * 1e6)),
    st.one_of(st.none(), st.sampled_from([0.0, 0.1, 0.2, 0.3])),
    st.sampled_from(["pre_money", "post_money", "outstanding", "fully_diluted"]),
    most_favoured_nation=st.booleans(),
)
tables = st.lists(st.tuples(terms, amounts, amounts), min_size=1, max_size=4)


@given(tables, st.sampled_from([frozenset(), OWNERSHIP, DOLLARS]), st.sampled_from([None, 0.1, 0.25]))
def test_a_price_pays_for_what_it_counts_and_each_convertible_at_its_lowest_price(rows, includes, pool):
    named = {f"s{i}": (terms, [a, b]) for i, (terms, a, b) in enumerate(rows)}
    ledger = company(8e6, 300e3, 700e3, **named).issue("a", preferred(2.5), {"Fund": np.float64(1e6)})
    part = None if pool is None else np.float64(pool)
    found = priced(ledger, [12e6, 9e6], [3e6, 1e6], includes, option_pool=part)
    converted = sum(each.shares for each in found.conversions.values())
    dollars = sum(np.asarray(amounts) for _, amounts in named.values()) if includes == DOLLARS else 0.0
    counted = 10e6 + (converted + found.pool_shares if includes else 0.0)
    there = found.feasible
    assert (found.price * counted)[there] == pytest.approx((np.array([12e6, 9e6]) + dollars)[there], rel=1e-11)
    for name, terms_ in conversions(ledger).items():
        prices = [
            found.price * (1 - terms_.discount), terms_.pre_money_cap / (10e6 + found.pool_shares),
            terms_.post_money_cap / (10e6 + converted), terms_.outstanding_cap / 9.3e6,
            terms_.fully_diluted_cap / (10e6 + converted + found.pool_shares),
        ]  # fmt: skip
        lowest, each = np.minimum.reduce([np.broadcast_to(p, 2) for p in prices]), found.conversions[name]
        assert (each.shares * lowest)[there] == pytest.approx(np.array(named[name][1])[there], rel=1e-10)


@given(tables)
def test_a_path_does_not_depend_on_the_others(rows):
    both = company(8e6, **{f"s{i}": (terms, [a, b]) for i, (terms, a, b) in enumerate(rows)})
    alone = company(8e6, **{f"s{i}": (terms, [a]) for i, (terms, a, _) in enumerate(rows)})
    two, one = priced(both, [12e6, 7e6], [3e6, 3e6]), priced(alone, [12e6], [3e6])
    assert np.array_equal(two.price[:1], one.price, equal_nan=True)
    assert all(np.array_equal(two.conversions[n].shares[:1], one.conversions[n].shares) for n in one.conversions)
