"""The whole way from a document to payouts and decisions, beside exact fractions and every profile of decisions."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import valsim
from tests.captable.oracle import paid_with, payouts
from tests.captable.tables import exact, tables

EXITS = st.lists(st.integers(0, 300).map(lambda n: Fraction(n * n, 5)), min_size=4, max_size=4)
LOANS = st.lists(st.integers(1, 40).map(lambda n: Fraction(n * 50)), max_size=2)


def document(rows, loans):
    """A random cap table as a person would write it; the later of two loans is paid first."""
    debt = {f"loan {i}": {"kind": "venture_debt", "claim": str(claim), "seniority": i} for i, claim in enumerate(loans)}
    return {"classes": {name: written(row) for name, row in rows.items()}, "debt": debt}


def written(row):
    return {"kind": row.kind, "shares": row.shares} | WRITTEN[row.kind](row)


def preferred(row):
    cap = {} if row.cap is None else {"participation_cap_multiple": str(row.cap)}
    return {
        "original_issue_price": str(row.price),
        "liquidation_preference_multiple": str(row.multiple),
        "participation": row.participation,
        "seniority": row.seniority,
        "conversion_price": str(row.price / row.ratio),
        **cap,
    }


def warrant(row):
    on = {} if row.on is None else {"on": row.on}
    return {"exercise_price": str(row.price), **on} | ({} if row.exercise is None else {"exercise": row.exercise})


WRITTEN = {
    "common": lambda _: {},
    "option": lambda row: {"exercise_price": str(row.price), "vested": 1},
    "preferred": preferred,
    "warrant": warrant,
}


@settings(max_examples=60, deadline=None)
@given(tables(), LOANS, EXITS)
def test_a_document_pays_lenders_and_classes_what_exact_fractions_do(table, loans, exits):
    (rows,) = table
    classes, found = exact(rows), valsim.waterfall(document(rows, loans), [float(x) for x in exits])
    for i, proceeds in enumerate(exits):
        left, near = proceeds, {"rel": 1e-9, "abs": 1e-9 * float(proceeds)}
        for loan, claim in reversed(list(enumerate(loans))):
            paid = min(left, claim)
            assert found.lenders[f"loan {loan}"][i] == pytest.approx(float(paid), **near)
            left -= paid
        right = payouts(classes, left)
        assert {name: each.payout[i] for name, each in found.classes.items()} == pytest.approx(
            {name: float(paid) for name, paid in right.items()}, **near
        )
        assert any(paid_with(classes, left, profile) == right for profile in decided(classes, found, i))


def decided(classes, found, i):
    """Every profile of decisions that goes with what was told; one that is indifferent may do either."""
    told = ({True: ["convert"], False: ["keep", "leave"]}.get(found.classes[c.name].converts[i]) for c in classes)
    # Warrants on preferred shares that are exercised may hold what they buy, or convert it.
    exercised = (["keep", "convert"] if c.exercise_price is not None and t == ["convert"] else t
                 for c, t in zip(classes, told, strict=True))  # fmt: skip
    return product(*([choice for choice in c.choices if t is None or choice in t]
                     for c, t in zip(classes, exercised, strict=True)))  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(tables(), LOANS)
def test_between_two_breakpoints_every_payout_is_the_line_that_is_told(table, loans):
    (rows,) = table
    told = valsim.waterfall(document(rows, loans), 1.0).next_dollar
    starts = np.array([stretch.start for stretch in told])
    width = np.diff(starts, append=2 * starts[-1] + 1000)
    ends = starts + np.multiply.outer([0.2, 0.8], width)
    found = valsim.waterfall(document(rows, loans), ends)
    everybody = {name: each.payout for name, each in found.classes.items()} | found.lenders
    for name, (low, high) in everybody.items():
        slopes = np.array([stretch.classes.get(name, 0.0) for stretch in told])
        assert np.all(np.abs(high - low - 0.6 * slopes * width) <= 1e-7 * ends[1])
