"""Growth that fades by its persistence, and saturates against its market."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from tests.drivers.process.playing import STEPS, later, process, standard_errors, still
from valsim.drivers.process.decaying_growth import grown

ARR = {
    "kind": "decaying_growth", "start": "30M USD/year", "growth": "150%", "persistence": "70%",
    "market_size": "5B USD/year", "volatility": "0",
}  # fmt: skip


def integral(growth: float, persistence: float, years: float) -> float:
    return quad(lambda s: np.log1p(growth * persistence**s), 0, years, epsabs=0, epsrel=1e-13)[0]


def closed(growth: float, persistence: float, years: float, start: float = 30e6, market: float = 5e9) -> float:
    return market / (1 + (market / start - 1) * np.exp(-integral(growth, persistence, years)))


@given(growth=st.floats(-0.95, 20), persistence=st.floats(0.05, 1), years=st.floats(0.01, 10))
def test_the_growth_over_a_time_is_the_integral_of_what_is_left_of_it(
    growth: float, persistence: float, years: float
) -> None:
    found = float(grown(np.asarray(growth), np.asarray(persistence), years))
    assert found == pytest.approx(integral(growth, persistence, years), rel=1e-11, abs=1e-11)


@pytest.mark.parametrize("persistence", [1.0, 1 - 1e-9, 0.9991, 0.9989, 0.7, 1e-6])
def test_the_growth_of_two_halves_is_that_of_the_whole_near_every_limit(persistence: float) -> None:
    growth, kept = np.asarray(1.5), np.asarray(persistence)
    halves = grown(growth, kept, 0.5) + grown(growth * persistence**0.5, kept, 0.5)
    assert float(halves) == pytest.approx(float(grown(growth, kept, 1.0)), rel=1e-12)


@pytest.mark.parametrize("lengths", STEPS.values(), ids=STEPS)
@pytest.mark.parametrize("persistence", [0.7, 0.999999, 1.0])
def test_at_volatility_zero_it_follows_the_closed_form_whatever_the_steps(
    persistence: float, lengths: list[float]
) -> None:
    arr = process({**ARR, "persistence": persistence})
    assert still(arr, lengths * 4) == pytest.approx(closed(1.5, persistence, 4), rel=1e-12)


def test_the_growth_that_is_left_fades_by_the_persistence_each_year() -> None:
    assert float(later(process(ARR), [0.25] * 8).growth) == pytest.approx(1.5 * 0.7**2, rel=1e-12)


def test_far_below_its_market_the_mean_is_the_closed_form_within_four_standard_errors() -> None:
    arr = process({**ARR, "volatility": "40%", "market_size": "1e30 USD/year"})
    level = later(arr, [0.25] * 8).level({})
    assert standard_errors(level, 30e6 * np.exp(integral(1.5, 0.7, 2))) < 4


def test_near_its_market_one_step_has_the_mean_of_the_closed_form_within_four_standard_errors() -> None:
    arr = process({**ARR, "volatility": "40%", "start": "4B USD/year"})
    assert standard_errors(later(arr, [1.0]).level({}), closed(1.5, 0.7, 1, start=4e9)) < 4


def test_a_level_above_its_market_falls_towards_it() -> None:
    levels = [still(process({**ARR, "start": "9B USD/year"}), [1.0] * years) for years in (0, 1, 2, 4)]
    assert levels == sorted(levels, reverse=True)
    assert levels[-1] > 5e9


def test_without_growth_it_stays_and_a_negative_growth_is_a_decline_that_fades() -> None:
    assert still(process({**ARR, "growth": "0%"}), [1.0, 1.0]) == pytest.approx(30e6, rel=1e-15)
    shrinking = process({**ARR, "growth": "-40%"})
    assert still(shrinking, [1.0, 1.0]) == pytest.approx(30e6 * np.exp(integral(-0.4, 0.7, 2)), rel=1e-12)
