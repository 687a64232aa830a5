"""Units are checked before a single number is drawn."""

import pytest

from valsim.core.expression import Expression, ExpressionError
from valsim.core.unit import BOOL, ONE, Unit

USD, YEAR, USER, MS = Unit.of("USD"), Unit.of("year"), Unit.of("user"), Unit.of("ms")
UNITS = {
    "users": USER,
    "revenue": USD / YEAR,
    "enterprise_arr": USD / YEAR,
    "enterprise_arr.growth": ONE,
    "cost_per_inference": USD,
    "cost_per_inference.start": USD,
    "latency": MS,
    "inferences_per_user": ONE / USER / YEAR,
    "runway": YEAR,
    "burn": USD / YEAR,
    "benchmark_audit": BOOL,
    "funded": BOOL,
}


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("users * inferences_per_user * (900 ms / latency) ^ 0.2", ONE / YEAR),
        ("users * 4% * 60 USD/user/year", USD / YEAR),
        ("60 USD/year / users", USD / YEAR / USER),
        ("18 months of burn", USD),
        ("enterprise_arr >= 150M USD/year and benchmark_audit", BOOL),
        ("cost_per_inference <= 60% of cost_per_inference.start", BOOL),
        ("runway < 9 months", BOOL),
        ("not funded or runway < 1 year", BOOL),
        ("max(revenue, 0 USD/year)", USD / YEAR),
        ("if(funded, revenue, burn)", USD / YEAR),
        ("if(funded, benchmark_audit, funded)", BOOL),
        ("exp(-runway / 1 year) * users", USER),
        ("users ^ 2", USER**2),
        ("users ^ -1", ONE / USER),
        ("(users ^ 2) ^ (1/2)", USER),
        ("sqrt(users * users)", USER),
        ("2 ^ enterprise_arr.growth", ONE),
        ("-abs(revenue)", USD / YEAR),
        ("1.67 per year", ONE / YEAR),
    ],
)
def test_a_formula_has_the_unit_of_its_arithmetic(text: str, unit: Unit) -> None:
    assert Expression.parse(text).unit(UNITS) == unit


@pytest.mark.parametrize(
    ("text", "message", "underlined"),
    [
        ("2 * (users + revenue)", "cannot add users and USD/year", "(users + revenue)"),
        ("revenue - users", "cannot subtract USD/year and users", "revenue - users"),
        ("funded and revenue > users", "cannot compare USD/year and users", "revenue > users"),
        ("runway < 9", "cannot compare years and a plain number", "runway < 9"),
        ("max(revenue, 0)", "cannot take the largest of USD/year and a plain number", "max(revenue, 0)"),
        ("if(funded, users, burn)", "cannot choose between users and USD/year", "if(funded, users, burn)"),
        ("if(users, burn, burn)", "expected a condition, got users", "users"),
        ("exp(users)", "expected a plain number, got users", "users"),
        ("logistic(users)", "expected a plain number, got users", "users"),
        ("2 ^ users", "expected a plain number, got users", "users"),
        ("latency ^ 0.2", "expected a plain number below ^, got ms", "latency"),
        ("latency ^ enterprise_arr.growth", "expected a plain number below ^, got ms", "latency"),
        ("revenue and funded", "expected a condition, got USD/year", "revenue"),
        ("not users", "expected a condition, got users", "users"),
        ("2 * funded", "expected a number, got a condition", "funded"),
        ("funded == benchmark_audit", "expected a number, got a condition", "funded"),
        ("enterprise_ar > 1 USD/year", "unknown name 'enterprise_ar'", "enterprise_ar"),
        ("60 USD / user", "unknown name 'user'", "user"),
        ("revenue + 100/users", "'users' is a unit and a name here", "100/users"),
    ],
)
def test_units_that_do_not_fit_are_named_and_underlined(text: str, message: str, underlined: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        Expression.parse(text).unit(UNITS)
    assert (caught.value.message, text[slice(*caught.value.span)]) == (message, underlined)


@pytest.mark.parametrize(
    ("text", "help"),
    [
        ("enterprise_ar > 1 USD/year", "did you mean 'enterprise_arr'?"),
        ("runway < 9", "give the plain number the unit years"),
        ("60 USD / user", "'user' is a unit: write it behind its number, without blanks around a slash"),
        ("100/users", "write '/ users' with blanks to divide by the name, 'per user' for the unit"),
        ("2 * funded", "choose with if(condition, a, b)"),
    ],
)
def test_a_unit_error_says_what_to_do(text: str, help: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        Expression.parse(text).unit(UNITS)
    assert caught.value.help == help
