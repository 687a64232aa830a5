"""Nearest correlation matrices that others have published."""

import numpy as np
import pytest

from tests.published.cases import called, cases, close
from valsim.core.nearest_correlation import nearest_correlation


@pytest.mark.parametrize("case", cases("correlations", "nearest"), ids=called)
def test_the_nearest_correlation_matrix_is_the_published_one(case):
    given = np.array(case["matrix"], dtype=float)
    found = nearest_correlation(given)
    told = {"row0": found[0].tolist(), "x12": found[1, 2], "frobenius_distance": np.linalg.norm(given - found)}
    assert close(told, case)
