"""The nearest correlation matrix is one, and no other is nearer."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valsim.core.nearest_correlation import nearest_correlation


def symmetric(seed: int, size: int) -> np.ndarray:
    """A matrix of correlations that somebody guessed one by one."""
    drawn = np.random.default_rng(seed).uniform(-1, 1, (size, size))
    guessed = (drawn + drawn.T) / 2
    np.fill_diagonal(guessed, 1.0)
    return guessed


def correlation(seed: int, size: int) -> np.ndarray:
    """A correlation matrix, often singular."""
    random = np.random.default_rng(seed)
    loads = random.normal(size=(size, random.integers(1, size + 1)))
    unit = loads / np.linalg.norm(loads, axis=1)[:, None]
    return unit @ unit.T


SEEDS, SIZES = st.integers(0, 10_000), st.integers(2, 8)


@settings(max_examples=40, deadline=None)
@given(seed=SEEDS, size=SIZES)
def test_it_is_a_correlation_matrix(seed: int, size: int) -> None:
    found = nearest_correlation(symmetric(seed, size))
    assert (found == found.T).all()
    assert (np.diag(found) == 1).all()
    assert np.linalg.eigvalsh(found)[0] > -1e-10
    assert np.abs(found).max() <= 1 + 1e-10


@settings(max_examples=40, deadline=None)
@given(seed=SEEDS, size=SIZES)
def test_no_other_correlation_matrix_is_nearer(seed: int, size: int) -> None:
    guessed = symmetric(seed, size)
    found = nearest_correlation(guessed)
    # The nearest point of a convex set: from there every other point of it lies on the far side.
    others = [correlation(seed + k, size) for k in range(1, 20)]
    assert max(float(((guessed - found) * (other - found)).sum()) for other in others) <= 1e-8
    assert min(np.linalg.norm(guessed - other) for other in others) >= np.linalg.norm(guessed - found) - 1e-9


@given(seed=SEEDS, size=SIZES)
def test_a_correlation_matrix_is_nearest_to_itself(seed: int, size: int) -> None:
    given_one = correlation(seed, size)
    assert nearest_correlation(given_one) == pytest.approx(given_one, abs=1e-11)


def test_three_of_which_one_cannot_be_so_far_from_another() -> None:
    # By symmetry two unknowns: r = corr(1, 2) = corr(2, 3) and s = corr(1, 3), on the edge s = 2 r^2 - 1.
    r = np.linspace(0, 1, 2_000_001)
    far = 2 * (1 - r) ** 2 + (2 * r**2 - 1) ** 2
    best = r[np.argmin(far)]
    found = nearest_correlation(np.array([[1.0, 1.0, 0.0], [1.0, 1.0, 1.0], [0.0, 1.0, 1.0]]))
    assert found[0, 1] == pytest.approx(best, abs=1e-6)
    assert found[0, 2] == pytest.approx(2 * best**2 - 1, abs=4e-6)
    assert found[1, 2] == pytest.approx(found[0, 1], abs=1e-11)


def test_a_correlation_beyond_one_is_one() -> None:
    assert nearest_correlation(np.array([[1.0, 1.4], [1.4, 1.0]])) == pytest.approx(np.ones((2, 2)), abs=1e-10)
