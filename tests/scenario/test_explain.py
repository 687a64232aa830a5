"""Errors of validation are told in the words of the document, with the line and a caret."""

from typing import Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from valsim.core.block import Kind, custom_error
from valsim.core.errors import Path, Problem
from valsim.core.expression import Expression
from valsim.scenario.explain import from_validation_error
from valsim.scenario.load import parse_document
from valsim.scenario.report_problems import report
from valsim.scenario.text.document import Document


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Equity(Strict):
    kind: Literal["equity"]
    amount: float
    liquidation_preference: float = Field(default=1.0, ge=0)

    @field_validator("amount", mode="before")
    @classmethod
    def _money(cls, raw: Any) -> Any:
        if raw == "lots":
            raise custom_error("money", "expected money such as 700M USD, got 'lots'", "write a number")
        return raw


class Safe(Strict):
    kind: Literal["safe"]
    cap: float


class Deal(Strict):
    name: str
    tranches: list[Equity | Safe]
    chosen: list[Equity] = []
    when: Expression | None = None
    step: Literal["month", "quarter"] = "month"


class Tagged(Strict):
    tranche: Equity | Safe = Field(discriminator="kind")


def problems(model: type[BaseModel], text: str) -> tuple[list[Problem], Document]:
    document = parse_document(text, "x.yaml")
    with pytest.raises(ValidationError) as caught:
        model.model_validate(document.data)
    return from_validation_error(caught.value, document, known_keys), document


def known_keys(path: Path) -> list[str]:
    return ["kind", "amount", "liquidation_preference"] if path[:1] == ("chosen",) else ["name", "tranches"]


MISTAKES = """\
name: 3
tranches: []
chosen:
  - kind: equity
    amount: lots
    liquidation_preferense: 1.5
  - kind: equity
    liquidation_preference: -1
when: a < b < c
step: quartr
"""
REPORT = """\
x.yaml:1:7  name: expected text, got 3
1 │ name: 3
  │       ^
2 │ tranches: []

x.yaml:5:13  chosen[0].amount: expected money such as 700M USD, got 'lots'
4 │   - kind: equity
5 │     amount: lots
  │             ^~~~
6 │     liquidation_preferense: 1.5
  = help: write a number

x.yaml:6:5  chosen[0].liquidation_preferense: unknown key
5 │     amount: lots
6 │     liquidation_preferense: 1.5
  │     ^~~~~~~~~~~~~~~~~~~~~~
7 │   - kind: equity
  = help: did you mean 'liquidation_preference'?

x.yaml:7:5  chosen[1].amount: required, but not given
6 │     liquidation_preferense: 1.5
7 │   - kind: equity
  │     ^
8 │     liquidation_preference: -1

x.yaml:8:29  chosen[1].liquidation_preference: expected 0 or more, got -1
7 │   - kind: equity
8 │     liquidation_preference: -1
  │                             ^~
9 │ when: a < b < c

x.yaml:9:13  when: comparisons cannot be chained
 8 │     liquidation_preference: -1
 9 │ when: a < b < c
   │             ^
10 │ step: quartr
   = help: write a < b and b < c

x.yaml:10:7  step: expected one of 'month' or 'quarter', got 'quartr'
 9 │ when: a < b < c
10 │ step: quartr
   │       ^~~~~~
   = help: did you mean 'quarter'?

7 problems in x.yaml"""


def test_one_pass_reports_every_mistake_like_a_compiler() -> None:
    found, document = problems(Deal, MISTAKES)
    assert str(report(found, document)) == REPORT


def test_an_unknown_tag_points_at_the_tag() -> None:
    found, _ = problems(Tagged, "tranche: {kind: equitty}")
    assert [(p.path, p.message, p.help) for p in found] == [
        (("tranche", "kind"), "expected one of 'equity', 'safe', got 'equitty'", "did you mean 'equity'?")
    ]


def test_the_tag_of_a_union_is_no_part_of_the_path() -> None:
    found, _ = problems(Tagged, "tranche: {kind: safe, cap: big}")
    assert [(p.place, p.message) for p in found] == [("tranche.cap", "expected a number, got 'big'")]


class Either(Strict):
    amount: float | list[float]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("amount: [1.0, lots]", [("amount[1]", "expected a number, got 'lots'")]),
        (
            "amount: {a: 1}",
            [("amount", "expected a number, got a mapping"), ("amount", "expected a list, got a mapping")],
        ),
    ],
)
def test_of_a_union_only_the_form_that_fits_best_is_reported(text: str, expected: list[tuple[str, str]]) -> None:
    found, _ = problems(Either, text)
    assert [(p.place, p.message) for p in found] == expected


class Shape(Kind, member_of="shape"): ...


class Square(Shape):
    kind: Literal["square"] = "square"
    side: float


class Drawing(Strict):
    shapes: dict[str, Shape]


def test_an_unknown_kind_and_an_unknown_key_are_underlined_as_words() -> None:
    found, document = problems(
        Drawing, "shapes:\n  a: {side: 1.0, kind: sqare}\n  b: {kind: square, side: 1.0, sidde: 2}"
    )
    places = [document.locate(p.path, p.at, p.span) for p in found]
    assert [document.sources[0].text.splitlines()[r.start[0]][r.start[1] : r.end[1]] for r in places] == [
        "sqare",
        "sidde",
    ]


class Counted(Strict):
    items: tuple[Equity, ...] = Field(min_length=2, strict=False)


def test_a_list_that_is_too_short_says_so_unless_its_items_are_wrong() -> None:
    found, _ = problems(Counted, "items: [{kind: equity, amount: 1.0}]")
    assert [p.message for p in found] == ["expected 2 or more items, got 1"]
    found, _ = problems(Counted, "items: [{kind: equity, amount: big}]")
    assert [p.message for p in found] == ["expected a number, got 'big'"]


@pytest.mark.parametrize(
    "text", ["a: 1", "name: x\ntranches: {a: 1}", "name: null\ntranches: 3\nstep: [1]\nwhen: {a: 1}"]
)
def test_no_word_of_the_validator_reaches_the_reader(text: str) -> None:
    found, document = problems(Deal, text)
    told = str(report(found, document))
    assert not any(word in told for word in ("pydantic", "Input", "instance", "http", "dict", "Field"))
