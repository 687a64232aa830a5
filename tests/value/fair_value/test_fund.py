"""The general partner's part of what an investment brings, and what it costs the limited partners, worked by hand."""

import pytest

from valsim.core.parameter import at_medians, plain_amounts
from valsim.value.fair_value.fund import Fund

TERMS = {
    "committed_capital": 100e6,
    "investment_capital": 80e6,
    "carried_interest": "20%",
    "carry_basis": "committed_capital",
    "gross_multiple": 2.5,
}


def fund(**terms):
    with plain_amounts():
        return Fund.model_validate({**TERMS, **terms})


def test_the_general_partner_has_its_part_of_the_profit():
    # 80M bring 200M: 100M of that is profit above the commitments, and 120M above what was invested.
    assert at_medians(fund()).gp_share == pytest.approx(0.2 * 100 / 200)
    assert at_medians(fund(carry_basis="investment_capital")).gp_share == pytest.approx(0.2 * 120 / 200)


def test_without_a_profit_there_is_no_carried_interest():
    assert at_medians(fund(gross_multiple=1.2)).gp_share == 0.0


def test_the_limited_partners_bear_the_fees_of_an_investment_too():
    assert at_medians(fund()).lp_cost(5e6) == pytest.approx(6.25e6)


def test_no_more_can_be_invested_than_was_committed():
    (problem,) = fund(investment_capital=120e6).problems(None)
    assert problem.path == ("investment_capital",)
