"""A window is open as often as its chain says, whatever the steps, and starts as it is told to."""

import numpy as np
import pytest

from tests.drivers.process.playing import PATHS, STEPS, later, process, standard_errors
from valsim.core.streams import Streams

WINDOW = {"kind": "open_and_shut", "start": "100%", "open_for": "2 years", "shut_for": "6 months"}
USUAL, SPEED = 0.8, 1 / 2 + 1 / 0.5


@pytest.mark.parametrize("lengths", STEPS.values(), ids=STEPS)
@pytest.mark.parametrize("start", [0.0, 0.3, 1.0])
def test_the_chance_that_it_is_open_is_the_closed_form_whatever_the_steps(start: float, lengths: list[float]) -> None:
    open_ = later(process({**WINDOW, "start": f"{start:.0%}"}), lengths).level({})
    assert set(np.unique(open_)) == {0.0, 1.0}
    assert standard_errors(open_, USUAL + (start - USUAL) * np.exp(-SPEED)) < 4


def test_a_step_of_no_length_finds_it_as_the_start_says_and_leaves_it_so() -> None:
    drawn = later(process({**WINDOW, "start": "30%"}), [0.0])
    assert standard_errors(drawn.level({}), 0.3) < 4
    again = drawn.advance(0.0, Streams(5, 0, PATHS // 4096, PATHS).normal("other"), {})
    assert again.level({}).tolist() == drawn.level({}).tolist()


def test_it_stays_open_for_the_stated_time_on_average() -> None:
    state, streams, spell = process(WINDOW), Streams(3, 0, PATHS // 4096, PATHS), np.zeros(PATHS)
    still_open, dt = np.ones(PATHS, dtype=bool), 0.05
    for _ in range(100):
        state = state.advance(dt, streams.normal("shock"), {})
        still_open &= state.level({}) > 0
        spell += still_open * dt
    # Of an exponential time of mean 2, seen at steps of 0.05 up to 5 years, each step with the chance of being open at its end.
    stays = USUAL + (1 - USUAL) * np.exp(-SPEED * dt)
    expected = dt * sum(stays**k for k in range(1, 101))
    assert standard_errors(spell, expected) < 4
    assert expected == pytest.approx(2 * (1 - np.exp(-5 / 2)), rel=0.06)


def test_a_higher_shock_opens_it() -> None:
    shut = process({**WINDOW, "start": "0%"})
    assert shut.advance(0.25, np.array([-3.0, 3.0]), {}).level({}).tolist() == [0.0, 1.0]
