"""A document with wrong fields still tells what is wrong with its formulas, as far as they can be read."""

from typing import Any

import pytest

from tests.companies import LIVELY, steady
from tests.scenario.found import problems
from valsim.core.errors import ScenarioError
from valsim.scenario.rules.half_read import half_read_problems

USERS = {"kind": "constant", "value": "10M users"}


def found(drivers: dict[str, Any], **rest: Any) -> list[str]:
    data = {"currency": "USD", "drivers": drivers, **rest}
    return [f"{problem.place}: {problem.message}" for problem in half_read_problems(data)]


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
    assert list(half_read_problems(data)) == []


def test_wrong_fields_and_wrong_formulas_are_reported_together():
    with pytest.raises(ScenarioError) as raised:
        steady("company.cash=lots", "drivers.bad={kind: formula, value: revenue + 1 USD, unit: USD/year}")
    assert [problem.place for problem in raised.value.problems] == ["company.cash", "drivers.bad.value"]


CHANGES = {
    "rounds[0].closings[1].when": "arr >= 25M USD",
    "rounds[0].closings[0].post_money_valuation": "arr",
    "risks.outage.effect": "{arrr: '* 2'}",
    "signals.audit.if_true": "{arr: '- 5M USD'}",
    "signals.audit.at": "2035-01-01",
    "exits.ipo.when": "arr",
    "valuation.enterprise_value.revenue": "cost * 1 year",
    "positions.me.seller": "Nobody",
    "drivers.served.value": "arr / 3 USD + 1",
    "cash_flow": "gross_profit - served",
}


@pytest.mark.parametrize(
    "wrong", ["company.cash=lots", "simulation.paths=0", "rounds[1].at_most=0", "at_horizon.kind=sail"]
)
def test_a_wrong_field_hides_no_other_problem(wrong: str) -> None:
    changes = [f"{path}={value}" for path, value in CHANGES.items()]
    alone = {problem.place for problem in problems(LIVELY, *changes)}
    together = {problem.place for problem in problems(LIVELY, *changes, wrong)}
    assert len(alone) == len(CHANGES)
    assert together - alone == {wrong.partition("=")[0]}
    assert alone - together <= ({"signals.audit.at"} if wrong.startswith("at_horizon") else set())


@pytest.mark.parametrize(
    "wrong",
    ["drivers.arr.start=lots", "signals.audit.at=soon", "captable.classes.pool.shares=lots", "rounds[0].closings[0].at=soon",
     "captable.positions.Fund=lots", "currency=USB", "as_of=soon", "valuation.multiple.kind=none", "horizon=long", "drivers=3"],
)  # fmt: skip
def test_what_could_not_be_read_is_not_taken_for_missing(wrong: str) -> None:
    assert [problem.place for problem in problems(LIVELY, wrong)] == [wrong.partition("=")[0]]


def test_a_carve_out_knows_the_holders_of_a_half_read_document():
    plan = "captable.carve_out={kind: offset, fraction: 10%, recipients: [Ada, Bob], base: after_debt, paid_at: [ipo]}"
    with pytest.raises(ScenarioError) as raised:
        steady("company.cash=much", plan)
    assert [problem.place for problem in raised.value.problems] == ["company.cash", "captable.carve_out.recipients[1]"]
