"""A mean over paths and its standard error."""

import numpy as np
import pytest

from valsim.core.clusters import ALONE
from valsim.result import estimate


def test_an_estimate_is_the_mean_and_its_standard_error() -> None:
    row = np.random.default_rng(3).lognormal(size=1000)
    found = estimate(row, ALONE)
    assert found.mean == pytest.approx(row.mean(), rel=1e-12)
    assert found.standard_error == pytest.approx(row.std(ddof=1) / np.sqrt(1000), rel=1e-12)


def test_one_path_has_a_mean_and_no_standard_error() -> None:
    found = estimate(np.array([4.0]), ALONE)
    assert found.mean == 4.0
    assert np.isnan(found.standard_error)


def test_no_path_has_neither() -> None:
    found = estimate(np.array([]), ALONE)
    assert np.isnan([found.mean, found.standard_error]).all()
