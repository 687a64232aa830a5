"""What lenders are owed and paid, before any shareholder."""

from datetime import date
from typing import Any

import numpy as np
import pytest

from tests.captable.liquidity.senior.seniors import CLASSES, DAY, LOAN, settled, table, told
from valsim.captable.liquidity.senior.transaction_costs import TransactionCosts

STATED = {"kind": "venture_debt", "claim": "1.16M USD", "seniority": 1}
SECOND = {"kind": "venture_debt", "claim": "580k USD", "seniority": 1}
DIVIDEND = {
    "rate": "8%", "compounding": "simple", "day_count": "actual/365", "settlement": "forfeit_on_conversion",
}  # fmt: skip
ACCRUING = {**CLASSES, "series_a": {**CLASSES["series_a"], "cumulative_dividend": DIVIDEND}}


def owed(day: date = DAY, **changes: Any) -> float:
    loan = {key: value for key, value in {**LOAN, **changes}.items() if value is not None}
    return float(table(debt={"loan": loan}).senior.owed(day.toordinal()))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, 1_160_000),
        ({"compounding": "compound", "periods_per_year": 2}, 1_169_858.56),
        ({"principal": "2M USD", "interest_rate": "10%", "final_payment": "3%"}, 2_460_000),
        ({"principal": "2M USD", "interest_rate": "10%", "exit_fee": "60k USD"}, 2_460_000),
        ({"interest_rate": None, "compounding": None, "day_count": None}, 1_000_000),
    ],
)
def test_what_is_owed_is_the_principal_its_interest_and_its_fees(changes: dict[str, Any], expected: float) -> None:
    # github.com/ogulcan-ozyavuz/algorithmic-game-theory-for-private-equity, docs/debt.md: A1, A4 and the venture debt of D5
    assert owed(**changes) == pytest.approx(expected, rel=1e-13)


def test_fees_may_differ_by_path() -> None:
    loan = table(debt={"loan": {**LOAN, "final_payment": "1%", "exit_fee": "1 USD"}}).senior.debt["loan"]
    drawn = loan.but(final_payment=np.array([0.01, 0.02]), exit_fee=np.array([0.0, 60e3]))
    assert drawn.claim_at(DAY.toordinal()) == pytest.approx([1_170_000, 1_240_000], rel=1e-13)


def test_costs_may_differ_by_path() -> None:
    costs = TransactionCosts.model_construct(fraction=np.array([0.0, 0.02]), fixed=np.array([5e5, 0.0]))
    assert costs.paid(np.full(2, 10e6)).tolist() == [5e5, 2e5]


def test_no_interest_accrues_before_the_issue() -> None:
    assert owed(date(2024, 6, 1)) == 1_000_000


@pytest.mark.parametrize(
    ("proceeds", "debt", "classes", "expected"),
    [
        # the same source, D1, D2, D4, and docs/dividends.md, DW11
        (36_160_000, {"loan": LOAN}, CLASSES, {"loan": 1_160_000, "common": 28e6, "series_a": 7e6}),
        (1_000_000, {"loan": STATED}, CLASSES, {"loan": 1_000_000, "common": 0, "series_a": 0}),
        (870_000, {"a": STATED, "b": SECOND}, CLASSES, {"a": 580_000, "b": 290_000, "common": 0, "series_a": 0}),
        (28_160_000, {"loan": STATED}, ACCRUING, {"loan": 1_160_000, "common": 21.2e6, "series_a": 5.8e6}),
        # a higher number is paid first: D3 with the ranks the other way round
        (
            1_500_000,
            {"senior": {**STATED, "seniority": 2}, "note": {**SECOND, "claim": "530k USD"}},
            CLASSES,
            {"senior": 1_160_000, "note": 340_000, "common": 0, "series_a": 0},
        ),
    ],
    ids=["D1", "D2", "D4", "DW11", "D3"],
)
def test_lenders_are_paid_by_rank_and_shareholders_what_is_left(
    proceeds: float, debt: dict[str, Any], classes: dict[str, Any], expected: dict[str, float]
) -> None:
    found = settled(proceeds, debt=debt, classes=classes)
    paid = {**found.first.debt, **found.by_class}
    assert {name: float(paid[name]) for name in expected} == pytest.approx(expected, rel=1e-13)


def test_what_is_owed_may_differ_by_the_day_of_each_path() -> None:
    days = np.array([0.0, 365.0, 730.0]) + date(2025, 1, 1).toordinal()
    assert table(debt={"loan": LOAN}).senior.owed(days) == pytest.approx([1e6, 1.08e6, 1.16e6], rel=1e-13)


@pytest.mark.parametrize(
    ("loan", "place", "message"),
    [
        ({"kind": "venture_debt", "seniority": 1}, "", "does not say what is owed"),
        ({**STATED, "principal": "1M USD"}, "principal", "claim says what is owed in all"),
        ({**LOAN, "day_count": None}, "interest_rate", "interest says its day_count"),
        ({**LOAN, "issued": None}, "interest_rate", "interest says its issued"),
        ({**LOAN, "compounding": "compound"}, "compounding", "how often"),
        ({**STATED, "seniority": {"family": "uniform", "low": 1, "high": 2}}, "seniority", "one number"),
    ],
)
def test_a_loan_that_does_not_say_what_is_owed_is_reported_where_it_stands(
    loan: dict[str, Any], place: str, message: str
) -> None:
    given = {key: value for key, value in loan.items() if value is not None}
    ((where, sentence),) = told(debt={"loan": given})
    assert where == ".".join(filter(None, ("debt.loan", place)))
    assert message in sentence


def test_sound_loans_have_no_problems() -> None:
    assert told(debt={"loan": LOAN, "second": STATED}) == []


def test_a_loan_was_issued_by_the_date_of_the_document_and_is_called_as_nobody_else() -> None:
    later = {**LOAN, "issued": "2027-06-01"}
    assert told(DAY, debt={"loan": later}) == [("debt.loan.issued", "2027-06-01 is after the document's 2027-01-01")]
    for name in ("common", "carve_out"):
        assert told(debt={name: LOAN}) == [(f"debt.{name}", f"the name {name!r} is taken")]


def test_a_debt_without_a_kind_is_a_loan_and_one_that_is_alone_needs_no_rank() -> None:
    found = settled([1e6, 2e6], debt={"loan": {"claim": 1_160_000}})
    np.testing.assert_allclose(found.first.lent, [1e6, 1.16e6], rtol=1e-13)


def test_each_of_several_debts_says_its_rank() -> None:
    unranked = {"claim": "1M USD"}
    assert told(debt={"loan": LOAN, "second": unranked}) == [("debt.second", "of several debts, each says its rank")]
