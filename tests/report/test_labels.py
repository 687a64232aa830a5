import subprocess
import sys

import pytest

from valsim.report import labels


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (4.3e9, "$4.3B"),
        (3.9982e9, "$4.00B"),
        (999.96e6, "$1.00B"),
        (7e8, "$700M"),
        (0, "$0"),
        (-2.5e6, "−$2.5M"),
        (12.0, "$12"),
    ],
)
def test_money_has_three_digits_and_drops_zeros_only_where_it_is_exact(value, text):
    assert labels.money(value, "USD") == text


def test_money_is_written_in_the_currency_of_the_scenario():
    assert labels.money(3e10, "CNY") == "CN¥30B"
    assert labels.money(3e10, "CHF") == "CHF 30B"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.41, "41 %"),
        (0.073, "7.3 %"),
        (0.0, "0 %"),
        (0.0002, "<0.1 %"),
        (0.9996, ">99.9 %"),
        (1.0, "100 %"),
        (-0.34, "−34 %"),
    ],
)
def test_a_chance_is_never_rounded_to_impossible_or_certain(value, text):
    assert labels.percent(value) == text


@pytest.mark.parametrize(("value", "text"), [(2.13, "2.1x"), (0.968, "0.97x"), (14.2, "14x"), (0.0, "0x")])
def test_a_multiple_is_finer_where_money_back_is_near(value, text):
    assert labels.multiple(value) == text


def test_a_number_is_shown_no_finer_than_its_standard_error():
    assert labels.with_error(2.3099e9, 2.1e7, "USD") == ("$2.31B", "± 0.02B")
    assert labels.percent_with_error(0.38213, 0.00154) == ("38.2 %", "± 0.2")
    assert labels.price_with_error(6.1, 0.031, "USD") == ("$6.10", "± 0.03")
    assert labels.multiple_with_error(1.8391, 0.021) == ("1.84x", "± 0.02")


def test_a_standard_error_is_never_shown_as_zero():
    assert labels.percent_with_error(0.5, 1e-7) == ("50.00 %", "± 0.01")


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (900, "ms", "900 ms"),
        (2.5e8, "USD/year", "$250M/year"),
        (9.9e6, "users", "9.9M users"),
        (480, "1/user/year", "480/user/year"),
        (0.35, "", "0.35"),
        (0.0034, "USD", "$0.0034"),
    ],
)
def test_a_quantity_is_read_with_its_unit(value, unit, text):
    assert labels.quantity(value, unit, "USD") == text


def test_what_is_not_known_is_a_dash_everywhere():
    shown = [
        labels.money(None, "USD"),
        labels.percent(None),
        labels.multiple(None),
        labels.price(None, "USD"),
        labels.quantity(None, "ms", "USD"),
    ]
    assert set(shown) == {labels.MISSING}


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("enterprise_arr", "Enterprise ARR"),
        ("series_b", "Series B"),
        ("ipo", "IPO"),
        ("me", "me (your position)"),
        ("api_revenue", "API revenue"),
    ],
)
def test_a_field_is_read_in_words(field, text):
    assert labels.name(field) == text


@pytest.mark.parametrize("name", ["</script><b>", 'Ann "Ace" O\'Neil', "🚀 Ventures", "X" * 200, "5Y Capital"])
def test_a_name_that_a_person_wrote_is_not_touched(name):
    assert labels.name(name) == name


def test_an_estimate_is_read_from_a_number_a_spread_or_nothing():
    assert labels.estimate(2.0).mean == 2.0
    assert labels.estimate({"mean": 2.0, "standard_error": 0.1, "quantiles": {"0.5": 1.5}}).at("0.5") == 1.5
    assert labels.estimate({"0.5": 0.06}).at("0.5") == 0.06
    assert labels.estimate(None).mean is None


@pytest.mark.parametrize("module", ["valsim.report.labels", "valsim.report.terminal"])
def test_labels_and_the_terminal_load_no_plotting_library(module):
    code = f"import sys, {module}; print(sorted({{'plotly', 'jinja2', 'numpy'}} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
