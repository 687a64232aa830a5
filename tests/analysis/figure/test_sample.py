"""A figure is told with its standard error, also where cases of one path depend on each other."""

import numpy as np
import pytest

from valsim.analysis.figure.sample import deviation_of, rate_of, share_of, spread_of
from valsim.core.clusters import ALONE, Clusters

DRAWN = np.random.default_rng(5)


def test_quantiles_of_eleven_numbers_by_hand() -> None:
    found = spread_of(np.arange(11.0), ALONE)
    assert found is not None
    assert found.values == (1.0, 5.0, 9.0)
    assert found.middle == 5.0
    # half a distance of 2 x 10 x sqrt(11 / 11 x 5 / 11 x 6 / 11 ...): six of eleven are at most the median
    assert found.errors[1] == pytest.approx(10 * np.sqrt(6 / 11 * 5 / 11 / 11))


def test_what_is_unknown_is_no_case() -> None:
    found = spread_of(np.array([np.nan, 1.0, 2.0, 3.0]), ALONE)
    assert found is not None
    assert (found.cases, found.middle) == (3, 2.0)
    assert spread_of(np.array([np.nan, 1.0]), ALONE) is None


def test_a_quantile_may_have_no_bound() -> None:
    found = spread_of(np.array([1.0, 2.0, np.inf, np.inf, np.inf]), ALONE)
    assert found is not None
    assert found.values[2] == np.inf
    assert not np.isnan(found.errors).any()


def test_standard_errors_of_quantiles_are_those_of_a_normal_distribution() -> None:
    found = spread_of(DRAWN.normal(size=100_000), ALONE)
    assert found is not None
    # sqrt(p (1 - p) / n) over the density there
    assert found.errors[1] == pytest.approx(0.5 / 0.39894 / np.sqrt(100_000), rel=0.1)
    assert found.errors[0] == pytest.approx(0.3 / 0.17550 / np.sqrt(100_000), rel=0.15)


def test_cases_of_one_path_that_are_all_alike_count_as_one() -> None:
    once = DRAWN.random(4000) < 0.3
    alone, five = share_of(once, ALONE), share_of(np.repeat(once, 5), Clusters(1, np.repeat(np.arange(4000), 5)))
    assert alone is not None
    assert five is not None
    assert (five.values, five.errors) == (pytest.approx(alone.values), pytest.approx(alone.errors))
    assert alone.errors[0] == pytest.approx(np.sqrt(alone.middle * (1 - alone.middle) / 4000))
    assert share_of(np.zeros(0, bool), ALONE) is None


def test_the_deviation_of_changes_is_over_the_root_of_the_years() -> None:
    changes = DRAWN.normal(0.3, 0.8, size=50_000)
    found = deviation_of(changes, 4.0, ALONE)
    assert found is not None
    assert found.middle == pytest.approx(0.4, rel=0.01)
    assert found.errors[0] == pytest.approx(0.4 / np.sqrt(2 * 50_000), rel=0.05)
    still = deviation_of(np.ones(3), 1.0, ALONE)
    assert still is not None
    assert still.values + still.errors == (0.0, 0.0)


def test_a_rate_is_events_over_years() -> None:
    found = rate_of(np.arange(100) < 25, np.ones(100), ALONE)
    assert found is not None
    assert (found.middle, found.errors[0]) == (0.25, 0.05)
    paired = rate_of(np.arange(100) % 2 == 0, np.ones(100), Clusters(2))
    assert paired is not None
    assert (paired.middle, paired.errors[0]) == (0.5, 0.0)
    assert rate_of(np.zeros(2, bool), np.zeros(2), ALONE) is None
