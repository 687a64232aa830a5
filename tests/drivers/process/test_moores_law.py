"""A cost halves every so often (Moore), and with experience falls by its volume too (Wright; Nordhaus 2009)."""

import numpy as np
import pytest

from tests.drivers.process.playing import STEPS, later, process, standard_errors, standard_errors_of_deviation, still
from tests.drivers.process.test_process import problems
from valsim.drivers.process import Process

COST = {"kind": "moores_law", "start": "2 USD", "halves_every": "6 months", "volatility": "20%"}
CERTAIN = {**COST, "volatility": "0"}
FLOOR = {"floor": "1 USD"}
EXPERIENCE = {"experience": {"learning_rate": "20%", "volume": "served", "volume_so_far": "10M"}}
DOUBLED = {"served": np.asarray(10e6)}


@pytest.mark.parametrize("lengths", STEPS.values(), ids=STEPS)
def test_at_volatility_zero_it_halves_every_so_often_whatever_the_steps(lengths: list[float]) -> None:
    assert still(process(CERTAIN), lengths) == pytest.approx(0.5, rel=1e-12)
    assert still(process(CERTAIN), lengths * 2) == pytest.approx(0.125, rel=1e-12)


@pytest.mark.parametrize("lengths", STEPS.values(), ids=STEPS)
def test_its_mean_and_spread_are_the_closed_form_within_four_standard_errors(lengths: list[float]) -> None:
    level = later(process(COST), lengths * 3).level({})
    assert standard_errors(level, 2 / 2**6) < 4
    assert standard_errors_of_deviation(np.log(level), 0.2 * np.sqrt(3)) < 4


def test_it_is_the_price_that_falls_by_half_a_year_where_it_halves_every_year() -> None:
    price = process({"kind": "decaying_price", "start": "2 USD", "decline": "50%", "volatility": "20%", **FLOOR})
    cost = process({**COST, "halves_every": "1 year", **FLOOR})
    lengths = [0.25, 0.5, 0.1]
    assert later(cost, lengths).level({}) == pytest.approx(later(price, lengths).level({}), rel=1e-12)


@pytest.mark.parametrize("lengths", STEPS.values(), ids=STEPS)
def test_what_is_above_a_floor_halves_and_never_gets_there(lengths: list[float]) -> None:
    assert still(process({**CERTAIN, **FLOOR}), lengths) == pytest.approx(1.25, rel=1e-12)
    assert (later(process({**COST, **FLOOR}), lengths * 8).level({}) > 1.0).all()


@pytest.mark.parametrize("lengths", STEPS.values(), ids=STEPS)
def test_experience_takes_its_learning_rate_off_with_every_doubling_on_top_of_time(lengths: list[float]) -> None:
    # One year halves it twice; as much again as was ever made takes a fifth off.
    assert still(process({**CERTAIN, **EXPERIENCE}), lengths, DOUBLED) == pytest.approx(2 / 4 * 0.8, rel=1e-12)
    assert still(process({**CERTAIN, **EXPERIENCE}), lengths * 3, DOUBLED) == pytest.approx(2 / 64 * 0.64, rel=1e-12)


def test_experience_cumulates_its_volume_and_both_fall_towards_the_floor() -> None:
    learner = process({**CERTAIN, **EXPERIENCE, **FLOOR})
    assert float(later(learner, [0.5, 0.5], DOUBLED).experience.volume_so_far) == 20e6
    assert still(learner, [0.5, 0.5], DOUBLED) == pytest.approx(1 + 1 / 4 * 0.8, rel=1e-12)


def test_without_volume_experience_adds_nothing() -> None:
    assert still(process({**CERTAIN, **EXPERIENCE}), [1.0], {"served": np.asarray(0.0)}) == pytest.approx(0.5)


def test_it_reads_the_volume_of_its_experience_alone() -> None:
    assert process(COST).reads == frozenset()
    assert process({**COST, **EXPERIENCE}).reads == {"served"}


def test_a_floor_above_a_start_and_a_volume_that_is_none_are_problems_at_their_places() -> None:
    assert [path for path, _ in problems({**COST, "floor": "2 USD"})] == [("floor",)]
    assert problems({**COST, **EXPERIENCE}) == [(("experience", "volume"), "served in 1/year")]
    assert list(Process.choose({**COST, **FLOOR}).problems(None)) == []
