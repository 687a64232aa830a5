"""Every row that a formula may read has a unit."""

import pytest

from tests.companies import lively
from valsim.core.unit import BOOL, ONE, Unit, parse_unit
from valsim.scenario.rules.row_units import level_units, row_units


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("arr", "USD/year"),
        ("arr.market_size", "USD/year"),
        ("arr.start", "USD/year"),
        ("unit_cost", "USD"),
        ("served", "1/year"),
        ("cash", "USD"),
        ("burn", "USD/year"),
        ("valued_revenue", "USD/year"),
        ("enterprise_value", "USD"),
        ("equity_value.start", "USD"),
    ],
)
def test_a_row_is_in_money_or_in_what_its_driver_counts(name: str, unit: str) -> None:
    assert row_units(lively())[name] == parse_unit(unit)[1]


@pytest.mark.parametrize(
    ("name", "unit"),
    [("audit", BOOL), ("multiple", ONE), ("arr.growth", ONE), ("runway", Unit.of("year")), ("audit.start", BOOL)],
)
def test_signals_are_conditions_and_ratios_are_plain(name: str, unit: Unit) -> None:
    assert row_units(lively())[name] == unit


def test_drivers_read_no_row_that_follows_from_them() -> None:
    assert not {"equity_value", "burn", "runway", "cash_flow"} & level_units(lively()).keys()
