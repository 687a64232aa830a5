"""Growth, margins, burn, multiples and volatility, worked by hand on a company of two paths."""

from typing import Any

import numpy as np
import pytest

from tests.analysis.made import made
from tests.companies import steady
from valsim.analysis.figure import trajectory
from valsim.analysis.figure.sample import Sample
from valsim.result import Result

BLOCK = "base_rates={peers: software, gross_profit: revenue * 60%}"
SALE = "exits={acquisition: {hazard: 10% per year, discount: 0%}}"
STEPS = len(steady().steps)


def company(revenue: list[Any], *overrides: str, alive: Any = None, **series: Any) -> Result:
    """A company whose revenue is known at each quarter of three years, one column a path."""
    scenario = steady(BLOCK, *overrides)
    table = np.asarray(revenue, float)
    rows = {
        "revenue": table,
        "valued_revenue": table,
        "cash_flow": 0 * table,
        "multiple": table,
        "enterprise_value": table,
    }
    return made(
        {("exit",): np.zeros(table.shape[1])},
        scenario=scenario,
        series=rows | series,
        alive=np.ones(table.shape, bool) if alive is None else alive,
    )


def yearly(*levels: tuple[float, float]) -> list[Any]:
    """Levels at the start and after each year, with what stands between left at the former."""
    quarters = [level for level in levels for _ in range(4)]
    return quarters[:STEPS]


def middle(found: Sample | None) -> float:
    assert found is not None
    return found.middle


def test_the_grid_has_a_date_for_each_year() -> None:
    assert STEPS == 13


def test_growth_of_a_year_is_over_the_year_before() -> None:
    grown = company(yearly((100, 100), (150, 250), (300, 250), (300, 300)))
    assert middle(trajectory.growth_in(1)(grown)) == pytest.approx((0.5 + 1.5) / 2)
    assert middle(trajectory.growth_in(2)(grown)) == pytest.approx((1.0 + 0.0) / 2)
    assert trajectory.growth_in(5)(grown) is None


def test_a_company_that_has_left_grows_no_more() -> None:
    alive = np.ones((STEPS, 3), bool)
    alive[4:, 0] = False
    left = company(yearly((100, 100, 100), (900, 150, 250)) + [[0, 0, 0]] * 5, alive=alive)
    found = trajectory.growth_in(1)(left)
    assert found is not None
    assert (found.cases, found.middle) == (2, 1.0)


def test_persistence_is_told_for_fast_and_slow_growth_apart() -> None:
    both = company(yearly((100, 100, 100, 100), (200, 300, 150, 120), (300, 700, 180, 144), (1, 1, 1, 1)))
    assert middle(trajectory.persistence(1.0, np.inf)(both)) == pytest.approx((0.5 + 4 / 3 / 2) / 2)
    assert middle(trajectory.persistence(0.1, 1.0)(both)) == pytest.approx((0.4 + 1.0) / 2)


def test_margins_are_over_revenue_and_absent_where_the_document_does_not_state_them() -> None:
    flow = np.full((STEPS, 2), -50.0)
    margins = company([[100, 100]] * STEPS, cash_flow=flow)
    assert middle(trajectory.gross_margin_at(0)(margins)) == pytest.approx(0.6)
    assert middle(trajectory.gross_margin_drift(margins)) == pytest.approx(0.0)
    assert middle(trajectory.operating_margin_at(1)(margins)) == pytest.approx(-0.5)
    bare = company([[100, 100]] * STEPS, "base_rates={peers: software}")
    assert trajectory.gross_margin_at(0)(bare) is None
    assert trajectory.gross_margin_drift(bare) is None


def test_the_burn_multiple_is_cash_burnt_over_revenue_added_and_has_no_bound_without_any() -> None:
    flow = np.full((STEPS, 3), -90.0)
    burning = company(yearly((100, 100, 100), (160, 130, 100), (1, 1, 1), (1, 1, 1)), cash_flow=flow)
    found = trajectory.burn_multiple(burning)
    assert found is not None
    assert found.middle == pytest.approx(90 / 30, rel=1e-2)
    assert found.values[2] == np.inf


def test_the_multiple_at_an_exit_is_that_of_the_day_of_a_sale() -> None:
    alive = np.ones((STEPS, 2), bool)
    alive[3:, 0] = alive[5:, 1] = False
    sold = company([[step, 10 * step] for step in range(STEPS)], SALE, alive=alive)
    assert middle(trajectory.multiple_at_exit(sold)) == pytest.approx((3 + 50) / 2)
    assert middle(trajectory.multiple_at_start(sold)) == 0.0


def test_volatility_is_that_of_the_logarithm_over_the_root_of_the_years() -> None:
    moved = company(yearly((1, 1), (1, 1), (np.e, 1 / np.e), (1, 1)))
    assert middle(trajectory.volatility_over(2)(moved)) == pytest.approx(1 / np.sqrt(2))
    assert trajectory.volatility_over(5)(moved) is None


def test_what_the_document_states_is_read_after_a_year() -> None:
    stated = company(
        yearly((100, 100), (50, 70), (1, 1), (1, 1)),
        "base_rates={peers: software, net_revenue_retention: revenue / 100M USD/year}",
    )
    assert middle(trajectory.stated_at_start("net_revenue_retention")(stated)) == pytest.approx(60e-8)
    assert trajectory.stated_at_start("monthly_churn")(stated) is None
