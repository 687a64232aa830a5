"""SAFEs and notes at an exit: by hand, and against every set of classes that may convert."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.captable.convertibles import company, note, safe
from tests.captable.converting_oracle import Deciding, stable
from tests.captable.tables import preferred
from valsim.captable.ledger import Ledger
from valsim.captable.liquidity.converting import solved
from valsim.captable.liquidity.distribute import payouts_by_lot
from valsim.captable.liquidity.pay_out import Liquidity, Table, pay_out
from valsim.captable.liquidity.regime import all_converted, as_agreed, but
from valsim.captable.security.warrant import Warrant
from valsim.captable.term.dividend.non_cumulative import NonCumulativeDividend
from valsim.captable.waterfall import CONVERTS, INDIFFERENT, KEEPS

CAPPED = (safe(10e6), 1e6)


def paid(ledger: Ledger, proceeds: Any, regime: Any = as_agreed) -> dict[str, Any]:
    return {name: row.tolist() for name, row in solved(ledger, regime, np.asarray(proceeds, float)).payouts.items()}


def test_a_post_money_cap_takes_its_part_of_everything_once_that_is_more_than_its_money():
    exits = [0.5e6, 9e6, 10e6, 20e6]
    assert paid(company(8e6, safe=CAPPED), exits)["safe"] == pytest.approx([0.5e6, 1e6, 1e6, 2e6])


def test_a_pre_money_cap_takes_the_shares_that_its_cap_buys():
    # 1M at 8M before the money of 8M shares: 1M shares of 9M.
    ledger = company(8e6, safe=(safe(8e6, cap_type="pre_money"), 1e6))
    assert paid(ledger, [0.5e6, 9e6, 18e6])["safe"] == pytest.approx([0.5e6, 1e6, 2e6])


@pytest.mark.parametrize(("rare", "common"), [("outstanding", "pre_money"), ("fully_diluted", "post_money")])
def test_at_an_exit_a_cap_tells_only_whether_convertibles_share_it(rare, common):
    one, other = (
        paid(company(8e6, 0, 2e6, safe=(safe(8e6, cap_type=kind), 1e6), second=CAPPED), [5e6, 30e6])
        for kind in (rare, common)
    )
    assert one == other


def test_the_unissued_pool_counts_for_no_cap_at_an_exit():
    with_pool = company(8e6, 0, 2e6, safe=CAPPED, pre=(safe(8e6, cap_type="pre_money"), 1e6))
    without = company(8e6, safe=CAPPED, pre=(safe(8e6, cap_type="pre_money"), 1e6))
    assert paid(with_pool, [30e6])["safe"] == pytest.approx(paid(without, [30e6])["safe"])


def test_a_discount_alone_is_worth_the_same_at_every_price():
    ledger = company(8e6, safe=(safe(discount=0.2), 1e6))
    assert paid(ledger, [0.5e6, 1.1e6, 5e6, 500e6])["safe"] == pytest.approx([0.5e6, 1.1e6, 1.25e6, 1.25e6])


def test_without_cap_and_discount_the_money_is_paid_back():
    assert paid(company(8e6, safe=(safe(), 1e6)), [0.4e6, 50e6])["safe"] == pytest.approx([0.4e6, 1e6])


def test_the_better_of_cap_and_discount_counts():
    ledger = company(8e6, safe=(safe(10e6, 0.2), 1e6))
    assert paid(ledger, [5e6, 12e6, 13e6])["safe"] == pytest.approx([1.25e6, 1.25e6, 1.3e6])


def test_a_liquidity_capitalisation_leaves_out_preferred_shares_that_take_their_money():
    # 2M preferred of 5M: at 25M they keep it, and the SAFE has a tenth of 20M; at 60M a tenth of everything.
    ledger = company(8e6, safe=CAPPED).issue("a", preferred(2.5), {"Fund": np.float64(2e6)})
    assert paid(ledger, [25e6, 60e6])["safe"] == pytest.approx([2e6, 6e6])
    assert paid(ledger, [25e6, 60e6])["a"] == pytest.approx([5e6, 10.8e6])


def test_preferred_shares_that_a_charter_made_common_count_though_a_dividend_is_paid_to_them():
    # 0.4M was declared; then the SAFE has a tenth of what is left, beside a path on which the shares have their choice.
    dividend = NonCumulativeDividend.model_validate({"rate": "8%", "declared_unpaid": "0 USD"}).but(
        _owed=np.asarray(0.2)
    )
    terms = preferred(2.5, non_cumulative_dividend=dividend)
    ledger = company(8e6, safe=CAPPED).issue("a", terms, {"Fund": np.float64(2e6)})
    forced = but(as_agreed, all_converted, {"a": np.array([True, False])})
    assert paid(ledger, [20.4e6, 20.4e6], forced)["safe"][0] == pytest.approx(2e6)


def test_where_every_preferred_share_is_common_the_safe_still_has_its_choice():
    ledger = company(8e6, safe=CAPPED).issue("a", preferred(2.5), {"Fund": np.float64(2e6)})
    assert paid(ledger, [5e6, 25e6], all_converted)["safe"] == pytest.approx([1e6, 2.5e6])
    assert paid(ledger, [25e6], all_converted)["a"] == pytest.approx([4.5e6])


def test_seniority_ranks_the_money_that_is_paid_back():
    ledger = company(8e6, safe=(safe(10e6, seniority=np.float64(0)), 1e6), note=(note(seniority=np.float64(2)), 1e6))
    assert paid(ledger, [1.4e6])["note"] == [1e6]
    assert paid(ledger, [1.4e6])["safe"] == pytest.approx([0.4e6])


def test_interest_and_a_multiple_are_paid_at_an_exit():
    terms = note(change_of_control_multiple=np.float64(2))
    ledger = company(8e6, note=(terms, 1e6)).accrued_to(note().issued.toordinal() + 730)
    assert paid(ledger, [50e6])["note"] == pytest.approx([2.2e6])


def test_a_most_favoured_safe_has_the_cap_of_a_later_one_at_an_exit_too():
    ledger = company(8e6, mfn=(safe(most_favoured_nation=True), 1e6), late=CAPPED)
    both = paid(ledger, [30e6])
    assert both["mfn"] == both["late"] == pytest.approx([3e6])


@pytest.mark.parametrize(("converting", "at"), [("per_class", 10e6), ("per_holder", 10.5e6)])
def test_holders_that_decide_alone_convert_later_than_together(converting: str, at: float):
    # Half of 1M at 10M each. Alone one gains where (V - 0.5M) / 10M > 1; together where V / 10M > 1.
    terms = safe(10e6, converting=converting)
    ledger = company(8e6, safe=(terms, 500e3)).issue("safe", terms, {"Bo": np.float64(500e3)})
    lots = payouts_by_lot(ledger, np.array([at - 1e3, at + 1e3]), as_agreed)
    for holder in ("safe holder", "Bo"):
        assert lots[holder, "safe"] == pytest.approx([500e3, 0.05 * (at + 1e3)])


def test_caps_that_would_take_everything_are_paid_back():
    ledger = company(8e6, one=(safe(10e6), 6e6), two=(safe(10e6), 6e6))
    found = paid(ledger, [100e6])
    assert found["one"] == pytest.approx([56.4e6])
    assert found["two"] == [6e6]


thousands = st.integers(1, 40).map(lambda n: Fraction(250 * n))
discounts = st.one_of(st.none(), st.integers(1, 3).map(lambda n: Fraction(n, 10)))
caps = st.integers(9, 40).map(lambda n: Fraction(1000 * n))


@st.composite
def deciding(draw: st.DrawFn, index: int) -> Deciding:
    name, seniority = f"class {index}", draw(st.integers(0, 2))
    if draw(st.booleans()):
        return Deciding(
            name, draw(thousands), seniority, shares=draw(st.integers(1, 20).map(lambda n: Fraction(100 * n)))
        )
    cap, money = draw(st.one_of(caps, caps, st.none())), draw(st.integers(1, 8).map(lambda n: Fraction(250 * n)))
    post_money = cap is not None and draw(st.booleans())
    return Deciding(name, money, seniority, cap=cap, post_money=post_money, discount=draw(discounts))


def ledger_of(common: Fraction, classes: list[Deciding]) -> Ledger:
    ledger = company(float(common))
    for c in classes:
        rank = {"seniority": np.float64(c.seniority)}
        cap, discount = (None if number is None else float(number) for number in (c.cap, c.discount))
        terms: Any = safe(cap, discount, "post_money" if c.post_money else "pre_money", **rank)
        terms = terms if c.is_safe else preferred(float(c.money / c.shares), **rank)
        ledger = ledger.issue(c.name, terms, {c.name: np.float64(c.money if c.is_safe else c.shares)})
    return ledger


@given(st.data())
def test_those_that_convert_are_the_fewest_of_whom_none_would_do_otherwise(data: st.DataObject):
    common = data.draw(st.integers(4, 40).map(lambda n: Fraction(250 * n)))
    classes = [data.draw(deciding(i)) for i in range(data.draw(st.integers(1, 4)))]
    exits = data.draw(st.lists(st.integers(1, 400).map(lambda n: Fraction(250 * n)), min_size=4, max_size=4))
    found = paid(ledger_of(common, classes), [float(value) for value in exits])
    for i, value in enumerate(exits):
        sets = stable(common, classes, value)
        assume(sets)
        least = min(sets, key=len)
        assert {name: rows[i] for name, rows in found.items()} == pytest.approx(
            {name: float(amount) for name, amount in sets[least].items()}, rel=1e-9, abs=1e-9 * float(value)
        )


@given(st.data())
def test_a_path_is_paid_the_same_to_the_bit_whichever_others_there_are(data: st.DataObject):
    classes = [data.draw(deciding(i)) for i in range(3)]
    ledger = ledger_of(Fraction(8000), classes)
    exits = data.draw(st.lists(st.integers(1, 90_000), min_size=5, max_size=5))
    together = paid(ledger, exits)
    for i, value in enumerate(exits):
        alone = paid(ledger, [value])
        assert {name: rows[i] for name, rows in together.items()} == {name: rows[0] for name, rows in alone.items()}
    assert sum(np.array(rows) for rows in together.values()) == pytest.approx(np.array(exits, float), rel=1e-12)


def decided(ledger: Ledger, proceeds: list[float]) -> dict[str, list[int]]:
    settled = pay_out(Table(ledger), Liquidity("acquisition", "as_agreed", np.zeros(())), np.array(proceeds))
    return {name: codes.tolist() for name, codes in settled.converts.items()}


def test_what_each_decides_is_told_and_where_both_are_the_same():
    ledger = company(8e6, safe=CAPPED).issue("a", preferred(2.5), {"Fund": np.float64(2e6)})
    told = decided(ledger, [5e6, 14e6, 15e6, 16e6, 25e6, 60e6])
    assert told["safe"] == [KEEPS, KEEPS, INDIFFERENT, CONVERTS, CONVERTS, CONVERTS]
    assert told["a"] == [KEEPS] * 5 + [CONVERTS]


def test_a_pre_money_cap_and_a_discount_convert_where_they_pay_more_than_the_money():
    ledger = company(8e6, pre=(safe(8e6, cap_type="pre_money"), 1e6), disc=(safe(discount=0.2), 1e6))
    told = decided(ledger, [1e6, 10.25e6, 20e6])
    assert told["pre"] == [KEEPS, INDIFFERENT, CONVERTS]
    assert told["disc"] == [KEEPS, CONVERTS, CONVERTS]


def test_a_class_whose_holders_decide_alone_converts_where_one_of_them_does():
    small, large = safe(10e6, converting="per_holder"), np.float64(900e3)
    ledger = company(8e6, safe=(small, 100e3)).issue("safe", small, {"Bo": large})
    assert decided(ledger, [9e6, 20e6])["safe"] == [KEEPS, CONVERTS]


@pytest.mark.parametrize("exercise", ["on_conversion", "in_the_money"])
def test_warrants_on_a_class_that_nobody_holds_are_exercised_all_the_same(exercise: str):
    # 8M common, 2M bought at 2.50 and a tenth for the SAFE: (45M + 5M) over 11.11M shares are 4.50 a share.
    warrants = Warrant.model_construct(on="a", exercise_price=np.float64(2.5), exercise=exercise)
    ledger = company(8e6, safe=CAPPED).issue("a", preferred(2.5), {"Fund": np.array([0.0, 1e6])})
    found = paid(ledger.issue("warrants", warrants, {"Bank": np.float64(2e6)}), [45e6, 45e6])
    assert [found[name][0] for name in ("common", "warrants", "safe", "a")] == pytest.approx([36e6, 4e6, 5e6, 0])


def test_a_path_without_a_post_money_safe_is_paid_the_same_bits_beside_paths_that_have_one():
    pre = safe(np.array([7.3e6, 8.1e6, 9.7e6]), 0.15, "pre_money")
    ledger = company(8e6, late=(safe(11e6), np.array([0.0, 1.1e6, 0.0])), pre=(pre, 1.3e6))
    ledger = ledger.issue("a", preferred(2.7), {"Fund": np.float64(2.1e6)})
    proceeds = np.array([31e6, 32e6, 33e6])
    together = solved(ledger, as_agreed, proceeds)
    for path in range(3):
        alone = solved(ledger.at(np.array([path])), as_agreed, proceeds[[path]])
        assert {name: row[path] for name, row in together.payouts.items()} == {
            n: row[0] for n, row in alone.payouts.items()
        }
        assert together.price[path] == alone.price[0]
