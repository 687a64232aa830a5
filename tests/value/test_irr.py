"""A rate of return is the rate at which what was paid and what came back are worth the same."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from valsim.core.rows import Row, cut
from valsim.value.irr import has_several_rates, internal_rate_of_return, xirr


def rate(*flows: tuple[float, float]) -> float:
    times, amounts = zip(*flows, strict=True)
    return float(internal_rate_of_return([np.asarray(t) for t in times], [np.asarray(a) for a in amounts]))


def test_money_that_doubles_in_a_year_earns_a_hundred_percent() -> None:
    assert rate((0, -1), (1, 2)) == pytest.approx(1.0, rel=1e-14)


def test_money_that_never_comes_back_loses_a_hundred_percent() -> None:
    assert rate((0, -5), (1, -5), (3, 0)) == -1.0


def test_who_never_invested_has_no_rate() -> None:
    assert np.isnan(rate((0, 0), (3, 10)))
    assert np.isnan(rate((0, 0), (3, 0)))


def test_money_that_came_back_on_the_day_it_was_paid_has_no_rate() -> None:
    assert np.isnan(rate((1, -5), (1, 10)))


@pytest.mark.parametrize(("proceeds", "years"), [(0.5, 0.1), (50, 1 / 12), (4, 1 / 365.25), (1e9, 10.0), (1e-9, 30.0)])
def test_a_rate_however_extreme_is_found(proceeds: float, years: float) -> None:
    assert np.log1p(rate((0, -1), (years, proceeds))) == pytest.approx(np.log(proceeds) / years, rel=1e-9)


@pytest.mark.parametrize(("proceeds", "years"), [(1e-20, 1.0), (0.05, 1 / 365.25)])
def test_a_loss_beyond_what_a_number_can_tell_from_everything_is_everything(proceeds: float, years: float) -> None:
    assert rate((0, -1), (years, proceeds)) == -1.0


def test_a_gain_beyond_the_largest_number_has_no_rate() -> None:
    assert np.isnan(rate((0, -1), (1 / 365.25, 20)))


def test_of_several_rates_one_is_given() -> None:
    # -1 + 2.3 / (1 + r) - 1.32 / (1 + r)^2 = 0 at 10 % and at 20 %.
    assert rate((0, -1), (1, 2.3), (2, -1.32)) == pytest.approx(0.1, rel=1e-7)


def several(*flows: tuple[float, float]) -> bool:
    times, amounts = zip(*flows, strict=True)
    return bool(has_several_rates([np.asarray(t) for t in times], [np.asarray(a) for a in amounts]))


def test_that_there_are_several_rates_is_told() -> None:
    assert several((0, -1), (1, 2.3), (2, -1.32))
    # 16 % and 14 % are told apart as well, whatever comes first in the list.
    assert several((2, -1.14 * 1.16), (0, -1), (1, 1.14 + 1.16))


def test_two_changes_of_sign_need_not_give_two_rates() -> None:
    assert not several((0, -1), (1, 1), (2, -1))
    assert not several((0, -100), (1, 50), (2, -75), (3, 200))


def test_one_change_of_sign_is_never_more_than_one_rate() -> None:
    assert not several((0, -1), (0, -5), (1, 0), (2, 3), (5, 3))


def test_money_that_goes_both_ways_on_one_day_changes_sign_once() -> None:
    assert not several((0, -10), (1, -5), (1, 5), (2, 40))


def test_each_path_is_told_apart() -> None:
    times = [np.asarray(t) for t in (0.0, 1.0, 2.0)]
    amounts = [np.asarray(-1.0), np.array([2.3, 2.3]), np.array([-1.32, 0.0])]
    assert has_several_rates(times, amounts).tolist() == [True, False]


def test_flows_that_no_rate_makes_equal_have_none() -> None:
    assert np.isnan(rate((0, -1), (1, 1), (2, -1)))


def test_a_late_large_payment_with_a_quick_gain_does_not_overflow() -> None:
    growth = 1 + rate((0, -1), (9.9, -1e6), (10, 1.1e6))
    assert growth**10 + 1e6 * growth**0.1 == pytest.approx(1.1e6, rel=1e-9)


def test_each_path_has_its_own_rate_and_scalars_are_shared() -> None:
    times = [np.asarray(0.0), np.array([1.0, 2.0, 4.0])]
    amounts = [np.asarray(-1.0), np.array([2.0, 0.0, 16.0])]
    assert internal_rate_of_return(times, amounts).tolist() == pytest.approx([1.0, -1.0, 1.0])


def test_a_rate_has_the_same_bits_alone_as_among_many_paths() -> None:
    chosen = np.random.default_rng(3)
    times, amounts = np.arange(20.0), chosen.normal(-1, 3, (20, 50))
    together = internal_rate_of_return(list(times), list(amounts))
    alone = [internal_rate_of_return(list(times), list(amounts[:, [i]]))[0] for i in range(50)]
    assert np.array_equal(together, alone, equal_nan=True)


def test_a_rate_has_the_same_bits_whatever_flows_other_paths_have() -> None:
    times = [np.asarray(-1.0), np.array([0.5, 1.0, 0.25, 2.0]), np.asarray(3.0), np.array([4.0, 6.0, 5.0, 7.0])]
    amounts = [np.array([-5.0, -5.0, -5.0, 0.0]), np.array([0.0, 2.0, 0.0, -3.0]), np.array([9.0, 1.0, 0.0, 8.0])]
    amounts.append(np.array([0.0, 4.0, 7.0, -1.0]))
    together = internal_rate_of_return(times, amounts)
    for path in range(4):
        own = [[cut(row, path) for row in rows] for rows in (times, amounts)]
        there = [(time, amount) for time, amount in zip(*own, strict=True) if amount]
        assert float(internal_rate_of_return(*zip(*there, strict=True))) == together[path]


def test_dated_flows_have_the_rate_of_their_day_count_in_whatever_order_they_come() -> None:
    days, amounts = [date(2022, 1, 1), date(2020, 1, 1), date(2021, 1, 1)], [3.0, -1.0, -1.0]
    found = float(xirr(days, [np.asarray(amount) for amount in amounts], "actual/365"))
    assert found == pytest.approx(rate((0, -1), (366 / 365, -1), (731 / 365, 3)), rel=1e-12)
    # 30/360 counts whole years: -1 - 1/(1 + r) + 3/(1 + r)^2 = 0.
    found = float(xirr(days, [np.asarray(amount) for amount in amounts], "30/360"))
    assert 3 / (1 + found) ** 2 == pytest.approx(1 + 1 / (1 + found), rel=1e-12)


FLOWS = st.lists(st.tuples(st.floats(0, 10), st.floats(1, 1e9)), min_size=1, max_size=4)


@given(paid=FLOWS, received=FLOWS)
def test_at_the_rate_the_flows_are_worth_nothing(
    paid: list[tuple[float, float]], received: list[tuple[float, float]]
) -> None:
    """Payments first, then receipts: one change of sign, so exactly one rate."""
    flows = [(t, -a) for t, a in paid] + [(10.5 + t, a) for t, a in received]
    log_rate = np.log1p(rate(*flows))
    worth: list[Row] = [a * np.exp(-log_rate * (t - 10.0)) for t, a in flows]
    assert sum(worth) == pytest.approx(0.0, abs=1e-8 * sum(map(abs, worth)))
