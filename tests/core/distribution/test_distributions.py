"""Every family is its quantile function; bounds cut it, they do not move its draws."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from valsim.core.distribution import Distribution
from valsim.core.distribution.beta import Beta
from valsim.core.distribution.constant import Constant
from valsim.core.distribution.lognormal import Lognormal
from valsim.core.distribution.normal import Normal
from valsim.core.distribution.pert import Pert
from valsim.core.distribution.quantiled import Quantiled
from valsim.core.distribution.readings import Readings
from valsim.core.distribution.triangular import Triangular
from valsim.core.distribution.uniform import Uniform

U = st.floats(1e-6, 1 - 1e-6)
FRACTIONS = st.floats(0.01, 0.99)
PAIRS = st.sampled_from([("p10", "p90"), ("p1", "p99"), ("p5", "p50"), ("p25", "p75"), ("p50", "p95")])
MEMBERS = [
    Normal(mean=2.0, standard_deviation=3.0),
    Lognormal(median=5.0, sigma=0.8),
    Lognormal(mean=5.0, sigma=0.8),
    Beta(alpha=2.0, beta=3.0),
    Beta(mean=0.3, concentration=12.0),
    Uniform(low=-1.0, high=4.0),
    Triangular(low=-1.0, mode=0.0, high=4.0),
    Pert(low=-1.0, mode=0.0, high=4.0),
    Readings(parts=(Uniform(low=0.0, high=1.0), Uniform(low=2.0, high=3.0)), weights=(0.3, 0.7)),
]


@pytest.mark.parametrize("member", MEMBERS, ids=repr)
@given(u=U)
def test_the_quantile_function_undoes_the_probability(member: Distribution, u: float) -> None:
    assert member.cumulative(float(member.at(np.asarray(u)))) == pytest.approx(u, rel=1e-9)


@pytest.mark.parametrize("member", MEMBERS, ids=repr)
@given(u=U, ends=st.tuples(FRACTIONS, FRACTIONS).map(sorted))
def test_bounds_leave_the_rest_of_the_distribution_in_proportion(
    member: Distribution, u: float, ends: list[float]
) -> None:
    assume(ends[1] - ends[0] > 0.01)
    low, high = (float(member.at(np.asarray(end))) for end in ends)
    cut = member.but(at_least=low, at_most=high)
    x = float(cut.at(np.asarray(u)))
    assert low <= x <= high
    assert (member.cumulative(x) - ends[0]) / (ends[1] - ends[0]) == pytest.approx(u, abs=1e-7)


@given(pair=PAIRS, low=st.floats(-1e9, 1e9), width=st.floats(1e-3, 1e9))
def test_a_normal_meets_its_two_quantiles_exactly(pair: tuple[str, str], low: float, width: float) -> None:
    high = low + width
    assume(high > low)
    meets(Normal(**dict(zip(pair, (low, high), strict=True))), 1e-12 * max(abs(low), width))


@given(pair=PAIRS, low=st.floats(1e-6, 1e9), ratio=st.floats(1.001, 1e4))
def test_a_lognormal_meets_its_two_quantiles_exactly(pair: tuple[str, str], low: float, ratio: float) -> None:
    meets(Lognormal(**dict(zip(pair, (low, low * ratio), strict=True))), 1e-11 * low * ratio)


@given(pair=PAIRS, middle=st.floats(-7, 7), width=st.floats(0.01, 10))
def test_a_beta_meets_two_quantiles_over_a_wide_range(pair: tuple[str, str], middle: float, width: float) -> None:
    low, high = (1 / (1 + np.exp(-(middle + side * width / 2))) for side in (-1, 1))
    beta = Beta(**dict(zip(pair, (float(low), float(high)), strict=True)))
    for p, x in beta.quantiles().items():
        assert beta.cumulative(x) == pytest.approx(p, abs=1e-9)


@pytest.mark.parametrize("shapes", [(2.0, 3.0), (0.5, 0.5), (0.05, 4.0), (30.0, 0.2), (1e4, 1e4), (8.0, 0.01)], ids=str)
def test_a_row_of_beta_draws_is_what_the_exact_quantiles_are_one_by_one(shapes: tuple[float, float]) -> None:
    beta = Beta(alpha=shapes[0], beta=shapes[1])
    u = np.concatenate([np.logspace(-9, -2, 50), np.linspace(0.01, 0.99, 200), 1 - np.logspace(-2, -9, 50)])
    row = beta.at(u)
    np.testing.assert_allclose(row, [float(beta.at(np.asarray(one))) for one in u], rtol=1e-7, atol=1e-290)
    assert (np.diff(row) >= 0).all()


def meets(member: Quantiled, tolerance: float) -> None:
    for p, value in member.quantiles().items():
        assert float(member.at(np.asarray(p))) == pytest.approx(value, abs=tolerance)


def test_three_quantiles_that_agree_are_kept() -> None:
    meets(Lognormal(p10=1.0, p50=2.0, p90=4.0), 1e-12)


def test_a_mean_and_a_median_name_different_lognormals() -> None:
    assert float(Lognormal(median=5.0, sigma=1.0).at(np.asarray(0.5))) == pytest.approx(5.0, rel=1e-15)
    assert float(Lognormal(mean=5.0, sigma=1.0).at(np.asarray(0.5))) == pytest.approx(5.0 * np.exp(-0.5), rel=1e-14)


def test_the_mean_of_a_lognormal_or_beta_is_what_was_stated() -> None:
    u = (np.arange(200_000) + 0.5) / 200_000
    assert Lognormal(mean=5.0, sigma=0.5).at(u).mean() == pytest.approx(5.0, rel=1e-4)
    assert Beta(mean=0.3, concentration=12.0).at(u).mean() == pytest.approx(0.3, rel=1e-6)


def test_no_draw_is_infinite_even_at_the_last_number_below_one() -> None:
    last = np.asarray(1 - 2**-53)
    cut = Lognormal(median=1.0, sigma=1.0, at_least=0.5)
    assert np.isfinite(cut.at(last))


def test_a_constant_is_a_scalar_that_every_path_shares() -> None:
    assert np.shape(Constant(value=3.0).at(np.linspace(0.1, 0.9, 5))) == ()
    assert float(Constant(value=3.0, at_least=3.0, at_most=3.0).at(np.asarray(0.5))) == 3.0


def test_conflicting_readings_are_believed_in_proportion_to_their_weights() -> None:
    price = Readings(parts=(Constant(value=1.0), Constant(value=2.0), Constant(value=3.0)), weights=(0.2, 0.3, 0.5))
    drawn = price.at((np.arange(1000) + 0.5) / 1000)
    assert [int((drawn == value).sum()) for value in (1, 2, 3)] == [200, 300, 500]
    assert price.limits() == (1.0, 3.0)


def test_each_family_says_what_its_numbers_are_and_lies_within_its_support() -> None:
    assert set(Distribution.kinds) == {
        "beta", "constant", "discrete", "empirical", "lognormal", "mixture", "normal", "pert", "triangular", "uniform",
    }  # fmt: skip
    assert Lognormal(median=1.0, sigma=1.0, at_most=9.0).support() == (0.0, 9.0)
    assert Beta(alpha=1.0, beta=1.0, at_least=0.2).support() == (0.2, 1.0)
    assert Normal(mean=0.0, standard_deviation=1.0).support() == (-np.inf, np.inf)


@pytest.mark.parametrize(
    ("given", "place", "message"),
    [
        ({"family": "normal", "mean": 1.0}, (), "expected mean and standard_deviation, or at least two quantiles such as p10 and p90"),
        ({"family": "normal", "p10": 1.0}, (), "expected mean and standard_deviation, or at least two quantiles such as p10 and p90"),
        ({"family": "normal", "mean": 1.0, "p10": 1.0, "p90": 2.0}, (), "expected mean and standard_deviation, or at least two quantiles such as p10 and p90"),
        ({"family": "lognormal"}, (), "expected median and sigma or mean and sigma, or at least two quantiles such as p10 and p90"),
        ({"family": "lognormal", "median": 1.0, "mean": 1.0, "sigma": 1.0}, (), "expected median and sigma or mean and sigma, or at least two quantiles such as p10 and p90"),
        ({"family": "beta", "alpha": 1.0, "concentration": 1.0}, (), "expected alpha and beta or mean and concentration, or at least two quantiles such as p10 and p90"),
        ({"family": "normal", "p10": 2.0, "p90": 1.0}, (), "quantiles must rise: p10 = 2, p90 = 1"),
        ({"family": "normal", "p10": 1.0, "p90": 1.0}, (), "quantiles must rise: p10 = 1, p90 = 1"),
        ({"family": "lognormal", "p10": 1.0, "p50": 3.0, "p90": 4.0}, (), "no lognormal meets p10 = 1, p50 = 3, p90 = 4; the nearest, through the outer two, has p10 = 1, p50 = 2, p90 = 4"),
        ({"family": "normal", "mean": 1.0, "standard_deviation": 0.0}, ("standard_deviation",), "standard_deviation must be above 0, got 0"),
        ({"family": "lognormal", "median": 0, "sigma": 1.0}, ("median",), "median must be above 0, got 0"),
        ({"family": "lognormal", "median": 1.0, "sigma": -1.0}, ("sigma",), "sigma must be above 0, got -1"),
        ({"family": "lognormal", "p10": -1.0, "p90": 1.0}, ("p10",), "p10 must be above 0, got -1"),
        ({"family": "beta", "p10": 0.0, "p90": 0.5}, ("p10",), "a beta number lies between 0 and 1, got p10 = 0"),
        ({"family": "beta", "mean": 1.0, "concentration": 3.0}, ("mean",), "a beta number lies between 0 and 1, got mean = 1"),
        ({"family": "beta", "alpha": 0.0, "beta": 3.0}, ("alpha",), "alpha must be above 0, got 0"),
        ({"family": "uniform", "low": 2.0, "high": 2.0}, (), "low must be below high, got 2 and 2"),
        ({"family": "uniform", "low": 1.0, "high": 2.0, "at_least": 3.0}, (), "nothing of the distribution lies between at_least and at_most"),
        ({"family": "normal", "p10": 1.0, "p90": 2.0, "at_least": 2.0, "at_most": 1.0}, (), "nothing of the distribution lies between at_least and at_most"),
        ({"family": "lognormal", "mean": 1e300, "sigma": 1e300, "at_least": 10.0}, (), "nothing of the distribution lies between at_least and at_most"),
        ({"family": "lognormal", "median": 1.0, "sigma": 1e4}, (), "the values of this distribution lie beyond 1e308"),
        ({"family": "uniform", "low": 2.0, "high": 2.0, "at_least": 3.0}, (), "low must be below high, got 2 and 2"),
        ({"family": "constant", "value": 1.0, "at_most": 0.5}, (), "nothing of the distribution lies between at_least and at_most"),
    ],
)  # fmt: skip
def test_what_names_no_member_of_a_family_is_refused(
    given: dict[str, object], place: tuple[str, ...], message: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        Distribution.choose(given)
    (detail,) = caught.value.errors()
    assert (detail["loc"], detail["msg"]) == (place, message)


def test_readings_need_a_weight_each() -> None:
    with pytest.raises(ValidationError, match="each reading has a weight above 0"):
        Readings(parts=(Constant(value=1.0), Constant(value=2.0)), weights=(1.0, 0.0))


def test_equal_quantiles_are_refused_before_bounds_are_looked_at():
    with pytest.raises(ValidationError, match="quantiles must rise"):
        Distribution.choose({"family": "lognormal", "p10": 1.0, "p90": 1.0, "at_most": 2.0})
