"""A mean-reverting level has its closed-form moments (Schwartz 1997, equation 1)."""

import numpy as np
import pytest

from tests.drivers.process.playing import STEPS, later, process, standard_errors, standard_errors_of_deviation, still

LEVEL = {"kind": "mean_reverting", "start": "20", "mean": "10", "half_life": "2 years", "volatility": "30%"}
CERTAIN = {**LEVEL, "volatility": "0"}
SPEED = np.log(2) / 2


@pytest.mark.parametrize("lengths", STEPS.values(), ids=STEPS)
def test_at_volatility_zero_half_of_the_log_distance_is_gone_after_a_half_life(lengths: list[float]) -> None:
    assert still(process(CERTAIN), lengths * 2) == pytest.approx(10 * np.sqrt(2), rel=1e-12)


@pytest.mark.parametrize("lengths", STEPS.values(), ids=STEPS)
def test_its_moments_are_the_closed_form_within_four_standard_errors(lengths: list[float]) -> None:
    log_level = np.log(later(process(LEVEL), lengths * 3).level({}))
    center = np.log(10) - 0.3**2 / (4 * SPEED)
    kept = np.exp(-3 * SPEED)
    assert standard_errors(log_level, center + (np.log(20) - center) * kept) < 4
    assert standard_errors_of_deviation(log_level, 0.3 * np.sqrt((1 - kept**2) / (2 * SPEED))) < 4


def test_in_the_long_run_the_mean_of_the_level_is_the_stated_mean_within_four_standard_errors() -> None:
    assert standard_errors(later(process(LEVEL), [5.0] * 12).level({}), 10.0) < 4


def test_a_tiny_half_life_is_at_its_long_run_at_once() -> None:
    assert still(process({**CERTAIN, "half_life": "1 hour"}), [1.0]) == pytest.approx(10.0, rel=1e-12)


def test_a_very_long_half_life_is_a_level_without_pull() -> None:
    slow = later(process({**LEVEL, "half_life": "1e12 years"}), [1.0, 1.0])
    log_level = np.log(slow.level({}) / 20)
    assert standard_errors(log_level, -(0.3**2) * 2 / 4) < 4
    assert standard_errors_of_deviation(log_level, 0.3 * np.sqrt(2)) < 4


def test_a_step_without_length_changes_nothing() -> None:
    assert later(process(LEVEL), [0.0]).level({}).tolist() == [20.0] * 32_768
