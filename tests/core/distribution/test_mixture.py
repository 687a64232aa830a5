"""A mixture is one of its components; its quantile function is the inverse of the weighted probabilities."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from valsim.core.distribution import Distribution
from valsim.core.distribution.beta import Beta
from valsim.core.distribution.constant import Constant
from valsim.core.distribution.discrete import Discrete
from valsim.core.distribution.lognormal import Lognormal
from valsim.core.distribution.mixture import Component, Mixture
from valsim.core.distribution.normal import Normal
from valsim.core.distribution.uniform import Uniform


def mixture(*parts: tuple[float, Distribution], **bounds: float) -> Mixture:
    return Mixture(components=tuple(Component(weight=w, number=part) for w, part in parts), **bounds)


SALE = mixture((0.3, Constant(value=0.0)), (0.7, Lognormal(median=5.0, sigma=1.0)))
TWO_WORLDS = mixture((0.6, Normal(mean=0.0, standard_deviation=1.0)), (0.4, Normal(mean=20.0, standard_deviation=2.0)))
JUMPS = mixture((0.5, Discrete(values={1.0: 0.5, 3.0: 0.5})), (0.5, Beta(alpha=2.0, beta=2.0)))
ONE = mixture((0.5, Lognormal(median=5.0, sigma=0.7)), (0.5, Lognormal(median=5.0, sigma=0.7)))


def test_a_value_is_drawn_exactly_as_often_as_its_weight_says() -> None:
    drawn = SALE.at((np.arange(1000) + 0.5) / 1000)
    assert (drawn == 0).sum() == 300
    assert (drawn > 0).sum() == 700


def test_nothing_falls_into_a_gap_between_components() -> None:
    drawn = mixture((0.4, Uniform(low=0.0, high=1.0)), (0.6, Uniform(low=10.0, high=11.0))).at(
        np.linspace(0, 0.99999, 100_001)
    )
    assert ((drawn <= 1) | (drawn >= 10)).all()


def test_a_mixture_of_a_distribution_with_itself_is_that_distribution() -> None:
    u = np.concatenate([np.logspace(-12, -2, 40), np.linspace(0.01, 0.99, 500), 1 - np.logspace(-2, -7, 40)])
    assert ONE.at(u) == pytest.approx(Lognormal(median=5.0, sigma=0.7).at(u), rel=1e-8)


@pytest.mark.parametrize("member", [SALE, TWO_WORLDS, JUMPS], ids=["value", "two worlds", "jumps"])
@given(seed=st.integers(0, 2**32))
@settings(max_examples=10)
def test_a_row_is_what_the_exact_quantiles_are_one_by_one(member: Mixture, seed: int) -> None:
    u = np.random.default_rng(seed).random(40)
    row = member.at(u)
    exact = np.array([float(member.at(np.asarray(one))) for one in u])
    assert row == pytest.approx(exact, rel=1e-7, abs=1e-7)
    assert (np.diff(member.at(np.sort(u))) >= 0).all()


@given(u=st.floats(0, 1, exclude_max=True))
def test_a_draw_is_the_smallest_value_with_more_than_u_at_or_below_it(u: float) -> None:
    x = float(JUMPS.at(np.asarray(u)))
    assert float(JUMPS.cumulative(x)) > u
    assert float(JUMPS.cumulative(np.nextafter(x, -np.inf))) <= u


def test_the_bounds_of_a_component_hold_before_it_is_mixed() -> None:
    cut = mixture((0.5, Constant(value=0.0)), (0.5, Uniform(low=0.0, high=4.0, at_least=2.0)))
    assert cut.cumulative([0.0, 2.0, 3.0, 4.0]).tolist() == [0.5, 0.5, 0.75, 1.0]
    assert cut.at(np.array([0.2, 0.75])).round(9).tolist() == [0.0, 3.0]


def test_bounds_cut_the_whole_at_a_value_of_its_own() -> None:
    assert mixture(*((p.weight, p.number) for p in SALE.components), at_most=0.0).at(np.asarray(0.9)) == 0.0
    above = mixture(*((p.weight, p.number) for p in SALE.components), at_least=1e-9)
    assert float(above.at(np.asarray(0.5))) == pytest.approx(5.0, rel=1e-9)


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        (((0.5, Constant(value=1.0)), (0.4, Constant(value=2.0))), "the weights of a mixture add up to 100 %, got 90 %"),
        (((1.0, Constant(value=1.0)),), "a mixture has at least two components, each with a weight above 0"),
        (((1.0, Constant(value=1.0)), (0.0, Constant(value=2.0))), "a mixture has at least two components, each with a weight above 0"),
    ],
)  # fmt: skip
def test_what_is_no_mixture_is_refused(parts: tuple[tuple[float, Distribution], ...], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        mixture(*parts)
