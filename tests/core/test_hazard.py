"""The key says whether a chance is a hazard or a probability."""

import math
from types import SimpleNamespace

import numpy as np
import pytest
from pydantic import ValidationError

from tests.core.parameter.known import KNOWN
from valsim.core.hazard import Chance
from valsim.core.parameter import realise


def per_year(**chance: str) -> float:
    return float(realise(Chance.model_validate(chance), KNOWN).per_year({}))


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


def test_a_chance_may_follow_the_rows() -> None:
    grown = realise(Chance.model_validate({"hazard": "2% per year * users / 1M users"}), KNOWN)
    assert grown.per_year({"users": np.array([0.0, 1e6, 5e6])}).tolist() == pytest.approx([0.0, 0.02, 0.1])


@pytest.mark.parametrize(("users", "rate"), [(-1e6, 0.0), (math.nan, 0.0), (3e6, -math.log1p(-0.6))])
def test_where_a_formula_is_below_zero_or_has_no_value_there_is_no_chance(users: float, rate: float) -> None:
    chance = realise(Chance.model_validate({"probability_per_year": "20% * users / 1M users"}), KNOWN)
    assert float(chance.per_year({"users": np.asarray(users)})) == pytest.approx(rate)


def test_where_a_formula_says_more_than_certain_the_event_is_sure() -> None:
    chance = realise(Chance.model_validate({"probability_per_year": "users / 1M users"}), KNOWN)
    within_a_year = 1 - math.exp(-float(chance.per_year({"users": np.asarray(3e6)})))
    assert within_a_year == pytest.approx(1.0, abs=1e-15)


@pytest.mark.parametrize(("key", "unit"), [("hazard", "1/year"), ("probability_per_year", "1")])
def test_a_formula_has_the_unit_of_its_chance(key: str, unit: str) -> None:
    context = SimpleNamespace(amount=lambda path, value, unit: [(path, value.text, unit)] if value else [])
    chance = Chance.model_validate({key: "users * 2"})
    assert list(chance.problems(context)) == [((key,), "users * 2", unit)]


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ({"hazard": "4% per year * users / 1M users"}, {"users"}),
        ({"probability_per_year": "min(90%, share)"}, {"share"}),
        ({"hazard": "20% per year"}, set()),
    ],
)
def test_a_chance_reads_the_rows_of_its_formula(given: dict[str, str], read: set[str]) -> None:
    assert Chance.model_validate(given).reads == read
