"""What is to be made true, as a person writes it."""

import pytest

from tests.companies import lively
from valsim.analysis.solving.target import Target
from valsim.core.errors import ExpressionError

SCENARIO = lively()


@pytest.mark.parametrize(
    ("text", "left", "sign", "right"),
    [
        ("moic(me) = 3", "moic(me)", "=", "3"),
        ("  moic(me)==3 ", "moic(me)", "==", "3"),
        ("present_value(me) >= 1.5 * invested(me)", "present_value(me)", ">=", "1.5 * invested(me)"),
        ("moic('a = b') < 1", "moic('a = b')", "<", "1"),
    ],
)
def test_two_formulas_are_compared(text, left, sign, right) -> None:
    target = Target.parse(text)
    assert (target.left.text, target.sign, target.right.text) == (left, sign, right)


@pytest.mark.parametrize(
    ("text", "message", "underlined"),
    [
        ("moic(me)", "expected one comparison, such as moic(me) = 3", "moic(me)"),
        ("1 = moic(me) = 3", "expected one comparison, got more", "1 = moic(me) = 3"),
        ("moic(me) = mioc(me)", "unknown function 'mioc'", "mioc"),
        ("1 =  moic(you)", "there is no holder 'you'", "moic(you)"),
        (" moic(you) = 1", "there is no holder 'you'", "moic(you)"),
        ("moic(me) = 3 USD", "cannot compare a plain number and USD", "moic(me) = 3 USD"),
    ],
)
def test_what_is_wrong_is_underlined_where_it_stands(text, message, underlined) -> None:
    with pytest.raises(ExpressionError) as caught:
        Target.parse(text).check(SCENARIO)
    assert caught.value.message == message
    assert text[slice(*caught.value.span)] == underlined


def test_an_inequality_holds_on_one_side() -> None:
    assert Target.parse("moic(me) >= 3").holds(0.1)
    assert not Target.parse("moic(me) <= 3").holds(0.1)
    assert Target.parse("moic(me) = 3").is_equation
