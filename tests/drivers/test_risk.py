"""Risks may strike in every step."""

import numpy as np
import pytest

from tests.companies import LIVELY
from tests.core.parameter.known import KNOWN
from tests.scenario.found import warned
from valsim.core.parameter import realise
from valsim.drivers.risk import Risk

U = (np.arange(10_000) + 0.5) / 10_000


def risk(**chance: object) -> Risk:
    return realise(Risk.model_validate({**chance, "effect": {"users": "* 0.9"}}), KNOWN)


@pytest.mark.parametrize("parts", [1, 4, 12])
def test_a_risk_strikes_within_a_year_with_its_probability_whatever_the_steps(parts: int) -> None:
    spared = 1 - risk(probability_per_year="20%").strikes(1 / parts, U, {}).mean()
    assert spared**parts == pytest.approx(0.8, abs=parts * 1e-4)


def test_a_risk_never_strikes_in_a_step_without_length() -> None:
    assert not risk(hazard="500% per year").strikes(0.0, np.array([0.0, 0.5]), {}).any()


def test_a_risk_strikes_so_often_as_is_said_and_else_again_and_again() -> None:
    before = np.array([0, 1, 2, 30])
    assert risk(probability_per_year="20%", at_most=2).spares(before).tolist() == [False, False, True, True]
    assert not risk(probability_per_year="20%").spares(before).any()


def test_a_size_that_is_drawn_each_time_is_a_distribution() -> None:
    message = "no size is a distribution, so that each event is of the same size"
    anew = "risks.outage.size_drawn=each_time"
    assert warned(LIVELY, anew) == {"risks.outage.size_drawn": message}
    uncertain = "risks.outage.effect.multiple={times: {family: uniform, low: 0.7, high: 0.9}, recovery: 18 months}"
    assert warned(LIVELY, anew, uncertain) == {}
    lasting = "risks.outage.effect.multiple={times: 0.8, recovery: {family: uniform, low: 1 year, high: 2 years}}"
    assert warned(LIVELY, anew, lasting) == {"risks.outage.size_drawn": message}


def struck(**given: object) -> Risk:
    return realise(Risk.model_validate({"probability_per_year": "8%", **given}), KNOWN)


BOTH = {"multiple": "* 0.75", "users": {"times": "0.9", "recovery": "3 years"}, "price": "+ 2"}


def recoveries(risk: Risk) -> dict[str, float | None]:
    return {row: None if effect.recovery is None else float(effect.recovery) for row, effect in risk.own.items()}


def test_a_recovery_of_the_risk_is_that_of_each_effect_without_its_own() -> None:
    assert recoveries(struck(effect=BOTH, recovery="18 months")) == {"multiple": 1.5, "users": 3.0, "price": 1.5}


def test_without_any_recovery_an_effect_is_permanent() -> None:
    assert recoveries(struck(effect=BOTH)) == {"multiple": None, "users": 3.0, "price": None}


def test_what_the_sector_shares_is_the_effect_on_the_multiple_alone() -> None:
    risk = struck(effect=BOTH, recovery="18 months", contagion="sector")
    assert {row: float(effect.times) for row, effect in risk.shared.items()} == {"multiple": 0.75}
    assert recoveries(risk) == {"users": 3.0, "price": 1.5}
    assert dict(struck(effect=BOTH).shared) == {}
