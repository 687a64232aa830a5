"""The normal equations give what a library gives, and survive rows that say the same thing twice."""

import numpy as np
import pytest

from valsim.training.least_squares import Moments

DRAWN = np.random.default_rng(4)
FEATURES = np.stack([np.ones(400), *DRAWN.standard_normal((4, 400))])
TARGET = DRAWN.standard_normal(400) + FEATURES[2]
WEIGHTS = DRAWN.random(400)


def test_the_coefficients_are_those_of_weighted_least_squares():
    known = np.linalg.lstsq((FEATURES * WEIGHTS**0.5).T, TARGET * WEIGHTS**0.5, rcond=None)[0]
    assert Moments.of(FEATURES, TARGET, WEIGHTS).solved(0.0) == pytest.approx(known, abs=1e-12)


def test_what_is_left_is_the_sum_of_squares_of_the_errors():
    moments = Moments.of(FEATURES, TARGET, WEIGHTS).only([0, 2])
    error = TARGET - moments.solved() @ FEATURES[[0, 2]]
    assert moments.left == pytest.approx(np.sum(WEIGHTS * error**2), rel=1e-7)


def test_a_feature_twice_explains_as_much_as_once():
    twice = Moments.of(FEATURES[[0, 1, 2, 2]], TARGET, WEIGHTS)
    once = Moments.of(FEATURES[[0, 1, 2]], TARGET, WEIGHTS)
    assert twice.solved() @ FEATURES[[0, 1, 2, 2]] == pytest.approx(once.solved() @ FEATURES[[0, 1, 2]], abs=1e-6)


def test_a_feature_that_is_zero_everywhere_has_no_coefficient():
    assert Moments.of(FEATURES * [[1], [0], [1], [1], [1]], TARGET, WEIGHTS).solved()[1] == 0.0
