"""A document with wrong fields still tells what is wrong with its formulas, as far as they can be read."""

from typing import Any

import pytest

from tests.companies import steady
from valsim.core.errors import ScenarioError
from valsim.scenario.half_read import problems_of_formulas

USERS = {"kind": "constant", "value": "10M users"}


def found(drivers: dict[str, Any], **rest: Any) -> list[str]:
    data = {"currency": "USD", "drivers": drivers, **rest}
    return [f"{problem.place}: {problem.message}" for problem in problems_of_formulas(data)]


def formula(value: str, unit: str = "USD/year") -> dict[str, str]:
    return {"kind": "formula", "value": value, "unit": unit}


def test_units_and_names_of_formulas_are_checked():
    drivers = {"users": USERS, "a": formula("users + 5M USD/year"), "b": formula("usres * 2 USD/user/year")}
    assert found(drivers) == [
        "drivers.a.value: cannot add users and USD/year",
        "drivers.b.value: unknown name 'usres'",
    ]


def test_a_formula_of_a_driver_that_cannot_be_read_is_left_alone():
    assert found({"users": {"kind": "constant", "value": "lots"}, "a": formula("users + 5M USD/year")}) == []


@pytest.mark.parametrize("data", [{}, {"drivers": 3}, {"drivers": {"a": 4}, "currency": 7, "signals": []}])
def test_a_document_without_readable_drivers_has_no_problems_of_formulas(data: dict[str, Any]):
    assert list(problems_of_formulas(data)) == []


def test_wrong_fields_and_wrong_formulas_are_reported_together():
    with pytest.raises(ScenarioError) as raised:
        steady("company.cash=lots", "drivers.bad={kind: formula, value: revenue + 1 USD, unit: USD/year}")
    assert [problem.place for problem in raised.value.problems] == ["company.cash", "drivers.bad.value"]
