"""A block that states one of several fields says what to do where it states none or more."""

from typing import Self

import pytest
from pydantic import ValidationError, model_validator

from valsim.core.block import Block
from valsim.core.either import expect_one_of


class Ticket(Block):
    """A ticket that costs money or points."""

    money: int | None = None
    points: int | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        expect_one_of(self, "money", "points", code="ticket", subject="a ticket: ", example="money: 3")
        return self


@pytest.mark.parametrize("given", [{"money": 3}, {"points": 0}, {"money": None, "points": 2}])
def test_one_of_them_is_right(given: dict[str, int]) -> None:
    assert Ticket.model_validate(given)


@pytest.mark.parametrize(
    ("given", "sentence", "advice"),
    [
        ({}, "a ticket: expected one of money and points", "e.g. money: 3"),
        (
            {"money": 3, "points": 2},
            "a ticket: expected one of money and points, got money and points",
            "leave one of them out; what a file beneath states is taken away with null, such as points: null",
        ),
    ],
)
def test_none_and_both_are_told_apart(given: dict[str, int], sentence: str, advice: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Ticket.model_validate(given)
    (error,) = refused.value.errors()
    assert (error["type"], error["msg"], error["ctx"]["help"]) == ("ticket", sentence, advice)
