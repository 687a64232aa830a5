"""A decaying price has its closed-form moments, and stays above its floor."""

import numpy as np
import pytest
from pydantic import ValidationError

from tests.drivers.process.playing import STEPS, later, process, standard_errors, standard_errors_of_deviation, still
from valsim.drivers.process import Process

PRICE = {"kind": "decaying_price", "start": "0.004 USD", "decline": "75%", "volatility": "20%"}
CERTAIN = {**PRICE, "volatility": "0"}
FLOOR = {"floor": "0.001 USD"}


@pytest.mark.parametrize("lengths", STEPS.values(), ids=STEPS)
def test_at_volatility_zero_it_falls_by_its_decline_a_year_whatever_the_steps(lengths: list[float]) -> None:
    assert still(process(CERTAIN), lengths) == pytest.approx(0.001, rel=1e-12)
    assert still(process(CERTAIN), lengths * 2) == pytest.approx(0.00025, rel=1e-12)


@pytest.mark.parametrize("lengths", STEPS.values(), ids=STEPS)
def test_what_is_above_a_floor_falls_by_the_decline(lengths: list[float]) -> None:
    assert still(process({**CERTAIN, **FLOOR}), lengths * 2) == pytest.approx(0.001 + 0.003 / 16, rel=1e-12)


@pytest.mark.parametrize("lengths", STEPS.values(), ids=STEPS)
def test_its_mean_and_spread_are_the_closed_form_within_four_standard_errors(lengths: list[float]) -> None:
    level = later(process(PRICE), lengths * 3).level({})
    assert standard_errors(level, 0.004 * 0.25**3) < 4
    assert standard_errors_of_deviation(np.log(level), 0.2 * np.sqrt(3)) < 4


def test_the_mean_above_a_floor_is_the_closed_form_within_four_standard_errors() -> None:
    level = later(process({**PRICE, **FLOOR}), [0.25] * 8).level({})
    assert standard_errors(level, 0.001 + 0.003 / 16) < 4
    assert (level > 0.001).all()


def test_without_a_decline_the_mean_stays() -> None:
    assert still(process({**CERTAIN, "decline": "0%"}), [2.0]) == 0.004


def test_a_decline_of_all_is_refused() -> None:
    with pytest.raises(ValidationError, match="must be below 1, got '100%'"):
        Process.choose({**PRICE, "decline": "100%"})


@pytest.mark.parametrize(
    ("start", "floor"),
    [
        ("0.004 USD", "0.004 USD"),
        ({"family": "lognormal", "p10": "0.003 USD", "p90": "0.006 USD"}, "0.001 USD"),
    ],
)
def test_a_floor_that_a_path_may_start_below_is_a_problem(start: object, floor: str) -> None:
    (problem,) = Process.choose({**PRICE, "start": start, "floor": floor}).problems(None)
    assert problem.path == ("floor",)
    assert problem.message.startswith("expected a floor below every start, got ")


def test_a_floor_below_every_start_is_fine() -> None:
    start = {"family": "lognormal", "p10": "0.003 USD", "p90": "0.006 USD", "at_least": "0.002 USD"}
    assert list(Process.choose({**PRICE, **FLOOR, "start": start}).problems(None)) == []


def test_a_floor_in_another_unit_is_a_problem() -> None:
    found = Process.choose({**PRICE, "floor": "0.001 USD/year"}).problems(None)
    assert [problem.path for problem in found] == [("floor",)]
