"""Random numbers belong to a name and a batch, whoever draws them."""

import hashlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from valsim.core.special import normal_quantile
from valsim.core.streams import BATCH, ParameterDraws, Streams, correlated


def all_of(streams: Streams) -> list[np.ndarray]:
    return [streams.normal("users"), streams.uniform("exit"), streams.normal("users")]


def test_the_first_numbers_of_a_seed_never_change() -> None:
    numbers = np.concatenate(all_of(Streams(1, 0, 2, 5000)))
    digest = hashlib.sha256(numbers.astype("<f8").tobytes()).hexdigest()
    assert digest == "89de0f6d634392fe18bb7866f4c68d7f1b5b672db33f81753c4497e96f395377"


@pytest.mark.parametrize("chunk", [1, 2, 3])
def test_the_numbers_are_the_same_for_any_execution_chunk(chunk: int) -> None:
    whole = all_of(Streams(7, 0, 4, 4 * BATCH - 5))
    starts = range(0, 4, chunk)
    parts = [
        all_of(Streams(7, start, min(chunk, 4 - start), min((start + chunk) * BATCH, 4 * BATCH - 5) - start * BATCH))
        for start in starts
    ]
    for i, row in enumerate(whole):
        assert np.array_equal(row, np.concatenate([part[i] for part in parts]))


def test_the_first_paths_of_a_longer_run_are_those_of_a_shorter_one() -> None:
    for short, long in zip(all_of(Streams(7, 0, 1, 10)), all_of(Streams(7, 0, 3, 9000)), strict=True):
        assert np.array_equal(short, long[:10])


def test_another_name_in_between_shifts_nothing() -> None:
    alone, crowded = Streams(7, 0, 1, 100), Streams(7, 0, 1, 100)
    first = alone.normal("users")
    crowded.normal("price")
    assert np.array_equal(crowded.normal("users"), first)
    crowded.uniform("price")
    assert np.array_equal(crowded.normal("users"), alone.normal("users"))


@pytest.mark.parametrize("other", [Streams(8, 0, 1, 100), Streams(7, 1, 1, 100)], ids=["seed", "batch"])
def test_another_seed_or_batch_gives_other_numbers(other: Streams) -> None:
    assert not np.isin(other.normal("users"), Streams(7, 0, 1, 100).normal("users")).any()


def test_each_call_gives_the_next_numbers_and_once_gives_the_same_again() -> None:
    streams = Streams(7, 0, 1, 100)
    assert not np.array_equal(streams.uniform("a"), streams.uniform("a"))
    assert np.array_equal(streams.once("b"), streams.once("b"))


def test_uniform_numbers_fill_the_unit_interval_evenly() -> None:
    u = Streams(7, 0, 16, 16 * BATCH).uniform("u")
    assert 0 <= u.min() <= u.max() < 1
    assert abs(u.mean() - 0.5) < 4 * np.sqrt(1 / 12 / u.size)


def test_normals_have_mean_zero_and_variance_one_within_four_standard_errors() -> None:
    z = Streams(7, 0, 16, 16 * BATCH).normal("z")
    assert abs(z.mean()) < 4 / np.sqrt(z.size)
    assert abs(z.var() - 1) < 4 * np.sqrt(2 / z.size)


def test_the_factor_of_three_names_is_the_cholesky_factor() -> None:
    found = correlated([("a", "b", 0.6), ("b", "c", -0.2), ("a", "c", 0.3)])
    matrix = np.array([[1, 0.6, 0.3], [0.6, 1, -0.2], [0.3, -0.2, 1]])
    assert found.names == ("a", "b", "c")
    np.testing.assert_allclose(found.factor, np.linalg.cholesky(matrix), rtol=1e-14, atol=1e-15)


def test_names_that_are_wholly_correlated_move_as_one() -> None:
    pairs = [("a", "b", 1.0), ("a", "c", -1.0), ("b", "c", -1.0)]
    z = {name: Streams(7, 0, 1, 100).normal(name) for name in "abc"}
    moved = correlated(pairs).normals(z)
    assert np.array_equal(moved["b"], z["a"])
    assert np.array_equal(moved["c"], -z["a"])


@pytest.mark.parametrize(
    "pairs",
    [
        [("a", "b", 0.9), ("b", "c", 0.9), ("a", "c", -0.9)],
        [("a", "b", 1.0), ("b", "c", 0.5), ("a", "c", 0.4)],
        [("a", "b", 1.1)],
    ],
    ids=["a contradiction", "a contradiction at a singular matrix", "above one"],
)
def test_correlations_that_no_numbers_have_are_refused(pairs: list[tuple[str, str, float]]) -> None:
    with pytest.raises(ValueError, match="not positive semidefinite"):
        correlated(pairs)


@given(st.lists(st.floats(-1, 1), min_size=6, max_size=6))
def test_a_factor_times_its_transpose_is_the_matrix_or_the_matrix_is_refused(numbers: list[float]) -> None:
    pairs = [
        (a, b, rho) for (a, b), rho in zip([(i, j) for i in "abcd" for j in "abcd" if i < j], numbers, strict=True)
    ]
    matrix = np.eye(4)
    for a, b, rho in pairs:
        i, j = "abcd".index(a), "abcd".index(b)
        matrix[i, j] = matrix[j, i] = rho
    least = np.linalg.eigvalsh(matrix).min()
    try:
        factor = np.array(correlated(pairs).factor)
    except ValueError:
        assert least < 1e-4
    else:
        assert least > -1e-4
        np.testing.assert_allclose(factor @ factor.T, matrix, atol=1e-5)


def test_correlated_normals_keep_the_first_name_and_have_the_stated_correlation() -> None:
    streams = Streams(7, 0, 16, 16 * BATCH)
    z = {name: streams.normal(name) for name in ("a", "b")}
    moved = correlated([("a", "b", 0.6)]).normals(z)
    assert np.array_equal(moved["a"], z["a"])
    rho = np.corrcoef(moved["a"], moved["b"])[0, 1]
    assert abs(rho - 0.6) < 4 * (1 - 0.6**2) / np.sqrt(z["a"].size)


def test_a_parameter_that_is_correlated_keeps_its_numbers_where_it_comes_first() -> None:
    alone = ParameterDraws(Streams(7, 0, 1, 100), correlated([])).parameter("a.growth")
    together = ParameterDraws(Streams(7, 0, 1, 100), correlated([("a.growth", "b.growth", 0.6)]))
    assert np.array_equal(together.parameter("a.growth"), alone)
    free = ParameterDraws(Streams(7, 0, 1, 100), correlated([])).parameter("b.growth")
    expected = 0.6 * normal_quantile(alone) + 0.8 * normal_quantile(free)
    np.testing.assert_allclose(normal_quantile(together.parameter("b.growth")), expected, rtol=1e-9, atol=1e-9)


def test_copies_of_a_path_have_its_numbers_one_copy_after_the_other() -> None:
    streams = Streams(7, 0, 1, 3, copies=2)
    drawn = streams.single.normal("users")
    assert drawn.size == 3
    assert streams.uniform("exits").tolist() == 2 * Streams(7, 0, 1, 3).uniform("exits").tolist()


def test_the_single_streams_go_on_where_the_copies_stand() -> None:
    streams = Streams(7, 0, 1, 3, copies=2)
    first, second = streams.normal("users")[:3], streams.single.normal("users")
    both = Streams(7, 0, 1, 3)
    assert (first.tolist(), second.tolist()) == (both.normal("users").tolist(), both.normal("users").tolist())
