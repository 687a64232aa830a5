"""Correlations that exist together, and the interval that is left to one of them."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from valsim.scenario.correlations import Pair
from valsim.scenario.rules.compatible import compatible, exist

NAMES = "abcdef"
TRIPLE: list[Pair] = [("a", "b", 0.9), ("a", "c", 0.9), ("b", "c", -0.9)]


def listed(matrix: np.ndarray) -> list[Pair]:
    """Every pair of a correlation matrix."""
    return [(NAMES[i], NAMES[j], float(matrix[i, j])) for i, j in combinations(range(len(matrix)), 2)]


@st.composite
def correlations(draw: st.DrawFn) -> np.ndarray:
    """Correlations of a few numbers that are made of as few or fewer others, so that some matrices are singular."""
    count, of = draw(st.integers(2, 6)), draw(st.integers(1, 6))
    loads = draw(arrays(int, (count, of), elements=st.integers(-9, 9)))
    lengths = np.linalg.norm(loads, axis=1)
    assume((lengths > 0).all())
    unit = loads / lengths[:, None]
    return np.clip(unit @ unit.T, -1, 1)


@given(matrix=correlations())
def test_correlations_of_numbers_that_exist_are_accepted(matrix: np.ndarray) -> None:
    assert exist(listed(matrix))


def test_numbers_that_are_one_but_for_the_sixth_digit_are_accepted() -> None:
    loads = np.array([[1, 1e-6, 0], [1, 0, 3e-6], [-1, 1e-6, 1e-6], [1e-5, 1, 0], [1, -1, 1e-6]])
    unit = loads / np.linalg.norm(loads, axis=1)[:, None]
    assert exist(listed(np.clip(unit @ unit.T, -1, 1)))


@given(matrix=correlations(), data=st.data())
def test_a_pair_may_have_what_lies_in_its_interval_and_nothing_beyond(matrix: np.ndarray, data: st.DataObject) -> None:
    pairs = listed(matrix)
    index = data.draw(st.integers(0, len(pairs) - 1))
    a, b, rho = pairs[index]
    interval = compatible(pairs, index)
    assume(interval is not None)  # a matrix that is singular but for rounding may leave nothing that can be typed
    low, high = interval
    assert low - 0.0011 <= rho <= high + 0.0011
    for beyond in (low - 0.01, high + 0.01):
        if -1 <= beyond <= 1:
            assert not exist([*pairs[:index], (a, b, beyond), *pairs[index + 1 :]])
    for within in (low, (low + high) / 2, high):
        assert exist([*pairs[:index], (a, b, within), *pairs[index + 1 :]])


@given(matrix=correlations())
def test_a_regular_matrix_leaves_every_pair_an_interval_around_what_it_has(matrix: np.ndarray) -> None:
    assume(np.linalg.eigvalsh(matrix)[0] > 0.01)
    pairs = listed(matrix)
    for index, (_, _, rho) in enumerate(pairs):
        interval = compatible(pairs, index)
        assert interval is not None
        assert interval[0] <= rho <= interval[1]


def test_the_classic_triple_leaves_the_third_pair_what_the_other_two_share() -> None:
    assert not exist(TRIPLE)
    assert compatible(TRIPLE, 2) == pytest.approx((2 * 0.81 - 1, 1.0))
    assert compatible(TRIPLE, 0) == pytest.approx((-1.0, -2 * 0.81 + 1))


def test_a_number_that_is_another_has_the_same_correlations() -> None:
    assert compatible([("a", "b", 1.0), ("a", "c", 0.5), ("b", "c", -0.9)], 2) == (0.5, 0.5)


def test_a_pair_cannot_mend_what_others_break() -> None:
    assert compatible([*TRIPLE, ("c", "d", 0.1)], 3) is None


def test_a_pair_alone_may_have_any_correlation() -> None:
    assert compatible([("a", "b", 0.3)], 0) == (-1.0, 1.0)
