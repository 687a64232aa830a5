"""The key says whether a chance is a hazard or a probability."""

import math

import pytest
from pydantic import ValidationError

from tests.core.parameter.known import KNOWN
from valsim.core.hazard import Chance
from valsim.core.parameter import realise


def per_year(**chance: str) -> float:
    return float(realise(Chance.model_validate(chance), KNOWN).per_year)


def test_a_hazard_is_a_rate_per_year_whatever_time_it_is_stated_over() -> None:
    assert per_year(hazard="20% per year") == 0.2
    assert per_year(hazard="5%/quarter") == pytest.approx(0.2, rel=1e-12)


def test_a_probability_per_year_comes_true_with_that_probability_within_a_year() -> None:
    assert 1 - math.exp(-per_year(probability_per_year="20%")) == pytest.approx(0.2, rel=1e-12)


def test_what_is_certain_within_a_year_is_no_chance() -> None:
    with pytest.raises(ValidationError, match="must be below 1, got '100%'"):
        Chance.model_validate({"probability_per_year": "100%"})


@pytest.mark.parametrize("given", [{}, {"hazard": "20% per year", "probability_per_year": "20%"}])
def test_a_chance_is_named_in_one_way(given: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="expected one of hazard and probability_per_year"):
        Chance.model_validate(given)


@pytest.mark.parametrize("given", [{"hazard": "20%"}, {"probability_per_year": "20% per year"}])
def test_a_hazard_is_per_year_and_a_probability_is_plain(given: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match=r"expected a (chance per year|fraction) such as"):
        Chance.model_validate(given)
