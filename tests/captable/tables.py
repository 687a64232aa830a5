"""Cap tables for tests: one description, from which the ledger and the slow waterfall's classes are both made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import strategies as st

from tests.captable.oracle import Class
from valsim.captable.ledger import Ledger
from valsim.captable.security import Security
from valsim.captable.security.common import Common
from valsim.captable.security.option import Option
from valsim.captable.security.preferred import Preferred
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

    def exact(self, name: str) -> Class:
        if self.kind == "common":
            return Class(name, Fraction(self.shares))
        if self.kind == "option":
            return Class(name, Fraction(self.shares), exercise_price=self.price)
        return Class(
            name, Fraction(self.shares), None, self.shares * self.price * self.multiple, self.participation,
            None if self.cap is None else self.shares * self.price * self.cap, self.seniority, self.shares * self.ratio,
        )  # fmt: skip

    @property
    def structure(self) -> tuple[Any, ...]:
        """What must agree between paths of one cap table."""
        return self.kind, self.participation, self.seniority


def security(rows: Sequence[Row]) -> Security:
    """One class on as many paths as there are rows: scalars for one."""
    first = rows[0]
    if first.kind == "common":
        return Common()
    if first.kind == "option":
        return Option.model_construct(exercise_price=row_of(r.price for r in rows), vested=np.float64(1))
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


quarters = st.integers(1, 80).map(lambda n: Fraction(n, 4))
shares = st.integers(1, 40).map(lambda n: n * 25)
ratios = st.sampled_from([Fraction(1), Fraction(5, 4), Fraction(2), Fraction(4, 5), Fraction(7, 6)])
multiples = st.sampled_from([Fraction(1), Fraction(1), Fraction(1, 2), Fraction(3, 2), Fraction(2), Fraction(0)])
extra = st.sampled_from([Fraction(0), Fraction(1, 2), Fraction(1), Fraction(2)])


@st.composite
def like(draw: st.DrawFn, structure: tuple[Any, ...]) -> Row:
    """Another class with the same kind, participation and rank, and its own numbers."""
    kind, participation, seniority = structure
    multiple = draw(multiples)
    cap = multiple + draw(extra) if participation == "capped" else None
    cap = Fraction(1, 4) if cap == 0 else cap
    return Row(kind, draw(shares), draw(quarters), multiple, participation, cap, draw(ratios), seniority)


structures = st.one_of(
    st.just(("option", "none", 0)),
    st.tuples(st.just("preferred"), st.sampled_from(["none", "full", "capped"]), st.integers(0, 3)),
    st.tuples(st.just("preferred"), st.sampled_from(["none", "full", "capped"]), st.integers(0, 3)),
    st.tuples(st.just("preferred"), st.sampled_from(["none", "full", "capped"]), st.integers(0, 3)),
)


@st.composite
def tables(draw: st.DrawFn, paths: int = 1) -> list[dict[str, Row]]:
    """Cap tables of up to five classes, all of one structure, the first class common."""
    found = [("common", "none", 0), *draw(st.lists(structures, min_size=1, max_size=4))]
    return [{f"class {i}": draw(like(structure)) for i, structure in enumerate(found)} for _ in range(paths)]
