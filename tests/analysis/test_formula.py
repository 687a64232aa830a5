"""Arithmetic between measures, as a person writes it."""

import numpy as np
import pytest

from tests.analysis.made import made
from tests.companies import steady
from valsim.analysis.formula import Formula
from valsim.core.errors import ExpressionError
from valsim.core.unit import ONE, Unit

RESULT = made(
    {
        ("holder", "Lead Fund", "invested"): [2.0, 2.0, 4.0],
        ("holder", "Lead Fund", "proceeds"): [4.0, 0.0, 9.0],
    },
    scenario=steady("captable.positions={Ada: {common: 60M}, Lead Fund: {series_a: 100%}}"),
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("moic(Lead Fund)", 13 / 8),
        ('moic("Lead Fund") - 1', 5 / 8),
        ("moic( 'Lead Fund' )", 13 / 8),
        ("proceeds(Lead Fund) / invested(Lead Fund)", 13 / 8),
        ("log(moic(Lead Fund))", np.log(13 / 8)),
        ("max(moic(Lead Fund), 2)", 2.0),
        ("if(moic(Lead Fund) > 1, moic(Lead Fund), 0)", 13 / 8),
        ("-moic(Lead Fund) ^ 2", -((13 / 8) ** 2)),
        ("3", 3.0),
    ],
)
def test_a_formula_of_measures_is_worked_out(text: str, value: float) -> None:
    assert Formula.parse(text)(RESULT).value == pytest.approx(value, rel=1e-12)


def test_its_error_knows_that_its_parts_move_together() -> None:
    ratio, multiple = (
        Formula.parse(text)(RESULT) for text in ("proceeds(Lead Fund) / invested(Lead Fund)", "moic(Lead Fund)")
    )
    assert ratio.standard_error == pytest.approx(multiple.standard_error, rel=1e-12)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("moic(Ada)", ONE),
        ("present_value(Ada) - 5M USD", Unit.of("USD")),
        ("present_value(Ada) / present_value_per_share(series_a)", ONE),
        ("probability_of_exit(still_private)", ONE),
        ("present_value_of_opening_classes", Unit.of("USD")),
    ],
)
def test_its_unit_follows_from_those_of_its_measures(text: str, unit: Unit) -> None:
    assert Formula.parse(text).unit(RESULT.scenario) == unit


@pytest.mark.parametrize(
    ("text", "message", "underlined", "help"),
    [
        ("mioc(Ada)", "unknown function 'mioc'", "mioc", "did you mean 'moic'?"),
        ("1 + value", "there is no measure 'value'", "value", "known are company_proceeds"),
        ("1 + moic", "moic is asked of a holder, such as moic(me)", "moic", "known are Ada, Lead Fund"),
        ("moic(Leed Fund)", "there is no holder 'Leed Fund'", "moic(Leed Fund)", "did you mean 'Lead Fund'?"),
        ("probability_funded(a/b)", "there is no closing 'a/b'", "probability_funded(a/b)", "the scenario has none"),
        ("company_proceeds(Ada)", "company_proceeds is asked of the company as a whole", None, "write company_proceeds alone"),
        ("moic((Ada))", "expected one name in parentheses behind moic", "moic", "put a name"),
        ("moic(Ada) + 1 USD", "cannot add a plain number and USD", None, "give the plain number the unit USD"),
        ("invested(Ada) + 1 EUR", "cannot add USD and EUR", None, "multiply EUR by an exchange rate"),
        ("moic(Ada) > 1", "expected a number, got a condition", None, "leave the comparison out"),
        ("moic(Ada) +", "expected a number, a name or (, got the end of the formula", "+", ""),
    ],
)  # fmt: skip
def test_what_is_wrong_is_underlined_and_put_right(text: str, message: str, underlined: str | None, help: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        Formula.parse(text).unit(RESULT.scenario)
    assert caught.value.message == message
    assert text[slice(*caught.value.span)] == (text if underlined is None else underlined)
    assert caught.value.help.startswith(help)
