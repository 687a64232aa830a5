"""A promise about a number of the company as it is written, and the factor it comes to."""

from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from tests.core.parameter.known import KNOWN
from valsim.captable.term.valuation_adjustment import ValuationAdjustment
from valsim.core.parameter import realise

TERM = {"at": "2027-12-31", "when": "arr < 50M USD/year", "factor": "80%", "by": "conversion_price"}
ARR = {"arr": np.array([60e6, 50e6, 40e6, 10e6, -5e6])}


def term(**changes: Any) -> ValuationAdjustment:
    return realise(ValuationAdjustment.model_validate({**TERM, **changes}), KNOWN)


def refused(**changes: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        term(**changes)
    (error,) = caught.value.errors()
    return error["msg"]


def test_a_stated_factor_is_the_same_everywhere() -> None:
    assert term().factors(ARR) == pytest.approx(0.8)


def test_a_formula_is_what_was_reached_over_what_was_promised_between_its_bound_and_one() -> None:
    formula = term(factor="arr / 50M USD/year", factor_at_least="30%")
    assert formula.factors(ARR) == pytest.approx([1.0, 1.0, 0.8, 0.3, 0.3])


def test_what_is_no_number_counts_as_the_lowest_factor() -> None:
    formula = term(factor="arr / plan", factor_at_least="30%")
    zero = np.array([0.0])
    assert formula.factors({"arr": zero, "plan": zero}).tolist() == [0.3]


def test_a_formula_needs_a_lowest_factor() -> None:
    assert refused(factor="arr / 50M USD/year") == (
        "a factor that is a formula may fall to nothing, and the shares grow without end"
    )


@pytest.mark.parametrize(
    ("factor", "said"), [("0%", "must be above 0"), ("120%", "must be at most 1"), ("2 USD", "expected a fraction")]
)
def test_a_factor_is_a_part_of_the_valuation(factor: str, said: str) -> None:
    assert said in refused(factor=factor)


def test_founders_are_named_where_they_give_shares_and_nowhere_else() -> None:
    assert refused(by="founder_shares") == "by: founder_shares names the founders who give shares"
    assert refused(founders=["Ada"]) == "by: conversion_price takes no founders"
    assert term(by="founder_shares", founders=["Ada"]).founders == ("Ada",)
