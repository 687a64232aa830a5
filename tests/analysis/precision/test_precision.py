"""A number and how exactly it is to be known, as a person writes it."""

import numpy as np
import pytest

from tests.companies import lively
from valsim.analysis.measured import Measured
from valsim.analysis.precision.precision import Precision
from valsim.core.errors import ExpressionError

SCENARIO = lively()


@pytest.mark.parametrize(
    ("text", "formula", "part", "amount"),
    [
        ("present_value(Fund) +/- 1%", "present_value(Fund)", 0.01, 0.0),
        ("  moic(Fund)±0.5 % ", "moic(Fund)", 0.005, 0.0),
        ("present_value(Fund) - invested(Fund) +/- 1M USD", "present_value(Fund) - invested(Fund)", 0.0, 1e6),
        ("probability_of_loss(Fund) +/- 0.002", "probability_of_loss(Fund)", 0.0, 0.002),
        ("moic('a +/- b') +/- 1%", "moic('a +/- b')", 0.01, 0.0),
    ],
)
def test_an_error_is_a_part_of_the_number_or_an_amount(text, formula, part, amount) -> None:
    asked = Precision.parse(text)
    assert (asked.formula.text, asked.part, asked.amount) == (formula, part, amount)


@pytest.mark.parametrize(
    ("text", "message", "underlined"),
    [
        ("moic(Fund)", "expected one +/-, got none", "moic(Fund)"),
        ("moic(Fund) +/- 1% +/- 1%", "expected one +/-, got 2", "moic(Fund) +/- 1% +/- 1%"),
        ("moic(Fund) +/- 0%", "the standard error allowed must be above 0", "0%"),
        ("moic(Fund) +/- -1%", "the standard error allowed must be above 0", "-1%"),
        (" mioc(Fund) +/- 1%", "unknown function 'mioc'", "mioc"),
        ("moic(you) +/- 1%", "there is no holder 'you'", "moic(you)"),
        ("moic(Fund) > 3 +/- 1%", "expected a number, got a condition", "moic(Fund) > 3"),
        ("moic(Fund) +/- 1M USD", "the number is a plain number, and its error USD", "moic(Fund) +/- 1M USD"),
        ("present_value(Fund) +/- 1000", "the number is USD, and its error a plain number", "present_value(Fund) +/- 1000"),
        ("moic(Fund) +/- 1% per year", "the number is a plain number, and its error /year", "moic(Fund) +/- 1% per year"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_underlined_where_it_stands(text, message, underlined) -> None:
    with pytest.raises(ExpressionError) as caught:
        Precision.parse(text).check(SCENARIO)
    assert caught.value.message == message
    assert text[slice(*caught.value.span)] == underlined


def test_an_error_that_is_no_number_is_underlined() -> None:
    with pytest.raises(ExpressionError) as caught:
        Precision.parse("moic(Fund) +/- little")
    assert caught.value.span == (15, 21)


def test_the_paths_it_takes_grow_with_the_square_of_the_error() -> None:
    found = Measured.mean(np.array([90.0, 110.0] * 50))
    assert found.standard_error == pytest.approx(1.005, rel=1e-3)
    assert Precision.parse("moic(Fund) +/- 1%").takes(found, 100) == pytest.approx(101.01, rel=1e-4)
    assert Precision.parse("moic(Fund) +/- 0.5").takes(found, 100) == pytest.approx(4 * 101.01, rel=1e-4)
    assert [Precision.parse(f"moic(Fund) +/- {size}").reached(found) for size in ("1%", "1.01%", "1.01")] == [0, 1, 1]


def test_no_error_is_a_part_of_nothing() -> None:
    none = Measured.mean(np.array([-1.0, 1.0]))
    assert not Precision.parse("moic(Fund) +/- 10%").reached(none)
    assert np.isnan(Precision.parse("moic(Fund) +/- 10%").takes(none, 2))
    assert Precision.parse("moic(Fund) +/- 1").reached(none)
