"""From a row of paths to plain numbers."""

import numpy as np
import pytest

from valsim.analysis.spread import LEVELS, chance, mean, number, quantiles, ratio, spread, tidy
from valsim.core.clusters import ALONE


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_what_json_cannot_hold_is_nothing(value: float) -> None:
    assert number(value) is None


def test_a_number_is_a_plain_one() -> None:
    assert type(number(np.float64(2.5))) is float


@pytest.mark.parametrize("size", [1, 2, 3, 100, 1001])
def test_quantiles_are_linear_between_order_statistics(size: int) -> None:
    row = np.random.default_rng(size).lognormal(size=size)
    found = quantiles(row)
    assert list(found) == ["0.05", "0.25", "0.5", "0.75", "0.95"]
    assert list(found.values()) == pytest.approx(np.quantile(row, LEVELS).tolist(), rel=1e-12)


def test_of_nothing_there_is_nothing() -> None:
    empty = np.array([])
    assert set(quantiles(empty).values()) == {None}
    assert mean(empty, ALONE) == {"mean": None, "standard_error": None}
    assert chance(empty.astype(bool), ALONE) == {"mean": None, "standard_error": None}
    assert ratio(empty, empty, ALONE)["mean"] is None


def test_of_one_path_there_is_a_mean_without_a_standard_error() -> None:
    assert mean(np.array([4.0]), ALONE) == {"mean": 4.0, "standard_error": None}
    assert chance(np.array([True]), ALONE) == {"mean": 1.0, "standard_error": None}
    assert ratio(np.array([6.0]), np.array([4.0]), ALONE) == {
        "mean": 1.5,
        "standard_error": None,
        "quantiles": dict.fromkeys(quantiles(np.array([1.0])), 1.5),
    }


def test_a_spread_is_mean_error_and_quantiles() -> None:
    row = np.array([1.0, 2.0, 3.0])
    assert spread(row, ALONE) == {**mean(row, ALONE), "quantiles": quantiles(row)}


def test_a_chance_has_the_error_of_a_share() -> None:
    found = chance(np.arange(100) < 20, ALONE)
    assert found["mean"] == 0.2
    assert found["standard_error"] == pytest.approx(0.04, rel=1e-12)


def test_a_ratio_is_of_means_and_not_a_mean_of_ratios() -> None:
    found = ratio(np.array([1.0, 9.0]), np.array([1.0, 3.0]), ALONE)
    assert found["mean"] == 2.5
    assert found["quantiles"]["0.5"] == 2.0


def test_the_standard_error_of_a_ratio_is_that_of_a_bootstrap() -> None:
    generator = np.random.default_rng(5)
    invested = generator.lognormal(sigma=0.8, size=2000)
    proceeds = invested * generator.lognormal(sigma=0.3, size=2000)
    drawn = generator.integers(0, 2000, size=(2000, 2000))
    bootstrap = np.std(proceeds[drawn].mean(axis=1) / invested[drawn].mean(axis=1))
    assert ratio(proceeds, invested, ALONE)["standard_error"] == pytest.approx(bootstrap, rel=0.1)


def test_a_ratio_to_nothing_is_nothing() -> None:
    assert ratio(np.ones(3), np.zeros(3), ALONE)["mean"] is None


def test_tidy_data_has_no_empty_entries() -> None:
    assert tidy({"note": None, "value": 0.0, "source": ""}) == {"value": 0.0, "source": ""}
