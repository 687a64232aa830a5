"""Scrambled Sobol points for what is drawn once a path."""

import numpy as np
import pytest

from valsim.core.sampler import SAMPLERS
from valsim.core.sampler.sobol import EVEN, LEVELS, dimensions, points, scrambled
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


def test_any_two_dimensions_fill_every_rectangle_evenly() -> None:
    cells, draw = points(), np.random.default_rng(3)
    for one, other in draw.integers(0, len(cells), (200, 2)):
        for digits in range(1, EVEN) if one != other else ():
            part = (cells[one] >> LEVELS - digits << EVEN - digits) + (cells[other] >> LEVELS - EVEN + digits)
            assert np.array_equal(np.bincount(part), np.full(64, 64)), (one, other, digits)


def test_no_two_parameters_move_together() -> None:
    names = [f"parameter drivers.d{i}.growth" for i in range(80)]
    drawn = streams(names=names)
    moved = np.corrcoef([drawn.normal(name) for name in names]) - np.eye(80)
    assert (
        np.abs(moved).max() < 0.04
    )  # of pseudo-random numbers 0.06, of two dimensions that are not even together 0.19


@pytest.mark.parametrize(
    ("growth", "other"),
    [
        ("drivers.users.growth", "valuation.multiple.start"),
        ("drivers.enterprise_arr.growth", "sectors.ai_labs.multiple.half_life"),
        ("drivers.advertising_per_user.growth", "rounds.new_round.closings.strategic closing.in_kind.Amazon.share"),
    ],
)
def test_a_value_that_hangs_on_two_parameters_is_known_better_whatever_their_names(growth: str, other: str) -> None:
    # by their hashes alone they had dimensions that are not even together, and a variance 2, 10 and 31 times that of pseudo-random numbers
    names = [f"parameter {growth}", f"parameter {other}"]
    drawn = streams(batches=16, paths=16 * BATCH, names=names)
    worth = np.exp(0.8 * drawn.normal(names[0]) + 0.5 * drawn.normal(names[1]))
    assert worth.reshape(16, BATCH).mean(axis=1).std(ddof=1) < 0.7 * worth.std() / np.sqrt(BATCH)


def test_parameters_without_a_dimension_left_are_spread_by_themselves() -> None:
    names = [f"parameter p{i}" for i in range(len(points()) + 2)]
    found = dimensions(names)
    assert [*found] == names
    assert [name for name in names if found[name] is None] == names[-2:]
    assert len({*found.values()} - {None}) == len(points())
    drawn = streams(names=names, paths=100)
    last = drawn.normal(names[-1])
    assert np.array_equal(last, drawn.normal(names[-1]))
    whole = normal_cumulative(streams(names=names).normal(names[-1]))
    assert np.array_equal(np.sort(np.floor(whole * BATCH)), np.arange(BATCH))
    assert np.allclose(normal_cumulative(last), whole[:100])


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
    assert max(after.values()) < len(points())
    assert before.items() <= after.items()
    first = dimensions(["parameter one more", *names])
    assert sum(first[name] != before[name] for name in names) <= 2
    assert np.array_equal(streams().normal(NAMES[2]), streams(names=NAMES[2:]).normal(NAMES[2]))


def test_too_few_batches_are_refused() -> None:
    SAMPLERS["sobol"].check(32_768)
    with pytest.raises(Exception, match="sampler sobol needs at least 32,768 paths") as refused:
        SAMPLERS["sobol"].check(32_767)
    assert type(refused.value).__name__ == "SimulationError"
