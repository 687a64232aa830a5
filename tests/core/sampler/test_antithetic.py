"""Antithetic numbers."""

import numpy as np

from valsim.core.sampler import SAMPLERS
from valsim.core.sampler.antithetic import LARGEST
from valsim.core.streams import BATCH, Streams

STREAMS = SAMPLERS["antithetic"].drawn(Streams(7, 0, 2, 2 * BATCH), ())


def test_every_second_path_is_mirrored() -> None:
    z, u, once = STREAMS.normal("users"), STREAMS.uniform("exits"), STREAMS.once("consent")
    assert np.array_equal(z[1::2], -z[::2])
    assert np.array_equal(u[1::2], LARGEST - u[::2])
    assert np.array_equal(once[1::2], LARGEST - once[::2])
    assert np.array_equal(STREAMS.once("consent"), once)
    assert np.abs(z[::2].mean()) < 4 / np.sqrt(BATCH)
    assert z.mean() == 0.0


def test_a_mirrored_number_stays_below_one() -> None:
    smallest = 2.0**-53
    assert LARGEST - 0.0 < 1.0
    assert LARGEST - LARGEST == 0.0
    assert LARGEST - smallest == 1 - 2 * smallest


def test_a_path_has_the_same_numbers_in_every_chunk_and_beside_other_names() -> None:
    second = SAMPLERS["antithetic"].drawn(Streams(7, 1, 1, 100), ())
    second.uniform("another")
    again = SAMPLERS["antithetic"].drawn(Streams(7, 0, 2, 2 * BATCH), ())
    assert np.array_equal(second.normal("users"), again.normal("users")[BATCH : BATCH + 100])
    assert np.array_equal(second.normal("users"), again.normal("users")[BATCH : BATCH + 100])


def test_copies_of_a_path_have_its_numbers() -> None:
    two = SAMPLERS["antithetic"].drawn(Streams(7, 0, 1, 10, 2), ())
    drawn = two.normal("users")
    assert np.array_equal(drawn[:10], drawn[10:])
    assert two.single.uniform("exits").size == 10
