"""Jumps multiply a level by what Merton (1976) says they do, on average and in spread, whatever the step."""

import numpy as np
import pytest

from tests.drivers.process.playing import PATHS, STEPS, standard_errors
from valsim.core.streams import Streams
from valsim.drivers.process.jumps import log_jumps, mean_of_jumps

FREQUENCY, MEAN, VOLATILITY = np.asarray(2.0), np.asarray(-0.1), np.asarray(0.3)
CENTER = float(np.log(0.9) - 0.3**2 / 2)


def jumped(lengths: list[float], frequency: np.ndarray = FREQUENCY, volatility: np.ndarray = VOLATILITY) -> np.ndarray:
    streams = Streams(11, 0, PATHS // 4096, PATHS)
    total = np.zeros(PATHS)
    for dt in lengths:
        shocks = np.stack([streams.normal("number"), streams.normal("size")])
        total = total + log_jumps(frequency, MEAN, volatility, dt, shocks)
    return total


@pytest.mark.parametrize("lengths", STEPS.values(), ids=STEPS)
def test_the_logarithm_has_the_moments_of_a_compound_poisson_number_within_four_standard_errors(lengths) -> None:
    moved = jumped(lengths)
    # E = frequency E[jump], Var = frequency E[jump^2]
    variance = 2 * (CENTER**2 + 0.3**2)
    assert standard_errors(moved, 2 * CENTER) < 4
    assert standard_errors((moved - 2 * CENTER) ** 2, variance) < 4


@pytest.mark.parametrize("lengths", STEPS.values(), ids=STEPS)
def test_on_average_the_level_is_multiplied_by_what_is_said_within_four_standard_errors(lengths) -> None:
    assert standard_errors(np.exp(jumped(lengths)), np.exp(float(mean_of_jumps(FREQUENCY, MEAN, 1.0)))) < 4


def test_as_many_paths_stay_without_a_jump_as_a_poisson_number_is_zero() -> None:
    spared = jumped([0.25]) == 0
    assert standard_errors(spared.astype(float), np.exp(-0.5)) < 4


def test_without_frequency_or_in_no_time_nothing_jumps() -> None:
    assert not jumped([1.0], frequency=np.asarray(0.0)).any()
    assert not jumped([0.0]).any()


def test_jumps_without_spread_are_whole_numbers_of_the_same_jump() -> None:
    number = jumped([1.0], volatility=np.asarray(0.0)) / np.log(0.9)
    np.testing.assert_allclose(number, np.round(number), rtol=0, atol=1e-12)
    assert number.max() > 5
