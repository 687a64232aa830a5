"""A distribution in another unit: every draw times a constant, bounds and probabilities with it."""

import numpy as np
import pytest

from valsim.core.distribution.constant import Constant
from valsim.core.distribution.lognormal import Lognormal
from valsim.core.distribution.scaled import Scaled, scaled
from valsim.core.unit import Unit

WIDE = Lognormal.model_validate({"family": "lognormal", "p10": 40.0, "p90": 160.0, "at_most": 300.0})


def test_draws_bounds_and_probabilities_are_those_of_the_whole_times_the_factor() -> None:
    found, u = Scaled(whole=WIDE, factor=0.125), np.linspace(0.01, 0.99, 21)
    assert found.at(u) == pytest.approx(0.125 * WIDE.at(u), rel=1e-15)
    assert found.support() == (0.0, 37.5)
    assert found.probability(found.at(u)) == pytest.approx(u)


def test_a_known_number_stays_one_and_how_far_bounds_cut_is_told_as_stated() -> None:
    assert scaled(Constant(value=8.0), 0.125) == Constant(value=1.0)
    unit = Unit.of("CNY")
    assert scaled(WIDE, 2.0).distance_from_stated(unit) == WIDE.distance_from_stated(unit)
