"""Paths that depend on each other, and the standard errors of what is estimated on them."""

import numpy as np
import pytest

from valsim.core.clusters import ALONE, Clusters, coarsest

ROW = np.array([1.0, 3.0, 2.0, 6.0, 5.0, 7.0])


def test_each_path_alone_has_the_usual_errors() -> None:
    assert ALONE.error(ROW) == ROW.std(ddof=1) / np.sqrt(6)
    assert ALONE.chance_error(ROW > 2) == pytest.approx(np.sqrt(2 / 3 / 3 / 6))
    assert ALONE[ROW > 2] is ALONE
    assert np.isnan([ALONE.error(ROW[:1]), ALONE.chance_error(ROW[:1] > 0), ALONE.error(ROW[:0])]).all()


def test_the_error_of_pairs_is_that_of_their_means() -> None:
    means = np.array([2.0, 4.0, 6.0])
    assert Clusters(2).error(ROW) == pytest.approx(means.std(ddof=1) / np.sqrt(3))
    assert Clusters(3).error(ROW) == pytest.approx(np.array([2.0, 6.0]).std(ddof=1) / np.sqrt(2))
    assert Clusters(2).chance_error(ROW > 2) == pytest.approx(Clusters(2).error((ROW > 2).astype(float)))


def test_one_cluster_tells_no_error() -> None:
    assert np.isnan([Clusters(6).error(ROW), Clusters(6).error(ROW[:0]), Clusters(6).chance_error(ROW > 2)]).all()


def test_what_is_cut_out_keeps_its_clusters() -> None:
    of, where = Clusters(2), ROW > 2
    assert of[where].path.tolist() == [1, 3, 4, 5]
    assert of[where].sums(ROW[where]).tolist() == [3.0, 6.0, 12.0]
    assert of[np.array([0, 3, 4])].path.tolist() == [0, 3, 4]
    assert of[where][ROW[where] > 5].path.tolist() == [3, 5]
    assert of[where][np.array([0, 1])].path.tolist() == [1, 3]


def test_a_mean_among_some_is_a_ratio_of_sums() -> None:
    where = ROW > 2
    middle = ROW[where].mean()
    away = np.array([3 - middle, 6 - middle, 12 - 2 * middle])
    assert Clusters(2)[where].error(ROW[where]) == pytest.approx(np.sqrt((away**2).sum() * 3 / 2) / 4)


def test_a_difference_knows_that_both_sides_are_of_the_same_pairs() -> None:
    same = np.array([4.0, 3.0, 6.0, 5.0, 8.0, 7.0])  # a pair is far from another, and one more apart within itself
    odd = np.arange(6) % 2 > 0
    assert Clusters(2).error_of_difference(same, ~odd, odd) == pytest.approx(0.0, abs=1e-12)
    alone = ALONE.error_of_difference(same, ~odd, odd)
    assert alone == np.hypot(ALONE.error(same[odd]), ALONE.error(same[~odd]))
    assert np.isnan(Clusters(2).error_of_difference(same, odd, odd & ~odd))


def test_runs_are_compared_by_the_largest_clusters() -> None:
    assert coarsest([ALONE, Clusters(4096), Clusters(2)]).size == 4096
    assert coarsest([]) is ALONE
