"""The typical one of some paths."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from valsim.analysis.stories.typical import Traits, distances


@given(st.lists(st.integers(-1000, 1000), min_size=1, max_size=40))
def test_distances_are_those_of_all_pairs(numbers):
    row = np.array(numbers, dtype=float)
    assert distances(row).tolist() == np.abs(row[:, None] - row[None, :]).sum(axis=1).tolist()


def test_the_medoid_of_one_trait_is_its_median():
    assert Traits((np.array([5.0, 100.0, 7.0, 1.0, 6.0]),)).medoid(np.arange(5)) == 4


def test_every_trait_counts():
    # By the first trait alone it would be path 1, by the second path 2; the sums are 4 + 6, 3 + 9 and 5 + 5 for 0, 1 and 2.
    one, other = np.array([1.0, 2.0, 4.0, 2.0]), np.array([3.0, 9.0, 4.0, 5.0])
    sums = distances(one) + distances(other)
    assert Traits((one, other)).medoid(np.arange(4)) == int(np.argmin(sums)) == 3


def test_only_members_count_and_of_two_alike_it_is_the_first():
    assert Traits((np.array([0.0, 50.0, 50.0, 50.0, 2.0]),)).medoid(np.array([1, 2, 3])) == 1
    assert Traits(()).medoid(np.array([7, 9])) == 7


@pytest.mark.parametrize("size", [1, 2])
def test_a_mode_of_few_paths_has_a_typical_one(size):
    assert Traits((np.arange(5.0),)).medoid(np.arange(size) + 3) == 3
