"""Numbers as people write them are read exactly or not at all."""

from contextlib import suppress
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valsim.core.quantity import Quantity, QuantityError, format_quantity, parse_date, parse_period, parse_quantity
from valsim.core.unit import ONE, Unit

USD, YEAR, USER, MS = Unit.of("USD"), Unit.of("year"), Unit.of("user"), Unit.of("ms")
UNITS = st.sampled_from([ONE, USD, YEAR, USER, MS, USD / YEAR, ONE / YEAR, USD / USER / YEAR, USER / YEAR])
FINITE = st.floats(allow_nan=False, allow_infinity=False, allow_subnormal=False)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1.4B USD", 1.4e9, USD),
        ("$1.5B", 1.5e9, USD),
        ("-$5M", -5e6, USD),
        ("HK$2m", 2e6, Unit.of("HKD")),
        ("1.5 billion USD", 1.5e9, USD),
        ("5mm USD", 5e6, USD),
        ("15 Mio USD", 15e6, USD),
        ("1.5 Mrd. USD", 1.5e9, USD),
        ("62_000 USD", 62_000, USD),
        ("62.000 USD", 62, USD),
        ("3t USD", 3e12, USD),
        ("250M USD/year", 2.5e8, USD / YEAR),
        ("20M USD/month", 2.4e8, USD / YEAR),
        ("12%", 0.12, ONE),
        ("12 %", 0.12, ONE),
        ("150 bps", 0.015, ONE),
        ("18 months", 1.5, YEAR),
        ("1.5y", 1.5, YEAR),
        ("P18M", 1.5, YEAR),
        ("P1Y6M", 1.5, YEAR),
        ("P2W", 14 / 365.25, YEAR),
        ("P90D", 90 / 365.25, YEAR),
        ("P1Y2M3W4D", float(1 + Fraction(1, 6) + Fraction(25 * 4, 1461)), YEAR),
        ("900 ms", 900.0, MS),
        ("0.9 s", 900.0, MS),
        ("9.9M", 9.9e6, ONE),
        ("9.9M users", 9.9e6, USER),
        ("480 /user/year", 480.0, ONE / USER / YEAR),
        ("1.67 per year", 1.67, ONE / YEAR),
        ("20% per year", 0.2, ONE / YEAR),
        ("20%/year", 0.2, ONE / YEAR),
        ("100_000", 1e5, ONE),
        ("4.3e9 USD", 4.3e9, USD),
        (".5", 0.5, ONE),
        (7, 7.0, ONE),
        (0.25, 0.25, ONE),
        ("0e99999999999", 0.0, ONE),
    ],
)
def test_a_quantity_reads_as_people_mean_it(text: str | float, value: float, unit: Unit) -> None:
    quantity = parse_quantity(text)
    assert (quantity.value, quantity.unit, quantity.text) == (value, unit, str(text))


@pytest.mark.parametrize(
    "text",
    [
        "1.000,50", "5.000.000", "50 000", "50\u202f000 USD", "50'000", "1_000 000", "1,000", "1_00", "1__000", "5.5.5", "$5 EUR", "$5 USD", "5 USD EUR", "¥5", "nan", ".nan", "inf",
        "1e400", "1e-400", "1e999999999999999999999", "9" * 90 + "e300", "9" * 5000, "lots", "", " ", "M", "USD", "5 /",
        "--5", "2026-02-20", "36% of x", "２", True, float("nan"), float("inf"),
    ],
)  # fmt: skip
def test_what_can_be_read_in_two_ways_or_in_none_is_refused(text: str | float) -> None:
    with pytest.raises(QuantityError):
        parse_quantity(text)


def test_the_message_says_what_was_expected_and_given() -> None:
    with pytest.raises(QuantityError) as caught:
        parse_quantity("lots")
    assert caught.value.message == "expected a quantity such as 1.5B USD, got 'lots'"


@pytest.mark.parametrize(
    ("text", "blamed"),
    [
        ("1,000 USD", "a comma"),
        ("15.000.000 EUR", "a point"),
        ("50 000 000 EUR", "a blank"),
        ("50\u202f000 EUR", "a blank"),
        ("50'000 CHF", "an apostrophe"),
        ("50’000’000", "an apostrophe"),
    ],
)
def test_digits_parted_as_elsewhere_are_answered_with_what_to_write(text: str, blamed: str) -> None:
    with pytest.raises(QuantityError) as caught:
        parse_quantity(text)
    assert caught.value.help.startswith("write 1_000_000 or 1M")
    assert blamed in caught.value.help


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (4.3e9, USD, "4.3B USD"),
        (4.3219e9, USD, "4.32B USD"),
        (0.12, ONE, "12 %"),
        (0.2, ONE / YEAR, "20 %/year"),
        (1.67, ONE / YEAR, "1.67/year"),
        (900.0, MS, "900 ms"),
        (1.3, YEAR, "1.3 years"),
        (1.0, YEAR, "1 year"),
        (0.75, YEAR, "9 months"),
        (10 / 365.25, YEAR, "10 days"),
        (0.0, YEAR, "0 years"),
        (0.0, USD, "0 USD"),
        (0.0034, USD, "0.0034 USD"),
        (9.9e6, USER, "9.9M users"),
        (480.0, ONE / USER / YEAR, "480/user/year"),
        (float("inf"), YEAR, "inf years"),
    ],
)
def test_a_quantity_is_written_for_people(value: float, unit: Unit, text: str) -> None:
    assert format_quantity(value, unit) == text


@given(FINITE, UNITS)
def test_a_written_quantity_reads_back_to_the_same_bits(value: float, unit: Unit) -> None:
    again = parse_quantity(str(Quantity(value, unit, "")))
    assert (again.value, again.unit) == (value, unit)


@given(st.floats(1e-3, 1e15), UNITS)
def test_a_rounded_quantity_reads_back_to_three_digits(value: float, unit: Unit) -> None:
    assert parse_quantity(format_quantity(value, unit)).value == pytest.approx(value, rel=5.1e-3)


@given(
    st.text(alphabet=st.characters(codec="utf-8"), max_size=30)
    | st.from_regex(r"[-+$]?[0-9_.,eE%]{0,9} ?[a-zA-Z/^*()]{0,8}")
)
def test_any_text_is_a_quantity_or_a_plain_error(text: str) -> None:
    with suppress(QuantityError):
        assert isinstance(parse_quantity(text).value, float)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-02-20", date(2026, 2, 20)),
        ("2026-02", date(2026, 2, 1)),
        ("2026-Q1", date(2026, 1, 1)),
        ("2026-q4", date(2026, 10, 1)),
    ],
)
def test_a_date_may_be_a_day_or_the_first_of_a_month_or_quarter(text: str, day: date) -> None:
    assert parse_date(text) == day


@pytest.mark.parametrize(
    "text", ["2026-13", "2026-02-30", "2026", "0000-01", "20.02.2026", "", "2026-Q5", "2026-02-20x"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(QuantityError, match="expected a date such as"):
        parse_date(text)


@pytest.mark.parametrize("text", ["P", "PT5H", "P1YT5H", "P1.5Y", "-P1M", "P1M1Y", "P1", "PT", "P1S", "P18", "P99999Y"])
def test_a_duration_of_iso_8601_counts_whole_days_or_longer_in_order(text: str) -> None:
    with pytest.raises(QuantityError) as caught:
        parse_quantity(text)
    assert caught.value.message == f"expected a duration such as P18M, P1Y6M, P2W or P90D, got '{text}'"
    assert caught.value.help.endswith("shorter times are written 5 hours or 900 ms")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-02-20", date(2026, 2, 20), date(2026, 2, 20)),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
        ("2027-Q1", date(2027, 1, 1), date(2027, 3, 31)),
        ("2026-q4", date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_a_month_or_a_quarter_lasts_from_its_first_to_its_last_day(text: str, first: date, last: date) -> None:
    assert parse_period(text) == (first, last)
