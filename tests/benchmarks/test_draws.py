"""The floor counts what a run draws, and no more."""

import pytest

from benchmarks.documents import SMALL, document
from benchmarks.draws import floor, of_a_path
from tests.companies import steady

STEPS = 21
"""The start, and a quarter at a time for five years."""


def test_each_shock_is_a_normal_number_a_step_and_an_exit_takes_two_uniform_ones():
    needed = of_a_path(document(SMALL), 100)
    assert needed.normals == 3 * STEPS
    assert needed.uniforms == pytest.approx(2 * STEPS, abs=1)


def test_where_nothing_is_left_to_chance_but_the_multiple_little_is_drawn():
    assert of_a_path(steady(), 100).normals == len(steady().steps)


def test_twice_the_numbers_take_longer():
    needed = of_a_path(document(SMALL), 100)
    assert floor("PCG64DXSM", needed, 200_000, 1).processor > floor("PCG64DXSM", needed, 50_000, 1).processor > 0
