"""A field says what it may hold."""

import numpy as np
import pytest
from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from valsim.core.block import Block
from valsim.core.parameter import (
    FRACTION,
    BelowOne,
    Domain,
    Duration,
    Fraction,
    Growth,
    Hazard,
    Money,
    Multiple,
    Persistence,
    Plain,
    Positive,
    PositiveDuration,
    PositiveLevel,
    PositiveMoney,
)  # fmt: skip


class Fields(Block):
    """One of each named type."""

    positive_level: PositiveLevel | None = None
    fraction: Fraction | None = None
    below_one: BelowOne | None = None
    persistence: Persistence | None = None
    growth: Growth | None = None
    multiple: Multiple | None = None
    positive: Positive | None = None
    plain: Plain | None = None
    money: Money | None = None
    positive_money: PositiveMoney | None = None
    duration: Duration | None = None
    positive_duration: PositiveDuration | None = None
    hazard: Hazard | None = None


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("positive_level", "9.9M", 9.9e6),
        ("fraction", "0%", 0.0),
        ("fraction", "100%", 1.0),
        ("fraction", "150 bps", 0.015),
        ("below_one", "0%", 0.0),
        ("persistence", "100%", 1.0),
        ("growth", "-99%", -0.99),
        ("multiple", "0", 0.0),
        ("positive", "1.5", 1.5),
        ("plain", "-2", -2.0),
        ("money", "0 USD", 0.0),
        ("duration", "18 months", 1.5),
        ("duration", "0 years", 0.0),
        ("positive_duration", "1 day", 1 / 365.25),
        ("hazard", "20% per year", 0.2),
    ],
)
def test_a_field_holds_what_its_type_says_in_base_units(field: str, text: str, value: float) -> None:
    assert getattr(Fields.model_validate({field: text}), field).middle == pytest.approx(value, rel=1e-15)


@pytest.mark.parametrize(
    ("field", "text", "message"),
    [
        ("positive_level", "0", "must be above 0"),
        ("fraction", "-1%", "must be at least 0"),
        ("fraction", "101%", "must be at most 1"),
        ("below_one", "100%", "must be below 1"),
        ("persistence", "0%", "must be above 0"),
        ("persistence", "110%", "must be at most 1"),
        ("growth", "-100%", "must be above -1"),
        ("multiple", "-1", "must be at least 0"),
        ("positive", "0", "must be above 0"),
        ("plain", "3 USD", "expected a plain number such as 1.5"),
        ("money", "-1 USD", "must be at least 0"),
        ("money", "3 USD/year", "expected money such as 700M USD"),
        ("positive_money", "0 USD", "must be above 0"),
        ("duration", "3 USD", "expected a duration such as 18 months"),
        ("positive_duration", "0 years", "must be above 0"),
        ("hazard", "-20% per year", "must be at least 0"),
        ("hazard", "20%", "expected a chance per year such as 20% per year"),
    ],
)
def test_a_field_refuses_what_is_outside(field: str, text: str, message: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Fields.model_validate({field: text})
    (detail,) = caught.value.errors()
    assert (detail["loc"], detail["msg"]) == ((field,), f"{message}, got {text!r}")


def test_a_beta_number_is_above_zero_and_below_one() -> None:
    beta = {"family": "beta", "p10": "60%", "p90": "90%"}
    fields = Fields.model_validate({"persistence": beta, "below_one": beta})
    assert not fields.persistence.known  # type: ignore[union-attr]


def test_a_parameter_that_was_read_before_is_kept() -> None:
    domain = Domain(FRACTION)
    number = domain.parse("5%")
    assert domain.parse(number) is number


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ([0.1, 0.9], ""),
        ([0.1, 0.0], "0, it must be above 0"),
        ([0.1, 1.2], "1.2, it must be at most 1"),
        ([0.1, np.nan], "nan, it must be above 0"),
    ],
)
def test_a_row_says_how_it_leaves_the_limits(row: list[float], said: str) -> None:
    assert Domain(FRACTION, above=0.0, at_most=1.0).trespass(np.array(row)) == said


def test_a_distribution_that_reaches_below_the_floor_is_refused_even_where_it_rarely_does() -> None:
    with pytest.raises(PydanticCustomError, match="must be at least 0"):
        Domain(FRACTION, at_least=0.0).parse({"family": "normal", "p1": "10%", "p99": "90%"})
