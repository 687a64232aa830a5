"""Discounts for lack of marketability, against published tables, integrals and limits."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import valsim
from tests.companies import steady
from valsim.analysis.holders import holders
from valsim.captable.term.marketability import Marketability
from valsim.captable.term.marketability.chaffe_put import ChaffePut
from valsim.captable.term.marketability.finnerty_put import FinnertyPut
from valsim.captable.term.marketability.longstaff_put import LongstaffPut
from valsim.core.special import normal_quantile

MODELS = (ChaffePut, FinnertyPut, LongstaffPut)
NODES = (np.arange(400_000) + 0.5) / 400_000
"""Of a midpoint rule over the quantiles of a standard normal number."""


def taken_off(model: Any, volatility: float, term: float, **others: float) -> float:
    rows = {"volatility": volatility, "term": term, **({"rate": 0.0} if model is ChaffePut else {}), **others}
    return float(model.model_construct(**{key: np.asarray(row) for key, row in rows.items()}).taken_off)


@pytest.mark.parametrize(
    ("term", "published"), [(1, (8.232, 16.984, 26.276)), (2, (11.793, 24.643, 38.605)), (5, (19.128, 40.979, 65.772))]
)
def test_longstaff_gives_the_upper_bounds_of_his_table(term: float, published: tuple[float, ...]) -> None:
    """Longstaff (1995), table I, in percent at volatilities of 10, 20 and 30 %."""
    found = [100 * taken_off(LongstaffPut, volatility, term) for volatility in (0.1, 0.2, 0.3)]
    assert found == pytest.approx(published, abs=5e-4)


@pytest.mark.parametrize(("volatility", "term", "rate"), [(0.6, 2.0, 0.05), (0.9, 4.0, 0.15), (0.2, 0.5, 0.0)])
def test_a_protective_put_is_what_it_is_expected_to_pay(volatility: float, term: float, rate: float) -> None:
    deviation = volatility * np.sqrt(term)
    price = (1 + rate) ** term * np.exp(deviation * normal_quantile(NODES) - deviation**2 / 2)
    expected = np.mean(np.maximum(1 - price, 0.0)) / (1 + rate) ** term
    assert taken_off(ChaffePut, volatility, term, rate=rate) == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize(("volatility", "term"), [(0.3, 1.0), (0.6, 2.0), (1.2, 4.0)])
def test_an_average_strike_put_is_the_formula_as_it_is_printed(volatility: float, term: float) -> None:
    x = volatility**2 * term
    spread = x + np.log(2 * (np.exp(x) - x - 1)) - 2 * np.log(np.exp(x) - 1)
    part = np.mean(np.abs(normal_quantile(NODES)) < np.sqrt(spread) / 2)
    assert taken_off(FinnertyPut, volatility, term) == pytest.approx(part, abs=1e-5)


def test_the_average_strike_put_never_takes_off_more_than_a_third() -> None:
    """``2 N(sqrt(log 2) / 2) - 1``, the limit that Ghaidarov (2009) criticises it for."""
    limit = np.mean(np.abs(normal_quantile(NODES)) < np.sqrt(np.log(2)) / 2)
    assert taken_off(FinnertyPut, 40.0, 9.0) == pytest.approx(limit, abs=1e-5)
    assert limit == pytest.approx(0.323, abs=5e-4)


@pytest.mark.parametrize("model", MODELS)
def test_what_does_not_move_is_as_good_as_sold(model: Any) -> None:
    assert taken_off(model, 0.0, 3.0) == 0.0


def test_a_put_without_volatility_pays_only_below_a_rate_of_zero() -> None:
    assert taken_off(ChaffePut, 0.0, 2.0, rate=0.1) == 0.0
    assert taken_off(ChaffePut, 0.0, 2.0, rate=-0.1) == pytest.approx(1 / 0.81 - 1)


def test_small_and_large_variances_join_without_a_step() -> None:
    below, above = (taken_off(FinnertyPut, np.sqrt(1e-5 * side), 1.0) for side in (1 - 1e-9, 1 + 1e-9))
    assert below == pytest.approx(above, rel=1e-5)


@given(volatility=st.floats(0.01, 2.0), term=st.floats(0.1, 8.0))
def test_average_timing_is_worth_less_than_perfect_timing_and_more_of_both_takes_more_off(
    volatility: float, term: float
) -> None:
    average, perfect = (taken_off(model, volatility, term) for model in (FinnertyPut, LongstaffPut))
    assert 0 < average < perfect <= 1
    for model in MODELS:
        assert taken_off(model, volatility, term) <= taken_off(model, volatility, 2 * term) + 1e-12


def test_every_kind_is_tested_here() -> None:
    assert set(Marketability.kinds) == {"stated", "chaffe_put", "finnerty_put", "longstaff_put"}


def position(*more: str) -> dict[str, Any]:
    terms = "series: series_a, seller: Fund, pay: 3M USD, price_per_share: 3 USD, at: 2026-01-01, fees: 0%, carry: 0%"
    bought = f"positions={{me: {{kind: secondary, {terms}, transfer_consent_probability: 100%}}}}"
    return holders(valsim.simulate(steady(bought, *more), paths=2, threads=1))[0]


def test_a_position_is_told_before_and_after_what_is_taken_off() -> None:
    told = position("positions.me.marketability={kind: stated, discount: 20%}")["marketable"]
    assert told["kind"] == "stated"
    assert told["present_value_after"]["mean"] == pytest.approx(0.8 * told["present_value_before"]["mean"], rel=1e-12)


def test_nothing_is_taken_off_where_nothing_is_said() -> None:
    assert position()["marketable"] is None
