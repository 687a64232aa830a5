"""Charters for tests: cap tables with terms of a listing, and a slow, exact rule of what a listing pays."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from hypothesis import strategies as st

from tests.captable.oracle import Class, payouts
from tests.captable.tables import Choices, Drawn, Row, exact, held, numbered, row_of, security, structure
from valsim.captable.ledger import Ledger
from valsim.captable.term.automatic_conversion import AutomaticConversion

Paid = dict[str, Fraction]


@dataclass(frozen=True)
class Terms:
    """What a charter says of one preferred class; ``at_least`` is a price of one common share."""

    ratchet: Fraction | None = None
    at_least: Fraction | None = None
    below: str = "blocks_ipo"
    vote: Fraction | None = None


Charter = Mapping[str, tuple[Row, Terms]]


def ledger_of(*charters: Charter) -> Ledger:
    """The ledger of one charter, or of several of one structure: one a path."""
    return held(
        {
            name: (_security([c[name] for c in charters]), row_of(c[name][0].shares for c in charters))
            for name in charters[0]
        }
    )


def _security(found):
    plain, (_, first) = security([row for row, _ in found]), found[0]
    changes = {}
    if first.ratchet is not None:
        changes["ipo_ratchet_multiple"] = row_of(terms.ratchet for _, terms in found)
    if first.at_least is not None:
        changes["automatic_conversion"] = AutomaticConversion.model_construct(
            offer_price_at_least=row_of(terms.at_least for _, terms in found),
            below=first.below,
            or_vote_of=None if first.vote is None else row_of(terms.vote for _, terms in found),
        )
    return plain.but(**changes) if changes else plain


def listed(charter: Charter, value: Fraction, keeping: frozenset[str] = frozenset()) -> Paid:
    """What a listing pays where some classes keep what they have: a ratchet is a claim behind all preferences."""
    rows = {name: row for name, (row, _) in charter.items()}
    return payouts([_in_listing(name, charter, rows, keeping) for name in charter], value)


def _in_listing(name: str, charter: Charter, rows: Mapping[str, Row], keeping: frozenset[str]) -> Class:
    row, of = rows[name], rows[name].on or name
    bought, terms = charter[of]
    if of in keeping or bought.kind != "preferred":
        return row.exact(name, rows)
    price = row.price if row.kind == "warrant" else None
    if terms.ratchet is None:
        return Class(name, row.shares * bought.ratio, None if price is None else price / bought.ratio)
    guaranteed, common = row.shares * bought.price * terms.ratchet, row.shares * bought.ratio
    return Class(name, Fraction(row.shares), price, guaranteed, seniority=-1, as_converted=common)


def by_charter(charter: Charter, value: Fraction) -> tuple[Paid, bool]:
    """What a listing pays by its charter, and whether it was blocked: tests, then votes, then refusals."""
    whole = listed(charter, value)
    offer_price = whole["class 0"] / charter["class 0"][0].shares
    below = {n for n, (_, t) in charter.items() if t.at_least is not None and offer_price < t.at_least}
    paid, blocked = _refused(charter, value, below)
    votes = {n: row.shares * row.ratio for n, (row, _) in charter.items() if row.kind == "preferred"}
    yes = sum((shares for n, shares in votes.items() if whole[n] >= paid[n]), Fraction(0)) / (sum(votes.values()) or 1)
    outvoted = {n for n in below if (vote := charter[n][1].vote) is not None and yes > vote}
    return _refused(charter, value, below - outvoted) if outvoted else (paid, blocked)


def _refused(charter: Charter, value: Fraction, below: set[str]) -> tuple[Paid, bool]:
    keeping = frozenset(n for n in below if charter[n][1].below == "keeps_preference")
    listing = listed(charter, value, keeping)
    sale = payouts(exact({n: row for n, (row, _) in charter.items()}), value)
    blocked = any(sale[n] > listing[n] for n in below - keeping)
    return (sale if blocked else listing), blocked


RATCHETS = [Fraction(1), Fraction(6, 5), Fraction(3, 2), Fraction(3)]
VOTES = [Fraction(0), Fraction(1, 2), Fraction(2, 3)]
NO_TERMS = Terms()


def _shape(choices: Choices, row: Row) -> Terms:
    """Which terms a class has: what agrees between paths of one charter."""
    if row.kind != "preferred":
        return NO_TERMS
    ratchet, test, vote = (choices.choice([None, Fraction(1)]) for _ in range(3))
    return Terms(ratchet, test, choices.choice(["blocks_ipo", "keeps_preference"]), test and vote)


def _numbered(choices: Choices, shape: Terms) -> Terms:
    return Terms(
        shape.ratchet and choices.choice(RATCHETS),
        shape.at_least and Fraction(choices.randint(1, 160), 8),
        shape.below,
        None if shape.vote is None else choices.choice(VOTES),
    )


@st.composite
def charters(draw: st.DrawFn, paths: int = 1) -> list[dict[str, tuple[Row, Terms]]]:
    """Charters of up to four classes, all of one structure, the first class common."""
    choices = Drawn(draw)
    found = structure(choices, choices.randint(2, 4))
    shapes = {name: _shape(choices, row) for name, row in found.items()}
    return [
        {name: (numbered(choices, row), _numbered(choices, shapes[name])) for name, row in found.items()}
        for _ in range(paths)
    ]


def money(numbers) -> np.ndarray:
    return np.array([float(number) for number in numbers])
