"""A geometric Brownian level has its closed-form moments."""

import numpy as np
import pytest

from tests.drivers.process.playing import STEPS, later, process, standard_errors, standard_errors_of_deviation, still

LEVEL = {"kind": "geometric_brownian", "start": "30M USD/year", "growth": "60%", "volatility": "40%"}
CERTAIN = {**LEVEL, "volatility": "0"}


@pytest.mark.parametrize("lengths", STEPS.values(), ids=STEPS)
def test_at_volatility_zero_it_grows_exactly_whatever_the_steps(lengths: list[float]) -> None:
    assert still(process(CERTAIN), lengths * 3) == pytest.approx(30e6 * 1.6**3, rel=1e-12)


@pytest.mark.parametrize("lengths", STEPS.values(), ids=STEPS)
def test_its_mean_and_spread_are_the_closed_form_within_four_standard_errors(lengths: list[float]) -> None:
    level = later(process(LEVEL), lengths * 3).level({})
    assert standard_errors(level, 30e6 * 1.6**3) < 4
    assert standard_errors(np.log(level), np.log(30e6) + 3 * np.log(1.6) - 3 * 0.4**2 / 2) < 4
    assert standard_errors_of_deviation(np.log(level), 0.4 * np.sqrt(3)) < 4


def test_growth_may_be_negative_and_zero() -> None:
    assert still(process({**CERTAIN, "growth": "-50%"}), [2.0]) == pytest.approx(7.5e6, rel=1e-12)
    assert still(process({**CERTAIN, "growth": "0%"}), [2.0]) == 30e6


def test_paths_may_each_have_their_own_parameters() -> None:
    start = process(CERTAIN).but(growth=np.array([0.0, 1.0]))
    assert start.advance(2.0, np.zeros(2), {}).level({}).tolist() == pytest.approx([30e6, 120e6])
