"""A level with jumps has the closed-form moments of Merton (1976), whatever the steps."""

import numpy as np
import pytest

from tests.drivers.process.playing import STEPS, later, process, standard_errors, still
from tests.drivers.process.test_process import problems

ARR = {
    "kind": "jump_diffusion", "start": "20M USD/year", "growth": "40%", "growth_of": "mean", "volatility": "25%",
    "jump_frequency": "1.5 per year", "jump_mean": "-20%", "jump_volatility": "30%",
}  # fmt: skip
BETWEEN = {**ARR, "growth_of": "between_jumps"}
SMOOTH = {"kind": "geometric_brownian", "start": "20M USD/year", "growth": "40%", "volatility": "25%"}
CENTER = np.log(0.8) - 0.3**2 / 2
"""The mean of the logarithm of a jump."""


@pytest.mark.parametrize("lengths", STEPS.values(), ids=STEPS)
def test_the_mean_grows_as_said_with_its_jumps_within_four_standard_errors(lengths: list[float]) -> None:
    assert standard_errors(later(process(ARR), lengths * 2).level({}), 20e6 * 1.4**2) < 4


@pytest.mark.parametrize("lengths", STEPS.values(), ids=STEPS)
def test_growth_between_jumps_has_them_on_top_within_four_standard_errors(lengths: list[float]) -> None:
    assert standard_errors(later(process(BETWEEN), lengths * 2).level({}), 20e6 * 1.4**2 * np.exp(-0.3 * 2)) < 4


@pytest.mark.parametrize("lengths", STEPS.values(), ids=STEPS)
def test_the_logarithm_has_its_mean_and_variance_within_four_standard_errors(lengths: list[float]) -> None:
    moved = np.log(later(process(BETWEEN), lengths).level({}) / 20e6)
    mean = np.log(1.4) - 0.25**2 / 2 + 1.5 * CENTER
    variance = 0.25**2 + 1.5 * (CENTER**2 + 0.3**2)
    assert standard_errors(moved, mean) < 4
    assert standard_errors((moved - mean) ** 2, variance) < 4


def test_a_path_without_a_jump_grows_between_jumps_as_said() -> None:
    # At the middle of its distribution a number of jumps with a mean of 0.3 is zero.
    calm = {**BETWEEN, "volatility": "0", "jump_frequency": "0.3 per year"}
    assert still(process(calm), [0.5, 0.5]) == pytest.approx(28e6, rel=1e-12)


@pytest.mark.parametrize("given", [ARR, BETWEEN], ids=["mean", "between jumps"])
@pytest.mark.parametrize("none", [{"jump_frequency": "0 per year"}, {"jump_mean": "0%", "jump_volatility": "0"}])
def test_without_jumps_it_is_a_geometric_brownian_motion(given: dict[str, str], none: dict[str, str]) -> None:
    shocks = np.random.default_rng(5).standard_normal((3, 64))
    jumping = process({**given, **none}).advance(0.25, shocks, {}).level({})
    np.testing.assert_allclose(jumping, process(SMOOTH).advance(0.25, shocks[0], {}).level({}), rtol=1e-14)


def test_jumps_that_are_all_alike_multiply_the_level_by_a_power() -> None:
    same = {**BETWEEN, "growth": "0%", "volatility": "0", "jump_mean": "-50%", "jump_volatility": "0"}
    halvings = -np.log2(later(process(same), [1.0]).level({}) / 20e6)
    np.testing.assert_allclose(halvings, np.round(halvings), atol=1e-12)
    assert standard_errors(halvings, 1.5) < 4


def test_a_step_without_length_changes_nothing() -> None:
    assert set(later(process(ARR), [0.0]).level({}).tolist()) == {20e6}


def test_its_numbers_are_checked() -> None:
    assert problems(ARR) == []
    with pytest.raises(ValueError, match=r"expected a number per year such as 0\.6 per year"):
        process({**ARR, "jump_frequency": "50%"})
    with pytest.raises(ValueError, match="must be above -1"):
        process({**ARR, "jump_mean": "-100%"})
    with pytest.raises(ValueError, match="growth_of"):
        process({key: value for key, value in ARR.items() if key != "growth_of"})
