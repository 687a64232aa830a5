"""Under the risk-neutral measure drifts are lowered by the price of risk, and money is discounted at the risk-free rate."""

import numpy as np
import pytest
from pydantic import ValidationError

from tests.core.parameter.known import KNOWN
from tests.drivers.process.playing import PATHS, process, standard_errors
from valsim.core.parameter import realise
from valsim.core.streams import Streams
from valsim.value.measure import Measure, PriceOfRisk, discount_factor, real_world, risk_neutral

MEASURE = realise(Measure.model_validate({"risk_free": "4%", "equity_premium": "5%", "beta": "1.4"}), KNOWN)
CHARGE = 1.4 * 0.05
MULTIPLE = {"kind": "geometric_brownian", "start": "20", "growth": "10%", "volatility": "40%"}


def played(price: PriceOfRisk, lengths: list[float]) -> np.ndarray:
    multiple, streams = process(MULTIPLE), Streams(3, 0, PATHS // 4096, PATHS)
    for dt in lengths:
        shock = price.shifted("multiple", streams.normal("multiple"), multiple.volatility, dt)
        multiple = multiple.advance(dt, shock, {})
    return multiple.level({})


@pytest.mark.parametrize("lengths", [[3.0], [0.25] * 12, [0.1, 0.0, 2.4, 0.5]], ids=["one step", "quarters", "uneven"])
def test_every_path_of_a_geometric_multiple_is_lowered_by_exactly_the_charge(lengths: list[float]) -> None:
    ratio = played(risk_neutral(MEASURE), lengths) / played(real_world(MEASURE), lengths)
    np.testing.assert_allclose(ratio, np.exp(-CHARGE * 3), rtol=1e-12)


def test_the_risk_neutral_mean_is_the_closed_form_within_four_standard_errors() -> None:
    assert standard_errors(played(risk_neutral(MEASURE), [0.25] * 12), 20 * 1.1**3 * np.exp(-CHARGE * 3)) < 4


def test_only_the_multiple_is_charged() -> None:
    shock = np.array([0.5, -0.5])
    assert risk_neutral(MEASURE).shifted("users", shock, np.asarray(0.4), 1.0) is shock
    assert real_world(MEASURE).shifted("multiple", shock, np.asarray(0.4), 1.0) is shock


def test_the_shift_of_a_shock_is_the_charge_over_the_volatility() -> None:
    price = PriceOfRisk({"multiple": np.array([0.07, 0.07])})
    shifted = price.shifted("multiple", np.zeros(2), np.array([0.35, 0.0]), 0.25)
    assert shifted.tolist() == pytest.approx([-0.07 * 0.5 / 0.35, 0.0])


def test_a_later_dollar_is_worth_less_by_the_risk_free_rate_compounded_yearly() -> None:
    assert discount_factor(np.asarray(0.04), np.array([0.0, 1.0, 2.5])).tolist() == pytest.approx(
        [1.0, 1 / 1.04, 1.04**-2.5]
    )
    assert float(discount_factor(np.asarray(-0.01), np.asarray(1.0))) == pytest.approx(1 / 0.99)


@pytest.mark.parametrize("wrong", [{"risk_free": "-100%"}, {"equity_premium": "-1%"}, {"beta": "3 USD"}])
def test_a_measure_of_numbers_that_mean_nothing_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Measure.model_validate({"risk_free": "4%", "equity_premium": "5%", "beta": "1.4", **wrong})
