"""What the company's cash pays back, and where it runs low."""

import pytest

from tests.analysis.stories.event.happened import happened
from tests.companies import steady
from valsim.analysis.stories.event.money import loans_repaid, low_on_cash, notes_repaid, redemptions

LOAN = "captable.debt={bank: {kind: venture_debt, principal: 4M USD, interest: 0%, seniority: 1, drawn: 2025-01-01, matures: 2027-01-01}}"
NOTHING = (loans_repaid, notes_repaid, redemptions)


def test_cash_that_comes_to_last_less_than_six_months_is_told_once():
    # 10M at a burn of 8M a year: below 4M only after nine months and a day, so a year after the start.
    told = happened(steady("cash_flow=revenue * 0 - 8M USD/year"), low_on_cash)
    assert [each["at"] for each in told] == ["2027-01-01"]
    assert told[0]["years"] < 0.5
    assert told[0]["cash"] == pytest.approx(told[0]["years"] * 8e6)


def test_a_company_that_burns_nothing_is_never_low_on_cash():
    assert not happened(steady(), low_on_cash, *NOTHING)


def test_a_class_that_demands_its_money_is_told_with_what_it_is_paid():
    term = "{at: 2027-01-01, return_per_year: 50%, compounding: simple, payer: company}"
    poor = steady(
        f"captable.classes.series_a.redemption={term}", "valuation.multiple.start=0.5", "valuation.multiple.mean=0.5"
    )
    first = happened(poor, redemptions)[0]
    assert (first["at"], first["kind"], first["series"]) == ("2027-01-01", "redemption", "series_a")
    assert first["money"] == pytest.approx(10e6), "all the cash there is"
