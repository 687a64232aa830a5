import pytest

import valsim
from tests.contract.tables import TWO
from valsim.core.errors import ScenarioError, ValuationError

FUND = """
committed_capital: 100M
investment_capital: 80M
carried_interest: 20%
carry_basis: committed_capital
gross_multiple: 2.5
"""


def test_a_holder_breaks_even_where_its_shares_are_worth_their_cost():
    assert valsim.break_even_valuation(TWO, "Fund", 5e6).company_value == pytest.approx(
        valsim.fair_value(TWO).company_value
    )
    assert valsim.break_even_valuation(TWO, "Ada", 1e6).partial_valuation == pytest.approx(1e6)


def test_the_terms_of_a_fund_may_stand_in_a_file(tmp_path):
    path = tmp_path / "fund.yaml"
    path.write_text(FUND)
    found = [valsim.break_even_valuation(TWO, "Fund", 5e6, fund=fund) for fund in (FUND, str(path), path)]
    assert [each.lp_cost for each in found] == [pytest.approx(6.25e6)] * 3


def test_what_is_wrong_is_told_with_its_place():
    with pytest.raises(ValuationError, match="did you mean 'Fund'"):
        valsim.break_even_valuation(TWO, "Fun", 5e6)
    with pytest.raises(ScenarioError, match="carry_basis"):
        valsim.break_even_valuation(TWO, "Fund", 5e6, fund=FUND.replace("committed_capital\n", "commitments\n"))


def test_what_is_suspicious_is_told_with_the_result():
    drawn = FUND.replace("100M", "{family: uniform, low: 90M, high: 110M}")
    assert "worked out at its median" in valsim.break_even_valuation(TWO, "Fund", 5e6, fund=drawn).warnings[0]
