"""A number whose point may part thousands is told as it is read, wherever a number stands."""

import pytest

from tests.companies import LIVELY, STEADY
from valsim.scenario.cases import checked
from valsim.scenario.load import parse_document
from valsim.scenario.rules.thousands import meant

SIGNAL = 'signals={audit: {at: 2026-07-15, probability: 50%, if_true: {revenue: "+ 5.000 USD/year"}}}'


def told(*overrides: str, text: str = STEADY, variant: str = "base") -> list[tuple[str, str]]:
    """The place and the first word of each warning of a number that may be misread."""
    found = checked(parse_document(text, "test.yaml"), overrides, (variant,)).warnings.placed
    return [(p.problem.place, p.problem.message.split()[0]) for p in found if p.problem.code == "thousands"]


@pytest.mark.parametrize(
    ("override", "place", "number"),
    [
        ("company.cash=62.000 USD", "company.cash", "62.000"),
        ("company.cash='62.000 USD'", "company.cash", "62.000"),
        ("company.cash={value: 1.250 USD, note: 62.000 would be more}", "company.cash.value", "1.250"),
        ("company.cash={family: uniform, low: 1 USD, high: 5.000 USD}", "company.cash.high", "5.000"),
        ("captable.classes.series_a.shares=5.000", "captable.classes.series_a.shares", "5.000"),
        ("captable.positions.Ada.common=5.000", "captable.positions.Ada.common", "5.000"),
        ("cash_flow=revenue * 0 + 5.000 USD/year", "cash_flow", "5.000"),
        (SIGNAL, "signals.audit.if_true.revenue", "5.000"),
    ],
)
def test_a_number_of_one_group_that_ends_in_a_zero_is_suspicious(override: str, place: str, number: str) -> None:
    assert told(override) == [(place, number)]


@pytest.mark.parametrize(
    "cash",
    ["1.125 USD", "62.00 USD", "62_000 USD", "0.500 USD", "1234.500 USD", "1.000e6 USD", "1.0000 USD", "62 USD"],
)
def test_a_usual_price_and_any_other_number_of_digits_is_not(cash: str) -> None:
    assert told(f"company.cash={cash}") == []


def test_a_percentage_with_three_decimals_is_not() -> None:
    assert told("measure.risk_free=2.500%") == []


def test_neither_is_a_text() -> None:
    assert told("description=It raised 62.000 USD.") == []


@pytest.mark.parametrize("text", [STEADY, LIVELY])
def test_the_sample_documents_have_none(text: str) -> None:
    assert told(text=text) == []


def test_what_an_entry_takes_over_is_told_once_where_it_is_written() -> None:
    own, other = "drivers.revenue.value=5.000 USD/year", "drivers.other={like: revenue}"
    assert told(own, other) == [("drivers.revenue.value", "5.000")]


def test_a_change_of_a_variant_is_told_where_it_is_written() -> None:
    text = STEADY + "variants: {bear: {changes: {company.cash: 62.000 USD}}}\n"
    assert told(text=text) == []
    assert told(text=text, variant="bear") == [("company.cash", "62.000")]


@pytest.mark.parametrize(
    ("values", "numbers"),
    [("5.000, 12.000, 7", ["5.000"]), ("5.000, 0.250", []), ("5.000, 12.5", []), ("5.125, 12.375", [])],
)
def test_a_sample_is_told_once_and_not_where_any_of_its_values_has_decimals(values: str, numbers: list[str]) -> None:
    found = told(f"company.cash={{family: empirical, values: [{', '.join(f'{v} USD' for v in values.split(', '))}]}}")
    assert [number for _, number in found] == numbers


@pytest.mark.parametrize(
    ("text", "advice"),
    [("62.000", "for 62,000 write 62_000"), ("1.125", "for 1,125 write 1_125"), ("0.500", ""), ("lots", "")],
)
def test_what_may_be_meant_is_said_of_one_group_alone(text: str, advice: str) -> None:
    assert meant(text) == advice
