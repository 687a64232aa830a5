"""Blocks are frozen, found by their kind, and helpful about what is mistyped."""

from functools import cached_property
from typing import Literal

import numpy as np
import pytest
from pydantic import PrivateAttr, ValidationError
from pydantic_core import PydanticCustomError

from valsim.core.block import Block, Kind, frozen, nearest_help, shown
from valsim.core.distribution.empirical import Empirical


class Shape(Kind, member_of="shape"):
    """A family."""

    name: str = ""


class Square(Shape):
    """A member."""

    kind: Literal["square"]
    side: float

    _age: int = PrivateAttr(default=0)

    @cached_property
    def area(self) -> float:
        return self.side**2

    @property
    def age(self) -> int:
        return self._age


class Drawing(Block):
    """Holds any member of the family."""

    shape: Shape
    others: tuple[Shape, ...] = ()


def only_error(caught: pytest.ExceptionInfo[ValidationError]) -> tuple[tuple[str | int, ...], str, str]:
    """The place, the sentence and the help of the one error that was raised."""
    (detail,) = caught.value.errors()
    return detail["loc"], detail["msg"], detail.get("ctx", {}).get("help", "")


def test_blocks_are_equal_where_their_fields_are_whatever_was_worked_out_from_one_of_them() -> None:
    asked, fresh = (Square(kind="square", side=2.0) for _ in range(2))
    assert asked.area == 4.0
    assert asked == fresh
    assert hash(asked) == hash(fresh)
    assert asked not in {fresh.but(side=3.0), fresh.but(_age=1), "square"}


def test_a_block_is_frozen() -> None:
    with pytest.raises(ValidationError):
        Square(kind="square", side=1.0).side = 2.0  # type: ignore[misc]


def test_a_field_of_a_family_builds_the_member_that_the_kind_names() -> None:
    drawing = Drawing.model_validate({"shape": {"kind": "square", "side": 2.0}})
    assert isinstance(drawing.shape, Square)
    assert drawing.shape.area == 4.0


def test_a_kind_registered_at_run_time_is_accepted_by_a_field_of_the_family() -> None:
    class Circle(Shape):
        kind: Literal["circle"]
        radius: float

    try:
        drawing = Drawing.model_validate({"shape": {"kind": "circle", "radius": 1.0}})
    finally:
        del Shape.kinds["circle"]
    assert isinstance(drawing.shape, Circle)


def test_two_families_have_kinds_of_their_own() -> None:
    class Colour(Kind, member_of="colour"):
        pass

    class Red(Colour):
        kind: Literal["red"]

    assert Colour.kinds == {"red": Red}
    assert "red" not in Shape.kinds


@pytest.mark.parametrize(
    ("value", "message", "help_text"),
    [
        ("square", "expected a mapping that names its kind (square), got 'square'", ""),
        ({"side": 2.0}, "a shape names its kind: one of square", ""),
        ({"kind": "sqare"}, "unknown kind of shape 'sqare', expected one of square", "did you mean 'square'?"),
        ({"kind": 7}, "unknown kind of shape 7, expected one of square", ""),
    ],
)
def test_a_value_that_names_no_kind_says_which_there_are(value: object, message: str, help_text: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Drawing.model_validate({"shape": value})
    place, said, help_said = only_error(caught)
    assert (place[:1], said, help_said) == (("shape",), message, help_text)


def test_an_error_inside_a_member_keeps_its_place() -> None:
    with pytest.raises(ValidationError) as caught:
        Drawing.model_validate(
            {"shape": {"kind": "square", "side": 1.0}, "others": ({"kind": "square", "side": "long"},)}
        )
    assert only_error(caught)[0] == ("others", 0, "side")


def test_an_unknown_key_names_the_nearest_known_one_at_any_depth() -> None:
    with pytest.raises(ValidationError) as caught:
        Drawing.model_validate({"shape": {"kind": "square", "side": 1.0, "nmae": "a"}})
    assert only_error(caught) == (("shape", "nmae"), "unknown key", "did you mean 'name'?")


def test_a_changed_copy_forgets_what_was_worked_out_and_leaves_the_original_alone() -> None:
    small = Square(kind="square", side=1.0)
    assert small.area == 1.0
    large = small.but(side=3.0)
    assert (small.area, large.area) == (1.0, 9.0)


def test_private_state_travels_with_copies_and_can_be_replaced() -> None:
    young = Square(kind="square", side=1.0)
    old = young.but(_age=5).but(side=2.0)
    assert (young.age, old.age, old.side) == (0, 5, 2.0)


def test_a_frozen_mapping_cannot_be_written_to() -> None:
    with pytest.raises(TypeError):
        frozen({"a": 1})["a"] = 2  # type: ignore[index]


def test_what_is_shown_of_a_long_value_fits_a_line() -> None:
    assert shown("x" * 100) == "'" + "x" * 56 + "..."


def test_no_word_is_suggested_where_none_is_near() -> None:
    assert nearest_help("zebra", ["common", "preferred"]) == ""


@pytest.mark.parametrize("kind", [["square"], {"a": 1}, 3, None])
def test_a_kind_that_is_no_word_is_unknown(kind: object) -> None:
    with pytest.raises(PydanticCustomError, match="unknown kind of shape"):
        Shape.choose({"kind": kind})


def test_blocks_are_compared_by_their_fields_whatever_was_worked_out_from_them() -> None:
    used, unused = (Empirical(values=(3.0, 1.0, 2.0)) for _ in range(2))
    used.at(np.array([0.5]))
    assert used == unused == used
    assert used != Empirical(values=(3.0, 1.0))
    assert hash(used) == hash(unused)
