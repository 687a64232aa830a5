"""Bounds that cut far into a distribution move it from the quantiles that were stated."""

import numpy as np
import pytest

from valsim.core.distribution import Distribution
from valsim.core.distribution.constant import Constant
from valsim.core.distribution.lognormal import Lognormal
from valsim.core.distribution.normal import Normal
from valsim.core.distribution.triangular import Triangular
from valsim.core.unit import ONE, Unit


def test_a_bound_inside_the_stated_quantiles_moves_them_and_the_worst_is_named() -> None:
    cut = Lognormal(p10=2.5e6, p90=12e6, at_most=5e6)
    moved = {p: float(cut.at(np.asarray(p))) for p in (0.1, 0.9)}
    assert moved[0.9] == pytest.approx(4.67e6, rel=1e-3)
    assert 12e6 - moved[0.9] > 2.5e6 - moved[0.1] > 0
    assert cut.distance_from_stated(Unit.of("USD")) == "p90 is 4.67M USD within the bounds, not 12M USD as stated"


@pytest.mark.parametrize("at_most", [7.0, 11.0])
def test_it_is_the_distance_between_the_outer_quantiles_that_far_is_measured_by(at_most: float) -> None:
    cut = Normal(p10=0.0, p90=10.0, at_most=at_most)
    gap = 10.0 - float(cut.at(np.asarray(0.9)))
    assert bool(cut.distance_from_stated(ONE)) is (gap > 2.5)
    assert (gap > 2.5) is (at_most == 7.0)


@pytest.mark.parametrize(
    "member",
    [
        Lognormal(p10=0.5, p90=4.0, at_most=8.0),
        Lognormal(p10=0.5, p90=4.0),
        Lognormal(median=1.0, sigma=1.0, at_most=0.5),
        Triangular(p10=1.0, p50=2.0, p90=3.0),
        Constant(value=1.0),
    ],
    ids=repr,
)
def test_where_no_stated_quantile_is_moved_far_nothing_is_said(member: Distribution) -> None:
    assert member.distance_from_stated(ONE) == ""
