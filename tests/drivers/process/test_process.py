"""What every process has: a level, a unit, and problems to report."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from tests.drivers.process.playing import process
from valsim.core.errors import Problem
from valsim.drivers.process import Process
from valsim.drivers.process.base import lognormal_factor

USERS = {"kind": "logistic_growth", "start": "3M users", "growth": "150%", "capacity": "100M users", "volatility": "0"}


def noted(path: tuple[str, ...], expression: Any, unit: str) -> Iterator[Problem]:
    yield Problem(path, f"{expression.text} in {unit}")


CONTEXT = SimpleNamespace(formula=noted, currency="USD")


def problems(given: dict[str, Any]) -> list[tuple[tuple[str | int, ...], str]]:
    return [(p.path, p.message) for p in Process.choose(given).problems(CONTEXT)]


def test_a_level_counts_in_the_unit_of_its_start_or_in_the_one_that_is_named() -> None:
    assert str(Process.choose(USERS).level_unit) == "user"
    named = {**USERS, "start": "3M", "capacity": "100M", "unit": "users"}
    assert str(Process.choose(named).level_unit) == "user"
    assert problems(named) == []


def test_a_level_in_another_unit_is_a_problem_at_its_field() -> None:
    assert problems({**USERS, "capacity": "5B USD"}) == [(("capacity",), "expected a level in user, got '5B USD'")]
    assert problems({**USERS, "unit": "USD"}) == [
        (("start",), "expected a level in USD, got '3M users'"),
        (("capacity",), "expected a level in USD, got '100M users'"),
    ]


def test_a_bare_number_beside_a_level_with_a_unit_is_a_problem() -> None:
    assert problems({**USERS, "capacity": "100M"}) == [(("capacity",), "expected a level in user, got '100M'")]


@pytest.mark.parametrize(("unit", "message"), [("USD/month", "a base unit such as USD/year"), ("USDD", "unknown unit")])
def test_a_unit_that_is_named_is_a_base_unit(unit: str, message: str) -> None:
    with pytest.raises(ValidationError, match=message) as caught:
        Process.choose({**USERS, "unit": unit})
    assert caught.value.errors()[0]["loc"] == ("unit",)


def test_a_constant_does_not_move() -> None:
    price = process({"kind": "constant", "value": "20 USD/user/year"})
    assert float(price.advance(1.0, np.ones(3), {}).level({})) == 20.0
    assert price.shocks == 0


def test_a_formula_is_made_of_the_rows_of_the_same_instant() -> None:
    revenue = process({"kind": "formula", "value": "users * price", "unit": "USD/year"})
    assert float(revenue.advance(1.0, np.zeros(()), {}).level({"users": 3.0, "price": 2.0})) == 6.0
    assert revenue.needs == {"users", "price"}
    assert problems({"kind": "formula", "value": "users * price", "unit": "USD/year"}) == [
        (("value",), "users * price in USD/year")
    ]


def test_a_formula_names_its_unit() -> None:
    with pytest.raises(ValidationError, match="unit"):
        Process.choose({"kind": "formula", "value": "users * price"})


def test_a_learning_curve_asks_for_a_volume_per_year() -> None:
    given = {
        "kind": "learning_curve",
        "start": "2 USD",
        "learning_rate": "20%",
        "volume": "served",
        "volume_so_far": "1",
        "volatility": "0",
    }
    assert problems(given) == [(("volume",), "served in 1/year")]


def test_a_shock_of_volatility_zero_is_a_factor_of_one() -> None:
    assert lognormal_factor(np.asarray(0.0), 1.0, np.array([5.0])).tolist() == [1.0]
