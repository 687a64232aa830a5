"""The moments of every family are those of its closed form."""

import numpy as np
import pytest

from tests.core.distribution.strata import moments
from valsim.core.distribution import Distribution
from valsim.core.distribution.beta import Beta
from valsim.core.distribution.constant import Constant
from valsim.core.distribution.discrete import Discrete
from valsim.core.distribution.empirical import Empirical
from valsim.core.distribution.lognormal import Lognormal
from valsim.core.distribution.mixture import Component, Mixture
from valsim.core.distribution.normal import Normal
from valsim.core.distribution.pert import Pert
from valsim.core.distribution.triangular import Triangular
from valsim.core.distribution.uniform import Uniform

MIXED = Mixture(
    components=(
        Component(weight=0.25, number=Constant(value=0.0)),
        Component(weight=0.75, number=Uniform(low=2.0, high=6.0)),
    )
)


@pytest.mark.parametrize(
    ("member", "mean", "variance"),
    [
        (Normal(mean=2.0, standard_deviation=3.0), 2.0, 9.0),
        (Lognormal(median=5.0, sigma=0.4), 5 * np.exp(0.08), 25 * np.exp(0.16) * np.expm1(0.16)),
        (Beta(alpha=2.0, beta=3.0), 0.4, 6 / (25 * 6)),
        (Uniform(low=-1.0, high=5.0), 2.0, 3.0),
        (Triangular(low=0.0, mode=1.0, high=5.0), 2.0, (1 + 25 - 5) / 18),
        (Pert(low=0.0, mode=1.0, high=6.0), 10 / 6, (10 / 6) * (6 - 10 / 6) / 7),
        (Pert(low=0.0, mode=1.0, high=6.0, shape=10.0), 16 / 12, (16 / 12) * (6 - 16 / 12) / 13),
        (Discrete(values={1.0: 0.25, 2.0: 0.25, 4.0: 0.5}), 2.75, 0.25 + 1 + 8 - 2.75**2),
        (MIXED, 3.0, 0.75 * (16 / 12 + 16) - 9),
        (Empirical(values=(1.0, 2.0, 4.0)), 7 / 3, (1 + 16) / 6 + (1 + 2 + 4 + 4 + 8 + 16) / 9 - 49 / 9),
    ],
    ids=lambda each: getattr(each, "family", ""),
)  # fmt: skip
def test_the_mean_and_the_variance_are_those_of_the_closed_form(
    member: Distribution, mean: float, variance: float
) -> None:
    assert moments(member) == pytest.approx((mean, variance), rel=2e-4)


def test_a_sample_has_its_own_mean_exactly() -> None:
    sample = np.array([0.03, -0.4, 1.7, 0.2, 0.2, 0.9])
    assert moments(Empirical(values=tuple(sample)))[0] == pytest.approx(sample.mean(), rel=1e-9)
