"""The values that an input takes, as a person lists them."""

import pytest

from valsim.analysis.sweep.values import MOST, Over
from valsim.core.errors import ValsimError


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("company.cash=3B USD", ["3B USD"]),
        ("company.cash = 3B USD, 4B USD", ["3B USD", "4B USD"]),
        ("x=3B USD to 5B USD by 500M USD", ["3B USD", "3.5B USD", "4B USD", "4.5B USD", "5B USD"]),
        ("x=5 values from 1 to 3", ["1", "1.5", "2", "2.5", "3"]),
        ("x=2 values from 10% to 20%", ["10%", "20%"]),
        ("x=0.1 to 0.3 by 0.1", ["0.1", "0.2", "0.3"]),
        ("x=10% to 49% by 10%", ["10%", "20%", "30%", "40%"]),
        ("x=3 to 1 by -1", ["3", "2", "1"]),
        ("x=1 year to 2 years by 6 months", ["1 year", "1.5 year", "2 year"]),
        ("x=1%, 5% to 15% by 5%", ["1%", "5%", "10%", "15%"]),
        ("at=2026-01-31 to 2026-07-31 by 3 months", ["2026-01-31", "2026-04-30", "2026-07-31"]),
        ("at=2026-01-01 to 2026-01-20 by 7 days", ["2026-01-01", "2026-01-08", "2026-01-15"]),
    ],
)
def test_values_are_listed_or_span_a_range(text, values) -> None:
    assert list(Over.read(text).values) == values


def test_a_comma_inside_of_quotes_brackets_and_braces_parts_nothing() -> None:
    found = Over.read("x={family: uniform, low: 1, high: 2}, 'max(a, b)', [1, 2], null")
    assert found.values == ("{family: uniform, low: 1, high: 2}", "'max(a, b)'", "[1, 2]", "null")


def test_a_text_in_quotes_is_no_range() -> None:
    assert Over.read("name='a to b by c'").values == ("'a to b by c'",)


def test_a_value_is_listed_once() -> None:
    with pytest.raises(ValsimError, match="x has the value 2 twice: list each once"):
        Over.read("x=2, 1 to 3 by 1, 4")


def test_values_may_be_given_one_by_one() -> None:
    assert Over.of("x", [0.25, "30%"]) == Over("x", ("0.25", "30%"))
    assert Over.of("x", "10%, 20%") == Over("x", ("10%", "20%"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("company.cash", "expected PATH=VALUES"),
        ("=3", "expected PATH=VALUES"),
        ("x=", "has no values"),
        ("x=[1, 2", "are no list"),
        ("x=1,000 USD", "write 1_000"),
        ("x=1,500,000 USD, 2", "write 1_500_000"),
        ("x=1 USD to 2 EUR by 1 USD", "2 EUR is in another unit than 1 USD"),
        ("x=10 to 50% by 1 USD", "another unit"),
        ("x=1 to 2 by 0", "does not lead there"),
        ("x=1 to 2 by -1", "does not lead there"),
        (f"x=0 to {MOST} by 1", "more than 1,000,000 steps"),
        ("x=1 values from 1 to 2", "expected 2 to 1,000,000 values"),
        ("x=a to b by c", "is no range: expected a number, got a"),
        ("x=2026-01-01 to then by 1 month", "expected a day such as 2026-06-30, got then"),
    ],
)
def test_what_cannot_be_read_is_told_with_what_to_do(text, told) -> None:
    with pytest.raises(ValsimError) as error:
        Over.read(text)
    assert told in str(error.value)
