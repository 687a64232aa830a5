"""A lag behind the frontier has its closed-form moments, and opens and closes with releases."""

import numpy as np
import pytest

from tests.companies import steady
from tests.drivers.process.playing import STEPS, later, process, standard_errors, standard_errors_of_deviation, still
from tests.drivers.process.test_process import problems
from valsim.core.errors import ScenarioError
from valsim.drivers.process import Process

QUIET = {
    "kind": "frontier_lag",
    "start": "8 months",
    "long_run": "4 months",
    "half_life": "1 year",
    "deviation": "0 months",
}
MOVED = {**QUIET, "deviation": "2 months"}
RIVALS = {"rivals_releases": {"frequency": "3 per year", "step": "2 months"}}
OWN = {"own_releases": {"frequency": "2 per year", "step": "1 month"}}
SPEED = np.log(2)


def standard_errors_of_variance(sample: np.ndarray, variance: float) -> float:
    """Give how many standard errors the variance of any sample is from what it should be."""
    strayed = (sample - sample.mean()) ** 2
    return abs(float(strayed.mean()) - variance) / (float(strayed.std()) / np.sqrt(sample.size))


@pytest.mark.parametrize("lengths", STEPS.values(), ids=STEPS)
def test_without_shocks_and_releases_half_of_the_distance_is_gone_after_a_half_life(lengths: list[float]) -> None:
    assert still(process(QUIET), lengths) == pytest.approx(6 / 12, rel=1e-12)
    assert still(process({**QUIET, "start": "-2 months"}), lengths) == pytest.approx(1 / 12, rel=1e-12)


@pytest.mark.parametrize("lengths", STEPS.values(), ids=STEPS)
def test_without_releases_it_is_normal_with_the_moments_of_ornstein_and_uhlenbeck(lengths: list[float]) -> None:
    lag = later(process(MOVED), lengths * 2).level({})
    assert standard_errors(lag, 5 / 12) < 4
    assert standard_errors_of_deviation(lag, (2 / 12) * np.sqrt((1 - 0.25**2) / (2 * SPEED))) < 4


@pytest.mark.parametrize("lengths", STEPS.values(), ids=STEPS)
def test_with_releases_its_mean_and_variance_are_the_closed_form_within_four_standard_errors(
    lengths: list[float],
) -> None:
    lag = later(process({**MOVED, **RIVALS, **OWN}), lengths * 2).level({})
    per_year = 3 * 2 / 12 - 2 * 1 / 12
    assert standard_errors(lag, 5 / 12 + per_year * (1 - 0.25) / SPEED) < 4
    diffusion = (2 / 12) ** 2 + 2 * 3 * (2 / 12) ** 2 + 2 * 2 * (1 / 12) ** 2
    assert standard_errors_of_variance(lag, diffusion * (1 - 0.25**2) / (2 * SPEED)) < 4


def test_releases_of_both_sides_that_cancel_leave_the_mean_at_the_long_run() -> None:
    even = {"rivals_releases": RIVALS["rivals_releases"], "own_releases": RIVALS["rivals_releases"]}
    lag = later(process({**QUIET, **even}), [5.0] * 4).level({})
    assert standard_errors(lag, 4 / 12) < 4


def test_a_step_opens_the_gap_where_a_rival_released_and_closes_it_where_the_company_did() -> None:
    alone, opened, closed = (later(process({**QUIET, **more}), [0.25]).level({}) for more in ({}, RIVALS, OWN))
    assert (opened > alone).mean() == pytest.approx(1 - np.exp(-3 / 4), abs=0.01)
    assert (closed < alone).mean() == pytest.approx(1 - np.exp(-2 / 4), abs=0.01)


def test_the_gap_closes_and_reopens_and_the_company_may_lead() -> None:
    gap = process({**MOVED, **RIVALS, **OWN, "long_run": "0 months"})
    paths = np.stack([later(gap, [0.25] * n).level({}) for n in range(1, 13)])
    assert ((paths[:-1] > 0) & (paths[1:] < 0)).any()
    assert ((paths[:-1] < 0) & (paths[1:] > 0)).any()


def test_a_release_long_before_a_very_short_half_life_is_forgotten() -> None:
    lag = later(process({**MOVED, **RIVALS, "half_life": "1 hour"}), [1.0]).level({})
    assert lag == pytest.approx(np.full(lag.shape, 4 / 12), abs=0.05)


def test_without_a_pull_worth_the_name_every_release_stays() -> None:
    lag = later(process({**QUIET, **RIVALS, "half_life": "1e9 years"}), [0.5, 0.5]).level({})
    assert standard_errors(lag, 8 / 12 + 6 / 12) < 4
    assert standard_errors_of_variance(lag, 2 * 3 * (2 / 12) ** 2) < 4
    assert lag.min() == pytest.approx(8 / 12, abs=1e-9)


def test_no_releases_a_year_are_none_and_a_step_without_length_changes_nothing() -> None:
    never = {"rivals_releases": {"frequency": "0 per year", "step": "2 months"}}
    assert (later(process({**MOVED, **never}), [0.5]).level({}) == later(process(MOVED), [0.5]).level({})).all()
    assert later(process({**MOVED, **RIVALS, **OWN}), [0.0]).level({}) == pytest.approx(np.full(32_768, 8 / 12))


def test_it_is_a_time_span_and_no_other_unit() -> None:
    assert str(Process.choose(QUIET).level_unit) == "year"
    assert problems({**QUIET, "unit": "USD"}) == [(("unit",), "a lag is a time span, got USD")]
    assert problems({**QUIET, "unit": "year"}) == []


def test_it_bears_no_part_of_the_beta() -> None:
    gap = "{kind: frontier_lag, start: 4 months, long_run: 4 months, half_life: 1 year, deviation: 1 month}"
    with pytest.raises(ScenarioError) as caught:
        steady(f"drivers.gap={gap}", "cash_flow=revenue * logistic(gap / 1 year)", "measure.sector_linked={gap: 100%}")
    assert [(problem.place, problem.code) for problem in caught.value.problems] == [
        ("measure.sector_linked.gap", "unpriced")
    ]
