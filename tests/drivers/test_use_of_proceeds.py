"""Budgets: money is spent evenly, works after its lag whatever the grid, and moves rows less and less."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from valsim.core.parameter import at_medians
from valsim.drivers.use_of_proceeds import Budget, Response, budget_rows

NO_LAG, ONLY = np.asarray(0.0), np.arange(1)


def raised(money: float, years: float) -> Budget:
    return Budget.nothing(1).raised(np.array([money]), np.asarray(years), ONLY)


def after(budget: Budget, lag: float, *steps: float) -> Budget:
    for dt in steps:
        due = budget.due(dt)
        budget = budget.later(due, due, np.asarray(lag), dt)
    return budget


def responding(elasticity: str, reference: str) -> Response:
    return at_medians(Response.model_validate({"elasticity": elasticity, "reference": reference}))


def first(row: np.ndarray) -> float:
    return float(row[0])


def test_money_is_spent_evenly_and_then_no_more() -> None:
    budget = raised(12.0, 1.5)
    assert first(budget.spending) == 8.0
    half = after(budget, 0.0, 0.75)
    assert (first(half.spent), first(half.unspent), first(half.spending)) == (6.0, 6.0, 8.0)
    whole = after(half, 0.0, 0.5, 0.5)
    assert (first(whole.spent), first(whole.unspent), first(whole.spending)) == (12.0, 0.0, 0.0)


def test_what_is_left_is_spread_anew_with_new_money() -> None:
    half = after(raised(12.0, 1.0), 0.0, 0.5)
    more = half.raised(np.array([9.0]), np.asarray(1.5), ONLY)
    assert first(more.spending) == pytest.approx((6 + 9) / 1.5)
    # Where no money came, what is left goes on as it was.
    assert first(half.raised(np.array([0.0]), np.asarray(1.5), ONLY).spending) == 12.0


def test_money_reaches_only_the_paths_on_which_it_was_raised() -> None:
    lasts = np.array([1.0, 2.0, 4.0])
    budget = Budget.nothing(3).raised(np.array([6.0, 8.0]), lasts, np.array([0, 2]))
    assert (budget.unspent.tolist(), budget.spending.tolist()) == ([6.0, 0.0, 8.0], [6.0, 0.0, 2.0])


def test_what_stays_in_cash_is_never_spent() -> None:
    kept = after(raised(5.0, np.inf), 0.0, 10.0)
    assert (first(kept.spending), first(kept.spent), first(kept.unspent)) == (0.0, 0.0, 5.0)


def test_spending_works_at_once_without_a_lag() -> None:
    budget = after(raised(12.0, 1.0), 0.0, 0.3)
    assert first(budget.effective) == first(budget.spent)


def test_spending_works_by_the_solution_of_its_equation() -> None:
    # While it is spent at a rate r: effective = r (t - lag (1 - e^(-t / lag))); then the gap fades.
    lag, rate = 0.5, 10.0
    running = after(raised(10.0, 1.0), lag, 0.8)
    assert first(running.effective) == pytest.approx(rate * (0.8 - lag * (1 - np.exp(-0.8 / lag))), rel=1e-12)
    gap = rate * lag * (1 - np.exp(-1 / lag)) * np.exp(-2 / lag)
    assert first(after(raised(10.0, 1.0), lag, 3.0).effective) == pytest.approx(10 - gap, rel=1e-12)


@given(
    lag=st.just(0.0) | st.floats(1e-6, 5.0),
    years=st.floats(0.1, 3.0),
    cuts=st.lists(st.floats(0.01, 0.99), min_size=1, max_size=6, unique=True),
)
def test_the_grid_does_not_matter(lag: float, years: float, cuts: list[float]) -> None:
    times = [0.0, *sorted(cuts), 1.0]
    fine = after(raised(7.0, years), lag, *np.diff(times))
    coarse = after(raised(7.0, years), lag, 1.0)
    assert first(fine.spent) == pytest.approx(first(coarse.spent), rel=1e-9)
    assert first(fine.effective) == pytest.approx(first(coarse.effective), rel=1e-7, abs=1e-8)
    assert 0 <= first(fine.effective) <= first(fine.spent) * (1 + 1e-12)
    assert first(fine.spent) + first(fine.unspent) == pytest.approx(7.0, rel=1e-12)


def test_what_was_cut_stays_to_be_spent_and_is_remembered() -> None:
    budget = raised(10.0, 1.0)
    cut = budget.later(np.array([2.0]), budget.due(0.5), NO_LAG, 0.5)
    assert (first(cut.unspent), first(cut.spent), bool(cut.cut[0])) == (8.0, 2.0, True)
    whole = after(cut, 0.0, 0.5, 0.5)
    assert (first(whole.spent), bool(whole.cut[0])) == (10.0, True)


def test_a_response_is_concave_and_of_constant_elasticity() -> None:
    response = responding("0.3", "40 USD")
    factor = np.exp(response.log_factor(np.array([0.0, 40.0, 120.0])))
    assert factor == pytest.approx([1.0, 2**0.3, 4**0.3], rel=1e-12)
    still = responding("0", "40 USD")
    assert np.exp(still.log_factor(np.array([1e9])))[0] == 1.0


def test_formulas_read_the_spending_in_all_and_of_each_use() -> None:
    rows = budget_rows({"a": raised(4.0, 2.0), "b": after(raised(3.0, 1.0), 0.0, 0.5)})
    found = {name: first(worked_out()) for name, worked_out in rows.items()}
    assert found == {
        "spending": 5.0, "spending.a": 2.0, "spent.a": 0.0, "effective.a": 0.0,
        "spending.b": 3.0, "spent.b": 1.5, "effective.b": 1.5,
    }  # fmt: skip
    assert budget_rows({}) == {}
