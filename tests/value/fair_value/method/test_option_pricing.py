"""The option-pricing method is the discounted mean of what a sale on a known day pays."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from tests.captable.tables import ledger_of, tables
from tests.contract.tables import THREE, TWO
from tests.value.fair_value.companies import FALLS, GROWS, exits, method
from valsim.captable.liquidity.pay_out import Liquidity, Table, pay_out
from valsim.core.errors import ValuationError
from valsim.value.fair_value.diagram import Exits
from valsim.value.fair_value.fair_value import Priced, value_by_class

VALUES = np.array([1e6, 8e6, 2e7, 3e8, 5e9])
Z = np.linspace(-9.0, 9.0, 18_001)
TODAY = np.asarray(740_000.0)


def sold(found: Exits, proceeds):
    return pay_out(found.table, Liquidity("acquisition", "by_charter", found.day), proceeds).by_class


def mean(found: Exits, value, volatility, years, risk_free):
    """What a waterfall pays on average, discounted, by quadrature over the normal number behind the value."""
    spread = volatility * np.sqrt(years)
    paid = sold(found, value * np.exp(risk_free * years + spread * Z - spread**2 / 2))
    weights = norm.pdf(Z) * np.gradient(Z) * np.exp(-risk_free * years)
    return {name: float((weights * row).sum()) for name, row in paid.items()}


@pytest.mark.parametrize("text", [TWO, THREE], ids=["two classes", "three"])
def test_a_class_is_worth_the_mean_of_what_it_is_paid(text):
    worth = method("option_pricing", volatility=0.7, risk_free=0.03, term="3 years").present_values(exits(text), VALUES)
    for i, value in enumerate(VALUES):
        for name, wanted in mean(exits(text), value, 0.7, 3.0, 0.03).items():
            assert worth[name][i] == pytest.approx(wanted, rel=1e-6, abs=1e-6 * value)


@settings(max_examples=20)
@given(tables(), st.floats(100.0, 1e5), st.floats(0.05, 1.5), st.floats(0.1, 8.0))
def test_so_is_each_class_of_any_table_and_all_of_them_are_worth_the_company(drawn, value, volatility, years):
    found = Exits(Table(ledger_of(*drawn).at(0)), TODAY)
    priced = method("option_pricing", volatility=volatility, risk_free=0.04, term=f"{years} years")
    worth = {name: float(row[0]) for name, row in priced.present_values(found, np.array([value])).items()}
    assert sum(worth.values()) == pytest.approx(value, rel=1e-9)
    wanted = mean(found, value, volatility, float(priced.term), 0.04)
    assert {name: worth[name] for name in wanted} == pytest.approx(wanted, rel=1e-5, abs=1e-5 * value)


@settings(max_examples=20)
@given(tables(), st.floats(0.0, 1.5), st.floats(0.0, 8.0))
def test_no_class_is_worth_less_where_the_company_is_worth_more(drawn, volatility, years):
    found, values = Exits(Table(ledger_of(*drawn).at(0)), TODAY), np.geomspace(1.0, 1e7, 200)
    priced = method("option_pricing", volatility=volatility, term=f"{years} years")
    for row in priced.present_values(found, values).values():
        assert (np.diff(row) >= -1e-9 * values[1:]).all()


def test_without_volatility_it_is_the_waterfall_of_the_forward_value_discounted():
    worth = method("option_pricing", volatility=0, risk_free=0.05, term="4 years").present_values(exits(THREE), VALUES)
    for name, paid in sold(exits(THREE), VALUES * np.exp(0.2)).items():
        np.testing.assert_allclose(worth[name], paid * np.exp(-0.2), rtol=1e-12)


def test_without_time_it_is_the_waterfall():
    worth = method("option_pricing", term="0 years").present_values(exits(THREE), VALUES)
    for name, paid in sold(exits(THREE), VALUES).items():
        np.testing.assert_allclose(worth[name], paid, rtol=1e-12)


def test_what_grows_with_time_is_counted_up_to_the_sale():
    priced = method("option_pricing", volatility=0, risk_free=0, term="5 years")
    assert priced.present_values(exits(GROWS), np.array([8e6]))["series_a"] == pytest.approx([7e6], rel=1e-4)
    assert "5 years" in priced.about(exits(GROWS))[0]
    assert priced.about(exits(TWO)) == ()


def test_a_table_whose_payouts_jump_is_refused_with_the_place_and_the_reason():
    with pytest.raises(ValuationError, match=r"sold for 50,000,000, \w+ jumps by [+-]8,000,000") as raised:
        method("option_pricing").present_values(exits(FALLS), VALUES)
    assert "exit_mix, random_expiration or simulation" in str(raised.value)


def test_a_jump_in_a_listing_alone_is_no_matter():
    veto = TWO.replace(
        "seniority: 1}", "seniority: 1, automatic_conversion: {offer_price_multiple_at_least: 1, below: blocks_ipo}}"
    )
    assert sum(
        row[0] for row in method("option_pricing").present_values(exits(veto), VALUES).values()
    ) == pytest.approx(1e6)


def test_a_price_that_is_all_preference_says_nothing_of_the_company():
    # Published as a case of a price that identifies no value: flat from about 5.3M to 23.7M at a volatility of 1 %.
    still = method("option_pricing", volatility=0.01, risk_free=0, term=1)
    with pytest.raises(ValuationError, match=r"wherever the company is worth 5\.\d+e\+06 to 2\.\d+e\+07"):
        value_by_class(exits(TWO), Priced("series_a", 2.5), still)
