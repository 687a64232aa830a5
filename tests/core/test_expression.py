"""Formulas are read with the usual precedence and evaluated on every path at once."""

import copy
import pickle
import warnings
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, ValidationError

from valsim.core.expression import Expression, ExpressionError

ROWS = {"a": 2.0, "b": 3.0, "c": np.array([1.0, 4.0]), "yes": np.True_, "no": np.False_, "cost.start": 8.0, "zero": 0.0}
BLANK = "write 1_000_000 or 1M: a blank parts no groups of digits"


def value(text: str) -> object:
    return Expression.parse(text)(ROWS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a + b * a", 8.0),
        ("(a + b) * a", 10.0),
        ("b - a - 1", 0.0),
        ("12 / b / a", 2.0),
        ("b ^ a ^ a", 81.0),
        ("-a ^ 2", -4.0),
        ("2 ^ -1", 0.5),
        ("-a * -b", 6.0),
        ("+a", 2.0),
        ("60% of cost.start", 4.8),
        ("60% of cost.start + a", 6.8),
        ("12 / 50% of b", 8.0),
        ("50% of b ^ 2", 4.5),
        ("18 months of 2", 3.0),
        ("min(a, b, 1)", 1.0),
        ("max(a, b)", 3.0),
        ("if(a > b, a, b)", 3.0),
        ("sqrt(b ^ 2) + abs(-a)", 5.0),
        ("log(exp(1.5))", 1.5),
        ("logistic(0)", 0.5),
        ("logistic(log(b))", 0.75),
        ("(900 ms / 450 ms) ^ 0.5", 2**0.5),
        ("a * 60 USD/user/year", 120.0),
        ("60 USD / a", 30.0),
        ("6/a", 3.0),
        ("$2.5B", 2.5e9),
        ("1.67 per year", 1.67),
        ("100_000", 1e5),
    ],
)
def test_arithmetic_has_the_usual_precedence(text: str, expected: float) -> None:
    assert value(text) == pytest.approx(expected, rel=1e-15)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a < b and b < 4", True),
        ("no or yes and yes", True),
        ("yes or no and no", True),
        ("not a > b and yes", True),
        ("not no", True),
        ("a + 1 >= b", True),
        ("a == 2", True),
        ("a <= 1", False),
        ("if(yes, no, yes)", False),
    ],
)
def test_conditions_combine(text: str, expected: bool) -> None:
    assert value(text) == expected


def test_a_row_is_evaluated_on_every_path() -> None:
    np.testing.assert_array_equal(value("if(c > 2, c * 10, 0)"), [0.0, 40.0])


@pytest.mark.parametrize(("text", "expected"), [("1 / zero", np.inf), ("-1 / zero", -np.inf), ("log(zero)", -np.inf)])
def test_a_division_by_zero_is_infinite_and_silent(text: str, expected: float) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert value(text) == expected
        assert np.isnan(value("zero / zero"))


def test_a_formula_lists_the_names_it_reads() -> None:
    assert Expression.parse("60% of cost.start >= b and not yes").names == {"cost.start", "b", "yes"}


def test_why_not_names_each_failed_condition_in_the_authors_words() -> None:
    gate = Expression.parse("c >= 2 and (a > b  or no) and yes")
    reasons = gate.why_not(ROWS)
    assert list(reasons) == ["c >= 2", "(a > b  or no)", "yes"]
    np.testing.assert_array_equal(reasons["c >= 2"], [True, False])
    assert reasons["(a > b  or no)"]
    assert not reasons["yes"]


def test_why_not_of_a_single_condition_is_that_condition() -> None:
    assert dict(Expression.parse("a > b").why_not(ROWS)) == {"a > b": True}


@pytest.mark.parametrize(
    ("text", "message", "underlined", "help"),
    [
        ("a < b < c", "comparisons cannot be chained", "<", "write a < b and b < c"),
        ("a = b", "unexpected '='", "=", "write == to compare"),
        ("a ** 2", "unknown operator '**'", "**", "write ^ for a power"),
        ("a && b", "unexpected '&'", "&", "write and"),
        ("a AND b", "unexpected 'AND'", "AND", "write and"),
        ("a +", "expected a number, a name or (, got the end of the formula", "+", ""),
        ("", "expected a number, a name or (, got the end of the formula", "", ""),
        ("(a + b", "expected ')', got the end of the formula", "b", ""),
        ("a b", "expected an operator such as + or and, got 'b'", "b", ""),
        ("a + * b", "expected a number, a name or (, got '*'", "*", ""),
        ("5 monhts", "unknown unit 'monhts'", "monhts", "did you mean 'months'?"),
        ("5 burn", "unknown unit 'burn'", "burn", "write * between a number and a name"),
        ("a * 50 000 EUR", "expected a quantity such as 1.5B USD, got '50 000 EUR'", "50", BLANK),
        ("minn(a, b)", "unknown function 'minn'", "minn", "did you mean 'min'?"),
        ("min(a)", "min takes 2 or more arguments, got 1", "min(a)", ""),
        ("if(yes, a)", "if takes 3 arguments, got 2", "if(yes, a)", ""),
        ("1e400 * a", "expected a number up to 1e308, got '1e400'", "1e400", ""),
        ("$5 EUR * a", "expected one currency, got '$5 EUR'", "$5 EUR", "leave out the sign or the code"),
        ("__import__('os')", "unexpected '''", "'", ""),
    ],
)
def test_a_mistake_is_underlined_and_answered(text: str, message: str, underlined: str, help: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        Expression.parse(text)
    assert (caught.value.message, text[slice(*caught.value.span)]) == (message, underlined)
    assert caught.value.help == help
    assert str(caught.value) == message + (f"\n  = help: {help}" if help else "")


def test_a_slash_before_what_is_no_unit_divides_by_a_name() -> None:
    assert Expression.parse("900 ms/latency").names == {"latency"}


def test_a_comma_inside_a_number_is_not_taken_for_two_arguments() -> None:
    with pytest.raises(ExpressionError):
        Expression.parse("max(1,000, a)")
    assert value("max(1, 000, a)") == 2.0


@pytest.mark.parametrize(
    "text", ["(" * 5000, "-" * 5000, "1" + "+1" * 5000, "2^" * 3000 + "2", "not " * 90 + "yes", "x" * 20_000]
)
def test_a_giant_formula_is_refused_before_it_exhausts_the_stack(text: str) -> None:
    with pytest.raises(ExpressionError):
        Expression.parse(text)


def test_the_longest_chain_allowed_evaluates() -> None:
    assert value("1" + " + 1" * 190) == 191.0


TOKENS = st.sampled_from(
    [
        "a",
        "b",
        "yes",
        "1",
        "2.5",
        "60%",
        "$5",
        "USD",
        "months",
        "/",
        "/year",
        "*",
        "+",
        "-",
        "^",
        "(",
        ")",
        ",",
        "<",
        "<=",
        "==",
        "and",
        "or",
        "not",
        "of",
        "min(",
        "if(",
        ".",
        "..",
        "1e9",
        "=",
        "!",
    ]
)


@given(st.text(max_size=40) | st.lists(TOKENS, max_size=12).map(" ".join) | st.lists(TOKENS, max_size=12).map("".join))
def test_any_text_is_a_formula_or_a_plain_error(text: str) -> None:
    with suppress(ExpressionError):
        formula = Expression.parse(text)
        assert all(0 <= low < high <= len(text) for low, high in [formula.root.span])
        formula.unit({})


def test_a_formula_equals_another_with_the_same_text_and_travels() -> None:
    formula = Expression.parse("min(a, 2) ^ (1/2) and yes")
    assert {formula, Expression.parse("min(a, 2) ^ (1/2) and yes")} == {formula}
    assert pickle.loads(pickle.dumps(formula)) == copy.deepcopy(formula) == formula
    assert pickle.loads(pickle.dumps(formula)).names == {"a", "yes"}


class Gate(BaseModel):
    model_config = ConfigDict(frozen=True)
    when: Expression


def test_a_model_field_reads_text_and_numbers() -> None:
    gate = Gate.model_validate({"when": "a > b"})
    assert gate.when == Expression.parse("a > b")
    assert Gate.model_validate({"when": 5}).when({}) == 5.0
    assert gate.model_dump() == {"when": "a > b"}
    assert hash(gate) == hash(Gate(when=Expression.parse("a > b")))
    assert Gate.model_json_schema()["properties"]["when"]["type"] == ["string", "number"]


def test_a_model_field_passes_on_what_to_underline() -> None:
    with pytest.raises(ValidationError) as caught:
        Gate.model_validate({"when": "a < b < c"})
    error = caught.value.errors()[0]
    assert error["type"] == "expression"
    assert error["msg"] == "comparisons cannot be chained"
    assert error["ctx"]["span"] == (6, 7)
    assert error["ctx"]["help"] == "write a < b and b < c"


@pytest.mark.parametrize("raw", [True, None, ["a"], {"a": 1}])
def test_a_model_field_refuses_what_is_no_text(raw: object) -> None:
    with pytest.raises(ValidationError, match="expected a formula such as"):
        Gate.model_validate({"when": raw})
