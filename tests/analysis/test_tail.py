"""Value at risk and expected shortfall, against their closed forms."""

import numpy as np
import pytest

from valsim.analysis.tail import expected_shortfall, tails, value_at_risk
from valsim.core.clusters import ALONE, Clusters

SEED, PATHS = 5, 4000


def normal(paths: int, seed: int = SEED) -> np.ndarray:
    return np.random.default_rng(seed).normal(0.0, 1.0, paths)


@pytest.mark.parametrize(("level", "quantile", "shortfall"), [(0.95, 1.644854, 2.062713), (0.99, 2.326348, 2.665214)])
def test_of_a_bell_curve_both_are_known(level: float, quantile: float, shortfall: float) -> None:
    """The quantile z, and phi(z) / (1 - level) beyond it."""
    loss = normal(200_000)
    for found, exact in (
        (value_at_risk(loss, level, ALONE), quantile),
        (expected_shortfall(loss, level, ALONE), shortfall),
    ):
        assert abs(found["mean"] - exact) < 4 * found["standard_error"]
        assert 0 < found["standard_error"] < 0.02


@pytest.mark.parametrize("measure", [value_at_risk, expected_shortfall])
def test_the_standard_error_is_what_other_seeds_differ_by(measure) -> None:
    found = [measure(normal(PATHS, seed), 0.95, ALONE) for seed in range(300)]
    differ = np.std([each["mean"] for each in found])
    assert np.mean([each["standard_error"] for each in found]) == pytest.approx(differ, rel=0.15)


def test_the_interval_covers_the_quantile_in_95_of_100_runs() -> None:
    intervals = [value_at_risk(normal(PATHS, seed), 0.95, ALONE)["interval"] for seed in range(400)]
    covered = np.mean([low <= 1.644854 <= high for low, high in intervals])
    assert 0.92 <= covered <= 0.98


def test_where_everything_is_lost_on_more_paths_than_the_level_leaves_both_are_all_of_it() -> None:
    found = tails(np.array([-100.0] * 10 + [50.0] * 90), np.full(100, 100.0), ALONE)
    for level in found.values():
        for what in ("value_at_risk", "expected_shortfall"):
            assert (level[what]["mean"], level[what]["of_invested"]) == (100.0, 1.0)
            assert level[what]["standard_error"] == pytest.approx(0.0, abs=1e-9)


def test_a_gain_on_every_path_is_a_negative_loss() -> None:
    assert tails(np.full(50, 10.0), np.full(50, 100.0), ALONE)["0.95"]["value_at_risk"]["mean"] == -10.0


def test_of_no_path_nothing_is_known() -> None:
    found = tails(np.zeros(0), np.zeros(0), ALONE)["0.99"]
    assert found["value_at_risk"]["mean"] is None
    assert found["expected_shortfall"] == {"mean": None, "standard_error": None, "of_invested": None}


def test_paths_that_all_depend_on_each_other_tell_no_error() -> None:
    found = value_at_risk(np.array([1.0, 2.0]), 0.95, Clusters(2))
    assert found == {"mean": 2.0, "standard_error": None, "interval": [None, None]}
    assert expected_shortfall(np.array([1.0, 2.0]), 0.95, Clusters(2)) == {"mean": 2.0, "standard_error": None}
