"""Choosing path by path gives the bits of ``np.where``, whatever the numbers, their shapes and their kinds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from valsim.core.choose import SHORT, choose

MANY = 2 * SHORT
ODD = np.array([0.0, -0.0, np.inf, -np.inf, np.nan, 5e-324, -1e308, 1.5])
"""Numbers whose bits are easily lost."""


def same_bits(where: object, one: object, other: object) -> bool:
    found, expected = choose(where, one, other), np.where(where, one, other)  # type: ignore[call-overload]
    return (found.dtype, found.shape, found.tobytes()) == (expected.dtype, expected.shape, expected.tobytes())


@given(st.integers(0, 2**32 - 1), st.sampled_from([0.0, 0.001, 0.05, 0.1, 0.7, 0.95, 1.0]))
def test_every_number_keeps_its_bits(seed: int, part: float) -> None:
    generator = np.random.default_rng(seed)
    where, one, other = generator.random(MANY) < part, generator.choice(ODD, MANY), generator.choice(ODD, MANY)
    assert same_bits(where, one, other)
    assert all(same_bits(where, one, number) and same_bits(where, number, other) for number in ODD)
    assert same_bits(where, float(ODD[3]), 0.0)


@pytest.mark.parametrize(
    ("where", "one", "other"),
    [
        (np.ones(MANY, dtype=bool), np.arange(MANY), 0),
        (np.ones(MANY, dtype=bool), np.arange(MANY), 0.5),
        (np.zeros(MANY, dtype=bool), np.ones(MANY, dtype=np.int8), np.int8(3)),
        (np.arange(MANY) % 40 == 1, np.int8(3), np.arange(MANY).astype(np.int8)),
        (np.arange(MANY) % 40 != 1, np.zeros(MANY, dtype=bool), np.True_),
        (np.arange(MANY) % 2 == 1, np.int8(3), np.arange(MANY).astype(np.int8)),
        (np.array(True), np.ones(MANY), np.zeros(MANY)),
        (np.arange(3) > 1, np.ones((2, 3)), 0.0),
        (np.arange(2 * MANY).reshape(2, MANY) > 5, np.ones(MANY), 0.0),
        (np.arange(MANY) % 2, np.ones(MANY), 0.0),
        (np.arange(2 * MANY)[::2] > MANY, np.arange(2.0 * MANY)[::2], np.arange(2.0 * MANY)[1::2]),
    ],
)
def test_other_kinds_and_shapes_are_as_numpy_has_them(where: object, one: object, other: object) -> None:
    assert same_bits(where, one, other)


def test_the_rows_that_were_given_stay_as_they_are() -> None:
    one, other = np.ones(MANY), np.zeros(MANY)
    for every in (3, 30):
        where = np.arange(MANY) % every == 0
        choose(where, one, other)[:] = 7.0
        choose(~where, one, other)[:] = 7.0
    assert one.min() == one.max() == 1.0
    assert other.min() == other.max() == 0.0
