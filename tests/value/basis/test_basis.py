"""A multiple multiplies the revenue of its basis."""

from types import SimpleNamespace

import numpy as np
import pytest
from pydantic import ValidationError

from tests.core.parameter.known import KNOWN
from valsim.core.parameter import realise
from valsim.value.basis import Basis

TRAILING = {"multiple_of": "trailing_12m_revenue", "revenue": "revenue", "trailing_at_start": "12M USD/year"}
NEXT = {"multiple_of": "next_12m_revenue", "revenue": "revenue", "growth": "growth"}


def basis(given: dict[str, str]) -> Basis:
    return realise(Basis.choose(given), KNOWN)


def trailing(*steps: tuple[float, float]) -> float:
    measured = basis(TRAILING)
    for dt, revenue in steps:
        measured = measured.later(dt, {"revenue": np.asarray(revenue)})
    return float(measured.measured({}))


@pytest.mark.parametrize("name", ["arr", "run_rate_revenue"])
def test_run_rate_and_recurring_revenue_are_the_rate_now(name: str) -> None:
    now = {"revenue": np.array([3.0, 4.0])}
    start = basis({"multiple_of": name, "revenue": "2 * revenue"})
    assert start.later(0.5, now).measured(now).tolist() == [6.0, 8.0]


def test_trailing_revenue_is_at_the_start_what_was_stated() -> None:
    assert trailing() == 12e6
    assert trailing((0.0, 99e6)) == 12e6


@pytest.mark.parametrize(
    ("steps", "mean"),
    [
        ([(0.25, 20e6)], 0.75 * 12e6 + 0.25 * 20e6),
        ([(0.25, 20e6), (0.5, 30e6)], 0.25 * 12e6 + 0.25 * 20e6 + 0.5 * 30e6),
        ([(0.25, 20e6), (0.5, 30e6), (0.4, 40e6)], 0.1 * 20e6 + 0.5 * 30e6 + 0.4 * 40e6),
        ([(0.3, 20e6), (0.0, 99e6), (0.7, 30e6)], 0.3 * 20e6 + 0.7 * 30e6),
        ([(0.5, 20e6), (3.0, 30e6)], 30e6),
    ],
)
def test_trailing_revenue_is_the_mean_rate_of_the_last_year_whatever_the_steps(
    steps: list[tuple[float, float]], mean: float
) -> None:
    assert trailing(*steps) == pytest.approx(mean, rel=1e-12)


def test_at_growth_of_150_percent_trailing_revenue_is_about_65_percent_of_the_run_rate() -> None:
    rates = [2.5 ** (step / 1000) for step in range(1, 1001)]
    assert trailing(*((0.001, rate) for rate in rates)) / 2.5 == pytest.approx(1.5 / (2.5 * np.log(2.5)), rel=1e-3)


def test_later_steps_leave_an_earlier_basis_alone() -> None:
    start = basis(TRAILING)
    start.later(0.5, {"revenue": np.asarray(1.0)})
    assert float(start.measured({})) == 12e6


def test_revenue_of_the_next_year_is_the_mean_of_a_growing_rate() -> None:
    rows = {"revenue": np.full(3, 10e6), "growth": np.array([1.5, 0.0, -0.5])}
    expected = [10e6 * 1.5 / np.log(2.5), 10e6, 10e6 * 0.5 / np.log(2)]
    assert basis(NEXT).measured(rows).tolist() == pytest.approx(expected, rel=1e-14)


def test_growth_near_zero_is_taken_as_it_is() -> None:
    rows = {"revenue": np.asarray(1.0), "growth": np.array([1e-12, -1e-12])}
    assert basis(NEXT).measured(rows).tolist() == pytest.approx([1 + 5e-13, 1 - 5e-13], rel=1e-15)


def test_a_multiple_without_a_basis_is_refused() -> None:
    message = "a multiple names its multiple_of: one of arr, next_12m_revenue, run_rate_revenue, trailing_12m_revenue"
    with pytest.raises(Exception, match=message):
        Basis.choose({"revenue": "revenue"})


def test_an_opening_revenue_below_zero_is_refused() -> None:
    with pytest.raises(ValidationError, match="must be at least 0"):
        Basis.choose({**TRAILING, "trailing_at_start": "-1 USD/year"})


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (TRAILING, [("revenue", "USD/year")]),
        ({**TRAILING, "trailing_at_start": "12M USD"}, [("revenue", "USD/year"), ("trailing_at_start", "expected money per year such as 30M USD/year, got '12M USD'")]),
        (NEXT, [("revenue", "USD/year"), ("growth", "1")]),
    ],
)  # fmt: skip
def test_formulas_and_the_opening_revenue_are_checked_for_their_unit(
    given: dict[str, str], found: list[tuple[str, str]]
) -> None:
    def noted(path: tuple[str, ...], _: object, unit: str) -> list[SimpleNamespace]:
        return [SimpleNamespace(path=path, message=unit)]

    context = SimpleNamespace(currency="USD", formula=noted)
    assert [(p.path[0], p.message) for p in Basis.choose(given).problems(context)] == found
