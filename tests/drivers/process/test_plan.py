"""A plan, and how far the company strays from it."""

import numpy as np
import pytest

from tests.drivers.process.playing import STEPS, process, still

PLAN = {
    "kind": "plan", "start": "10M USD/year", "growth": "100%", "persistence": "50%", "plan_error": "80%",
    "error_builds_over": "2 years",
}  # fmt: skip
STEADY = {**PLAN, "persistence": "100%"}


@pytest.mark.parametrize("lengths", STEPS.values(), ids=STEPS)
@pytest.mark.parametrize(("years", "error"), [(1, 0.8**0.5), (2, 0.8), (5, 0.8)])
def test_the_error_builds_up_over_its_time_and_then_stays_whatever_the_steps(
    years: int, error: float, lengths: list[float]
) -> None:
    assert still(process(STEADY), lengths * years) == pytest.approx(10e6 * 2**years * error, rel=1e-12)


@pytest.mark.parametrize("lengths", [[3.0], [1.0, 2.0], [0.3] * 10], ids=str)
def test_a_step_across_the_end_of_the_time_counts_what_is_before_it(lengths: list[float]) -> None:
    assert still(process(STEADY), lengths) == pytest.approx(10e6 * 8 * 0.8, rel=1e-12)


def test_planned_growth_fades_by_its_persistence() -> None:
    from tests.drivers.process.test_decaying_growth import integral

    on_plan = process({**PLAN, "plan_error": "100%"})
    assert still(on_plan, [0.25] * 12) == pytest.approx(10e6 * np.exp(integral(1.0, 0.5, 3)), rel=1e-12)


def test_the_parameters_of_the_error_do_not_change_on_the_way() -> None:
    later = process(PLAN).advance(1.0, np.zeros(()), {})
    assert (float(later.plan_error), float(later.error_builds_over)) == (0.8, 2.0)


def test_it_takes_no_shocks() -> None:
    assert process(PLAN).shocks == 0
