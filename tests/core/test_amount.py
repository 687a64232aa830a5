"""An amount is a number or a formula."""

import numpy as np
import pytest
from pydantic import ValidationError

from valsim.core.amount import ChanceAmount, MoneyAmount, amount
from valsim.core.block import Block
from valsim.core.expression import Expression
from valsim.core.parameter import Parameter


class Raise(Block):
    """Holds amounts."""

    money: MoneyAmount | None = None
    chance: ChanceAmount | None = None


def test_a_quantity_is_a_number_and_a_text_with_names_is_a_formula() -> None:
    assert isinstance(Raise.model_validate({"money": "700M USD"}).money, Parameter)
    assert isinstance(Raise.model_validate({"money": "18 months * burn"}).money, Expression)


def test_a_formula_is_worked_out_from_the_rows_and_a_number_stays() -> None:
    formula = Raise.model_validate({"money": "2 * burn"}).money
    assert amount(formula, {"burn": np.array([1.0, 2.0])}).tolist() == [2.0, 4.0]
    assert amount(np.array([3.0, 4.0]), {}).tolist() == [3.0, 4.0]


@pytest.mark.parametrize(
    ("field", "raw", "message"),
    [
        ("money", "lots of", r"expected a number, a name or \(, got the end of the formula"),
        ("money", "burn +", r"expected a number, a name or \("),
        ("money", "3 + 4", "expected money such as 700M USD, got '3 \\+ 4'"),
        ("money", 7, "expected money such as 700M USD, got '7'"),
        ("money", "-7 USD", "must be at least 0, got '-7 USD'"),
        ("chance", "120%", "must be at most 1, got '120%'"),
    ],
)
def test_what_is_neither_is_refused(field: str, raw: object, message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Raise.model_validate({field: raw})
