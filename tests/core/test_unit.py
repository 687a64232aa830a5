"""Units multiply, divide and are written the way a person reads them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valsim.core.unit import BOOL, ONE, QuantityError, Unit, parse_unit

USD, YEAR, USER = Unit.of("USD"), Unit.of("year"), Unit.of("user")
UNITS = st.dictionaries(
    st.sampled_from(["USD", "EUR", "year", "ms", "user", "request"]),
    st.fractions(-3, 3, max_denominator=4).filter(bool),
    max_size=4,
).map(lambda powers: Unit(tuple(sorted(powers.items()))))


@pytest.mark.parametrize(
    ("text", "scale", "unit"),
    [
        ("USD/user/year", 1.0, USD / USER / YEAR),
        ("USD per user per year", 1.0, USD / USER / YEAR),
        ("USD/month", 12.0, USD / YEAR),
        ("%/quarter", 0.04, ONE / YEAR),
        ("1/year", 1.0, YEAR**-1),
        ("/day", 365.25, YEAR**-1),
        ("months", 1 / 12, YEAR),
        ("s", 1000.0, Unit.of("ms")),
        ("usd", 1.0, USD),
        ("RMB", 1.0, Unit.of("CNY")),
        ("CNY/USD", 1.0, Unit.of("CNY") / USD),
    ],
)
def test_a_unit_reads_as_its_size_in_base_dimensions(text: str, scale: float, unit: Unit) -> None:
    assert parse_unit(text) == (scale, unit)


@pytest.mark.parametrize("text", ["", "/", "USD EUR", "USD*EUR", "month^(1/2)", "m", "USD^", "x" * 200, "year^999"])
def test_what_is_no_unit_is_refused(text: str) -> None:
    with pytest.raises(QuantityError):
        parse_unit(text)


def test_an_unknown_word_names_the_nearest_known_one() -> None:
    with pytest.raises(QuantityError, match="unknown unit 'monhts'") as caught:
        parse_unit("USD/monhts")
    assert caught.value.help == "did you mean 'months'?"


@pytest.mark.parametrize(
    ("unit", "one", "many"),
    [
        (USD / USER / YEAR, "USD/user/year", "USD/user/year"),
        (USER / YEAR, "user/year", "users/year"),
        (ONE / YEAR, "1/year", "/year"),
        (ONE, "1", ""),
        (USD**2, "USD^2", "USD^2"),
    ],
)
def test_a_unit_is_written_with_what_it_is_per_behind_slashes(unit: Unit, one: str, many: str) -> None:
    assert (str(unit), unit.plural) == (one, many)


@given(UNITS)
def test_a_written_unit_reads_back_unless_it_multiplies_currencies(unit: Unit) -> None:
    if len(unit.currencies) <= 1:
        assert parse_unit(str(unit)) == (1.0, unit)


@given(UNITS, UNITS)
def test_dividing_undoes_multiplying(left: Unit, right: Unit) -> None:
    assert left * right / right == left
    assert left / left == ONE == left**0


def test_powers_may_be_broken() -> None:
    assert (USD**2) ** Fraction(1, 2) == USD


def test_a_truth_is_no_plain_number() -> None:
    assert BOOL != ONE


def test_a_unit_may_begin_with_per_and_never_with_times() -> None:
    assert parse_unit("/user") == (1.0, ONE / Unit.of("user"))
    with pytest.raises(QuantityError, match=r"expected a unit such as USD/year, got '\*%'"):
        parse_unit("*%")


@pytest.mark.parametrize(
    ("text", "scale", "unit"),
    [
        ("MWh", 1000.0, Unit.of("kWh")),
        ("EUR/kWh", 1.0, Unit.of("EUR") / Unit.of("kWh")),
        ("kW", 8766.0, Unit.of("kWh") / YEAR),
        ("gwh/year", 1e6, Unit.of("kWh") / YEAR),
        ("wafers", 1.0, Unit.of("wafer")),
    ],
)
def test_energy_is_counted_in_kilowatt_hours_and_power_is_energy_over_time(text: str, scale: float, unit: Unit) -> None:
    assert parse_unit(text) == (scale, unit)


def test_a_megawatt_over_an_hour_is_a_megawatt_hour() -> None:
    (power, per_time), (hour, time), (energy, unit) = parse_unit("MW"), parse_unit("hour"), parse_unit("MWh")
    assert (power * hour, per_time * time) == (energy, unit)


@pytest.mark.parametrize(
    ("word", "advice"),
    [
        ("euros", "write EUR"),
        ("Dollar", "write USD"),
        ("UDS", "did you mean 'USD'?"),
        ("kWp", "did you mean 'kW'?"),
        ("systms", "did you mean 'systems'?"),
    ],
)
def test_a_word_in_lower_case_is_taken_for_no_code_of_a_currency(word: str, advice: str) -> None:
    with pytest.raises(QuantityError) as caught:
        parse_unit(word)
    assert caught.value.help == advice


@pytest.mark.parametrize("word", ["krx", "xyzzy"])
def test_where_nothing_is_near_the_known_units_are_listed(word: str) -> None:
    with pytest.raises(QuantityError) as caught:
        parse_unit(word)
    assert caught.value.help.startswith("known are currencies such as USD, times, %, kWh and what is counted: barrels,")


def test_a_multiple_written_with_an_x_is_told_how_numbers_are_written() -> None:
    with pytest.raises(QuantityError) as caught:
        parse_unit("x")
    assert caught.value.help == "a multiple is a number alone: write 1.5 for 1.5x"


def test_one_currency_per_another_is_an_exchange_rate_and_nothing_else_is():
    yuan = Unit.of("CNY")
    assert (USD / yuan).is_exchange_rate
    assert not any(unit.is_exchange_rate for unit in (USD, yuan * USD, USD / yuan**2, USD / Unit.of("year")))


def test_what_differs_by_a_currency_says_by_what_to_multiply():
    yearly = Unit.of("CNY") / Unit.of("year")
    assert yearly.advice_for(USD / Unit.of("year")) == "multiply CNY/year by an exchange rate in USD/CNY"
    assert yearly.advice_for(USD) == ""
