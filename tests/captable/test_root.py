import numpy as np
import pytest

from valsim.captable.root import rising_root

HARD = {
    "a line": lambda x: x - 0.3,
    "two lines": lambda x: np.maximum(x - 0.3, 50 * (x - 0.3)),
    "flat, then steep": lambda x: x**31 - 1e-9,
    "steep, then flat": lambda x: np.cbrt(x - 0.001),
    "an explosion": lambda x: np.expm1(700 * (x - 0.01)),
    "a step": lambda x: np.where(x < 0.7, -1.0, 2.0),
}
ROOTS = {
    "a line": 0.3,
    "two lines": 0.3,
    "flat, then steep": 1e-9 ** (1 / 31),
    "steep, then flat": 0.001,
    "an explosion": 0.01,
    "a step": 0.7,
}


@pytest.mark.parametrize("shape", HARD)
def test_any_rising_function_is_solved(shape):
    found = rising_root(HARD[shape], np.array([1e-9]), np.array([1.0]), np.array([1.0]))
    assert found == pytest.approx([ROOTS[shape]], rel=1e-12)


def test_a_share_count_takes_few_turns():
    turns, random = [], np.random.default_rng(5)
    slopes, kinks = random.uniform(1, 90, (4, 9999)), random.uniform(0.1, 2, (4, 9999))
    cost = (slopes * kinks).sum(axis=0) * random.uniform(1.05, 2, 9999)

    def excess(x):
        turns.append(x.size)
        return np.maximum(slopes * x, slopes * kinks).sum(axis=0) - cost

    found = rising_root(excess, np.full(9999, 1e-9), np.full(9999, 900.0), np.full(9999, 900.0))
    assert excess(found) == pytest.approx(np.zeros(9999), abs=1e-11)
    assert len(turns) < 20


def test_a_path_that_has_arrived_stays():
    roots = np.array([0.1, 0.2, 0.9])
    together = rising_root(lambda x: x**3 - roots**3, np.full(3, 1e-9), np.ones(3), np.ones(3))
    alone = [rising_root(lambda x, r=r: x**3 - r**3, np.full(1, 1e-9), np.ones(1), np.ones(1))[0] for r in roots]
    assert together.tolist() == alone
