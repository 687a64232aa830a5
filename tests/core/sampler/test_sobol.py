"""Scrambled Sobol points for what is drawn once a path."""

import numpy as np
import pytest

from valsim.core.sampler import SAMPLERS
from valsim.core.sampler.sobol import DIMENSIONS, dimensions, points, scrambled
from valsim.core.special import normal_cumulative
from valsim.core.streams import BATCH, Streams

NAMES = tuple(f"parameter {name}" for name in ("growth", "multiple", "margin"))


def streams(seed: int = 7, first: int = 0, batches: int = 1, paths: int = BATCH, names=NAMES):
    return SAMPLERS["sobol"].drawn(Streams(seed, first, batches, paths), names)


def test_the_numbers_of_a_parameter_lie_one_in_each_part() -> None:
    drawn = streams(batches=2, paths=2 * BATCH)
    for batch in np.split(normal_cumulative(drawn.normal(NAMES[0])), 2):
        assert np.array_equal(np.sort(np.floor(batch * BATCH)), np.arange(BATCH))
    once = drawn.once("consent")
    assert np.array_equal(np.sort(np.floor(once[:BATCH] * BATCH)), np.arange(BATCH))
    assert np.array_equal(drawn.once("consent"), once)


def test_two_parameters_fill_the_square_evenly() -> None:
    plain = points()[:2]
    draws = [scrambled(cells, np.random.default_rng(i)) for i, cells in enumerate(plain)]
    cells = draws[0] // 64 * 64 + draws[1] // 64
    assert np.array_equal(np.sort(cells), np.arange(BATCH))  # one point in each of 64 x 64 squares


def test_scrambling_keeps_what_is_near_together_and_is_fair() -> None:
    cells = np.arange(BATCH)
    mixed = scrambled(cells, np.random.default_rng(1))
    assert np.array_equal(np.sort(mixed), cells)
    for size in (2, 64, 2048):
        blocks = mixed.reshape(-1, size) // size
        assert (blocks == blocks[:, :1]).all()  # a block stays a block
    where = [scrambled(cells, np.random.default_rng(seed))[17] for seed in range(400)]
    assert np.mean(where) == pytest.approx((BATCH - 1) / 2, abs=4 * BATCH / np.sqrt(12 * 400))


def test_batches_are_scrambled_apart_and_other_numbers_stay_as_they_are() -> None:
    drawn = streams(batches=2, paths=2 * BATCH)
    z = drawn.normal(NAMES[0])
    assert not np.array_equal(z[:BATCH], z[BATCH:])
    assert np.array_equal(streams(first=1, paths=100).normal(NAMES[0]), z[BATCH : BATCH + 100])
    assert np.array_equal(drawn.normal("users"), Streams(7, 0, 2, 2 * BATCH).normal("users"))
    assert np.array_equal(drawn.uniform("exits"), Streams(7, 0, 2, 2 * BATCH).uniform("exits"))


def test_a_parameter_that_is_added_moves_no_other() -> None:
    names = [f"parameter drivers.d{i}.growth" for i in range(60)]
    before, after = dimensions(names), dimensions([*names, "parameter one more"])
    assert len(set(after.values())) == 61
    assert max(after.values()) < DIMENSIONS
    assert before.items() <= after.items()
    first = dimensions(["parameter one more", *names])
    assert sum(first[name] != before[name] for name in names) <= 1
    assert np.array_equal(streams().normal(NAMES[2]), streams(names=NAMES[2:]).normal(NAMES[2]))


def test_too_few_batches_are_refused() -> None:
    SAMPLERS["sobol"].check(32_768)
    with pytest.raises(Exception, match="sampler sobol needs at least 32,768 paths") as refused:
        SAMPLERS["sobol"].check(32_767)
    assert type(refused.value).__name__ == "SimulationError"
