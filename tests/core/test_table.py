"""A quantile function from a table is that of the function it was made from."""

import numpy as np
import pytest

from valsim.core.special import normal_cumulative, normal_quantile
from valsim.core.table import REACH, Table

U = np.concatenate([np.logspace(-15, -2, 60), np.linspace(0.01, 0.99, 500), 1 - np.logspace(-2, -12, 50)])


def test_a_cubic_is_met_exactly() -> None:
    z = normal_quantile(U)
    assert Table.of(lambda x: x**3 - 2 * x)(U) == pytest.approx(z**3 - 2 * z, rel=1e-11, abs=1e-11)


def test_a_smooth_function_is_met_within_its_fourth_derivative() -> None:
    assert np.abs(Table.of(normal_cumulative)(U) - U).max() < 1e-11


def test_a_number_beyond_the_table_gets_the_value_at_its_end() -> None:
    assert Table.of(lambda z: z)(np.array([1e-300])).tolist() == pytest.approx([-REACH])
