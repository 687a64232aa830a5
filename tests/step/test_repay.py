"""Loans that mature before the exit: the company repays them out of its cash, as far as it goes."""

from dataclasses import replace

import numpy as np
import pytest

import valsim
from tests.companies import steady
from valsim.core.parameter import at_medians
from valsim.core.streams import Streams
from valsim.result import Result
from valsim.simulate import opening
from valsim.state import State, World
from valsim.step.repay import repay
from valsim.value.measure import PriceOfRisk

PATHS = 2


def loans(**claims: str) -> str:
    """Loans that are due a year after the start."""
    terms = "seniority: {rank}, matures: 2027-01-01"
    each = (
        f"{name}: {{kind: venture_debt, claim: {claim} USD, {terms.format(rank=rank)}}}"
        for rank, (name, claim) in enumerate(claims.items())
    )
    return f"captable.debt={{{', '.join(each)}}}"


def played(*overrides: str) -> Result:
    return valsim.simulate(steady(*overrides), paths=PATHS, threads=1)


def proceeds(*overrides: str) -> float:
    """What is left for shareholders at the sale after three years; enterprise value is 500M, cash at the start 10M."""
    (found,) = set(played(*overrides).outcomes["proceeds",].tolist())
    return found


def repaid(cash: list[float], *overrides: str) -> State:
    scenario = steady(*overrides)
    world = World(at_medians(scenario), Streams(1, 0, 1, PATHS), PriceOfRisk({}))
    state = opening(world, 1.0)
    (step,) = (step for step in scenario.steps if step.date.isoformat() == "2027-01-01")
    return repay(world, replace(state, cash=np.array(cash)), step)


def test_a_loan_is_repaid_when_it_matures_and_a_poor_company_pays_what_it_has() -> None:
    state = repaid([10e6, 3e6], loans(bank="5M"))
    assert state.cash.tolist() == [5e6, 0.0]
    assert state.debt.tolist() == [0.0, 2e6]
    assert state.repaid["bank"].tolist() == [1.0, 0.6]


def test_loans_that_are_due_together_are_repaid_by_rank() -> None:
    state = repaid([6e6, 4e6], loans(second="3M", first="5M"))
    assert (state.repaid["first"].tolist(), state.repaid["second"].tolist()) == ([1.0, 0.8], [1 / 3, 0.0])
    assert state.debt.tolist() == [2e6, 4e6]


def test_repaying_changes_cash_and_debt_alike_and_what_is_still_owed_is_paid_at_the_exit() -> None:
    assert proceeds(loans(bank="5M")) == pytest.approx(505e6, rel=1e-12)
    assert proceeds(loans(bank="40M")) == pytest.approx(470e6, rel=1e-12)


def test_interest_ends_with_the_loan() -> None:
    terms = "interest_rate: 10%, compounding: simple, day_count: actual/365, issued: 2026-01-01, seniority: 1"
    loan = f"captable.debt={{bank: {{kind: venture_debt, principal: 4M USD, matures: 2027-01-01, {terms}}}}}"
    assert proceeds(loan) == pytest.approx(505.6e6, rel=1e-12)


def test_what_stayed_owed_is_repaid_as_soon_as_there_is_cash() -> None:
    # 8M a year come in: 10M and 8M are there when 30M are due, and 16M more until the sale.
    income = "cash_flow=revenue * 8%"
    result = played(income, loans(bank="30M"))
    assert result.outcomes["proceeds",].tolist() == pytest.approx([500e6 + 10e6 + 24e6 - 30e6] * PATHS, rel=1e-3)
    assert result.outcomes["holder", "Fund", "at exit"].tolist() == pytest.approx(
        (result.outcomes["proceeds",] / 4).tolist(), rel=1e-12
    )


def test_the_day_of_maturity_is_a_step_of_its_own() -> None:
    odd = steady(loans(bank="5M").replace("2027-01-01", "2027-02-14"))
    assert [step.date.isoformat() for step in odd.steps].count("2027-02-14") == 1


NOTE = (
    "captable.classes.note={kind: convertible_note, issued: 2026-01-01, principal: 4M USD, interest_rate: 10%%, day_count: 30/360,"
    " compounding: simple, accrued_interest: converts, maturity: 2027-01-01, at_maturity: %s, converts_into: shadow_series, seniority: 2}"
)
LENT = "captable.positions={Ada: {common: 60M}, Fund: {series_a: 100%}, Lender: {note: 100%}}"


@pytest.mark.parametrize(("at_maturity", "at_exit", "left"), [("repaid", 0.0, 505.6e6), ("stays_owed", 5.2e6, 510e6)])
def test_a_note_is_repaid_with_its_interest_when_it_is_due_or_stays_owed(
    at_maturity: str, at_exit: float, left: float
) -> None:
    result = played(NOTE % at_maturity, LENT)
    assert result.outcomes["proceeds",].tolist() == pytest.approx([left] * PATHS, rel=1e-12)
    assert result.outcomes["holder", "Lender", "at exit"].tolist() == pytest.approx([at_exit] * PATHS, rel=1e-3)
    received = 4.4e6 if at_maturity == "repaid" else at_exit
    assert result.outcomes["holder", "Lender", "proceeds"].tolist() == pytest.approx([received] * PATHS, rel=1e-3)


def test_a_note_is_repaid_as_far_as_the_cash_goes_and_after_loans() -> None:
    result = played(NOTE % "repaid", LENT, loans(bank="8M"))
    assert result.outcomes["proceeds",].tolist() == pytest.approx([500e6] * PATHS, rel=1e-12)
    paid = result.outcomes["holder", "Lender", "proceeds"] - result.outcomes["holder", "Lender", "at exit"]
    assert paid.tolist() == pytest.approx([2e6] * PATHS, rel=1e-12)
    # 24/44 of the principal are left, with three years of interest.
    assert result.outcomes["holder", "Lender", "at exit"].tolist() == pytest.approx(
        [4e6 * 24 / 44 * 1.3] * PATHS, rel=1e-3
    )
