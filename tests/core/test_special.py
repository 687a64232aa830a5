"""The special functions take the values that tables print."""

import math

import pytest

from valsim.core.special import beta_cumulative, beta_quantile, dilogarithm, normal_cumulative, normal_quantile


@pytest.mark.parametrize(
    ("x", "value"), [(1, math.pi**2 / 6), (0, 0), (-1, -(math.pi**2) / 12), (0.5, 0.5822405264650125)]
)
def test_the_dilogarithm_has_its_known_values(x: float, value: float) -> None:
    assert float(dilogarithm(x)) == pytest.approx(value, rel=1e-14)


def test_normal_probabilities_and_quantiles_undo_each_other() -> None:
    assert float(normal_cumulative(1.959963984540054)) == pytest.approx(0.975, rel=1e-14)
    assert float(normal_quantile(0.975)) == pytest.approx(1.959963984540054, rel=1e-14)


def test_a_beta_of_one_and_two_has_the_closed_form() -> None:
    assert float(beta_cumulative(1.0, 2.0, 0.3)) == pytest.approx(1 - 0.7**2, rel=1e-13)
    assert float(beta_quantile(1.0, 2.0, 0.51)) == pytest.approx(0.3, rel=1e-13)
