"""Cap tables for tests: one description, from which the ledger and the slow waterfall's classes are both made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Protocol

import numpy as np
from hypothesis import strategies as st

from tests.captable.oracle import Class
from valsim.captable.ledger import Ledger
from valsim.captable.security import Security
from valsim.captable.security.common import Common
from valsim.captable.security.option import Option
from valsim.captable.security.preferred import Preferred
from valsim.captable.security.warrant import Warrant
from valsim.captable.term.anti_dilution import AntiDilution


def preferred(price: Any, anti_dilution: str = "none", **terms: Any) -> Preferred:
    """Realised preferred shares: 1x, non-participating, of rank 1 unless told otherwise."""
    usual = {
        "original_issue_price": np.asarray(price, float),
        "liquidation_preference_multiple": np.float64(1),
        "participation": "none",
        "seniority": np.float64(1),
        "conversion_price": np.asarray(price, float),
        "anti_dilution": AntiDilution.choose(anti_dilution),
    }
    return Preferred.model_construct(**{**usual, **terms})


def held(classes: Mapping[str, tuple[Security, Any]]) -> Ledger:
    """A ledger in which each class has one holder, called as the class."""
    ledger = Ledger({}, {})
    for name, (security, shares) in classes.items():
        ledger = ledger.issue(name, security, {name: np.asarray(shares, float)})
    return ledger


@dataclass(frozen=True)
class Row:
    """One class of a random cap table, its numbers exact."""

    kind: str
    shares: int
    price: Fraction = Fraction(1)
    multiple: Fraction = Fraction(1)
    participation: str = "none"
    cap: Fraction | None = None
    ratio: Fraction = Fraction(1)
    seniority: int = 0
    on: str | None = None
    exercise: str | None = None

    def exact(self, name: str, table: Mapping[str, "Row"]) -> Class:
        bought = table.get(self.on, self)
        exercise_price = None if self.kind in {"common", "preferred"} else self.price
        if bought.kind != "preferred":
            return Class(name, Fraction(self.shares), exercise_price)
        worth, cap = self.shares * bought.price, bought.cap
        return Class(
            name, Fraction(self.shares), exercise_price, worth * bought.multiple, bought.participation,
            None if cap is None else worth * cap, bought.seniority, self.shares * bought.ratio,
            self.exercise == "on_conversion",
        )  # fmt: skip


def exact(table: Mapping[str, Row]) -> list[Class]:
    """The classes of the slow waterfall."""
    return [row.exact(name, table) for name, row in table.items()]


def security(rows: Sequence[Row]) -> Security:
    """One class on as many paths as there are rows: scalars for one."""
    first = rows[0]
    if first.kind == "common":
        return Common()
    if first.kind == "option":
        return Option.model_construct(exercise_price=row_of(r.price for r in rows), vested=np.float64(1))
    if first.kind == "warrant":
        return Warrant.model_construct(
            on=first.on, exercise_price=row_of(r.price for r in rows), exercise=first.exercise
        )
    return preferred(
        row_of(r.price for r in rows),
        liquidation_preference_multiple=row_of(r.multiple for r in rows),
        participation=first.participation,
        participation_cap_multiple=None if first.cap is None else row_of(r.cap for r in rows),
        seniority=np.float64(first.seniority),
        conversion_price=row_of(r.price / r.ratio for r in rows),
    )


def row_of(numbers: Any) -> Any:
    array = np.array([float(number) for number in numbers])
    return array if array.size > 1 else array[0]


def ledger_of(*tables: Mapping[str, Row]) -> Ledger:
    """The ledger of one cap table, or of several of one structure: one a path."""
    return held(
        {name: (security([t[name] for t in tables]), row_of(t[name].shares for t in tables)) for name in tables[0]}
    )


RATIOS = [Fraction(1), Fraction(5, 4), Fraction(2), Fraction(4, 5), Fraction(7, 6)]
MULTIPLES = [Fraction(1), Fraction(1), Fraction(1, 2), Fraction(3, 2), Fraction(2), Fraction(0)]
EXTRA = [Fraction(0), Fraction(1, 2), Fraction(1), Fraction(2)]
PARTICIPATION = ["none", "full", "capped"]
KINDS = ["preferred", "preferred", "preferred", "option", "warrant"]
EXERCISE = ["in_the_money", "on_conversion"]
COMMON = Row("common", 1)


class Choices(Protocol):
    """Where random cap tables come from: a draw of hypothesis, or a generator of random numbers."""

    def choice(self, options: Sequence[Any]) -> Any: ...

    def randint(self, low: int, high: int) -> int: ...


@dataclass(frozen=True)
class Drawn:
    """The choices that hypothesis makes, which it can shrink."""

    draw: st.DrawFn

    def choice(self, options: Sequence[Any]) -> Any:
        return self.draw(st.sampled_from(options))

    def randint(self, low: int, high: int) -> int:
        return self.draw(st.integers(low, high))


def structure(choices: Choices, count: int) -> dict[str, Row]:
    """What agrees between paths of one cap table: classes of random kinds with their ranks, the first one common."""
    found = {"class 0": COMMON}
    for i in range(1, count):
        found[f"class {i}"] = _structure(choices, found)
    return found


def _structure(choices: Choices, before: Mapping[str, Row]) -> Row:
    kind = choices.choice(KINDS)
    if kind == "preferred":
        return replace(COMMON, kind=kind, participation=choices.choice(PARTICIPATION), seniority=choices.randint(0, 3))
    if kind == "option":
        return replace(COMMON, kind=kind)
    on = choices.choice([name for name, row in before.items() if row.kind in {"common", "preferred"}])
    exercise = choices.choice(EXERCISE) if before[on].kind == "preferred" else None
    return replace(COMMON, kind=kind, on=on, exercise=exercise)


def numbered(choices: Choices, row: Row) -> Row:
    """A class with the same kind, participation and rank, and numbers of its own."""
    multiple = choices.choice(MULTIPLES)
    cap = multiple + choices.choice(EXTRA) if row.participation == "capped" else None
    return replace(
        row, shares=25 * choices.randint(1, 40), price=Fraction(choices.randint(1, 80), 4), multiple=multiple,
        cap=Fraction(1, 4) if cap == 0 else cap, ratio=choices.choice(RATIOS),
    )  # fmt: skip


def random_tables(choices: Choices, classes: int, paths: int) -> list[dict[str, Row]]:
    """Cap tables of up to so many classes, all of one structure."""
    found = structure(choices, choices.randint(2, classes))
    return [{name: numbered(choices, row) for name, row in found.items()} for _ in range(paths)]


@st.composite
def tables(draw: st.DrawFn, paths: int = 1) -> list[dict[str, Row]]:
    """Cap tables of up to five classes, all of one structure, the first class common."""
    return random_tables(Drawn(draw), 5, paths)
