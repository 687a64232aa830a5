"""Risks may strike in every step."""

import numpy as np
import pytest

from tests.core.parameter.known import KNOWN
from valsim.core.parameter import realise
from valsim.drivers.risk import Risk

U = (np.arange(10_000) + 0.5) / 10_000


def risk(**chance: str) -> Risk:
    return realise(Risk.model_validate({**chance, "effect": {"users": "* 0.9"}}), KNOWN)


@pytest.mark.parametrize("parts", [1, 4, 12])
def test_a_risk_strikes_within_a_year_with_its_probability_whatever_the_steps(parts: int) -> None:
    spared = 1 - risk(probability_per_year="20%").strikes(1 / parts, U, {}).mean()
    assert spared**parts == pytest.approx(0.8, abs=parts * 1e-4)


def test_a_risk_never_strikes_in_a_step_without_length() -> None:
    assert not risk(hazard="500% per year").strikes(0.0, np.array([0.0, 0.5]), {}).any()


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
