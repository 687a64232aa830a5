"""A mean-reverting level with jumps has its closed-form moments, and without jumps it is the mean-reverting level."""

import numpy as np
import pytest

from tests.drivers.process.playing import PATHS, STEPS, later, process, standard_errors, standard_errors_of_deviation

PULLED = {"start": "20", "mean": "10", "half_life": "2 years", "volatility": "30%"}
LEVEL = {
    "kind": "mean_reverting_jumps",
    **PULLED,
    "jump_frequency": "0.6 per year",
    "jump_mean": "-10%",
    "jump_volatility": "50%",
}
SPEED = np.log(2) / 2
JUMP = np.log(0.9) - 0.5**2 / 2
"""The mean of the logarithm of a jump."""
QUARTERS = [0.25] * 4


def log_levels(lengths: list[float], **changes: str) -> np.ndarray:
    return np.log(later(process({**LEVEL, **changes}), lengths).level({}))


@pytest.mark.parametrize("lengths", STEPS.values(), ids=STEPS)
def test_mean_and_variance_of_the_log_level_are_the_closed_form_whatever_the_steps(lengths: list[float]) -> None:
    start = process(LEVEL)
    found, kept = log_levels(lengths * 3), np.exp(-3 * SPEED)
    jumped = 0.6 * JUMP * (1 - kept) / SPEED
    assert standard_errors(found, start.center + (np.log(20) - start.center) * kept + jumped) < 4
    variance = (0.3**2 + 0.6 * (JUMP**2 + 0.5**2)) * (1 - kept**2) / (2 * SPEED)
    squares = (found - found.mean()) ** 2
    assert standard_errors(squares, variance) < 4


def test_the_mean_of_the_level_in_the_long_run_is_the_stated_mean_within_four_standard_errors() -> None:
    level = np.exp(log_levels(QUARTERS * 12, start="10"))
    assert standard_errors(level, 10.0) < 4


def test_without_jumps_it_is_the_mean_reverting_level_bit_for_bit() -> None:
    calm = process({"kind": "mean_reverting", **PULLED})
    jumpy = process({**LEVEL, "jump_frequency": "0 per year"})
    shocks = np.random.default_rng(1).standard_normal((3, 500))
    assert jumpy.advance(0.25, shocks, {}).level({}).tolist() == calm.advance(0.25, shocks[0], {}).level({}).tolist()


def test_jumps_that_are_all_alike_come_as_often_as_stated() -> None:
    """No pull worth speaking of and no other shock: the log level counts the jumps, each of log 0.5."""
    found = log_levels([1.0], volatility="0", jump_mean="-50%", jump_volatility="0", half_life="1e9 years", mean="20")
    number = np.round((found - found.max()) / np.log(0.5))
    assert standard_errors(number, 0.6) < 4
    assert number.max() >= 4


def test_half_of_a_jump_is_left_after_a_half_life() -> None:
    start = process({**LEVEL, "volatility": "0", "jump_volatility": "0"})
    calm, jump = (np.array([[0.0], [z], [0.0]]) for z in (-9.0, 9.0))
    quiet, jumped = (start.advance(1e-9, shock, {}).advance(2.0, calm, {}).level({}) for shock in (calm, jump))
    assert float(np.squeeze(jumped / quiet)) == pytest.approx(np.sqrt(0.9), rel=1e-8)


def test_a_step_without_length_changes_nothing() -> None:
    assert later(process(LEVEL), [0.0]).level({}).tolist() == [20.0] * PATHS


def test_it_takes_the_same_random_numbers_however_many_jumps_there_are() -> None:
    often = log_levels(QUARTERS, jump_frequency="5 per year", jump_volatility="0", jump_mean="0%")
    seldom = log_levels(QUARTERS, jump_frequency="0.1 per year", jump_volatility="0", jump_mean="0%")
    assert np.allclose(often, seldom, rtol=1e-12)
    assert standard_errors_of_deviation(often, 0.3 * np.sqrt((1 - np.exp(-2 * SPEED)) / (2 * SPEED))) < 4
