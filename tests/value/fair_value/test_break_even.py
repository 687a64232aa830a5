"""An investment breaks even where what it is worth is what it costs."""

import pytest

from tests.value.fair_value.companies import exits, method
from tests.value.fair_value.test_fund import fund
from valsim.core.errors import ValuationError
from valsim.core.parameter import at_medians
from valsim.value.fair_value.break_even import break_even_of
from valsim.value.fair_value.by_class import Priced
from valsim.value.fair_value.fair_value import value_by_class

SERIES_A = {"series_a": 2e6}


def test_a_whole_class_breaks_even_where_its_price_is_fair():
    found = break_even_of(exits(), method("exit_mix"), SERIES_A, 5e6, None)
    assert found.company_value == pytest.approx(
        value_by_class(exits(), Priced("series_a", 2.5), method("exit_mix")).roots[0]
    )
    assert (found.partial_valuation, found.gp_valuation, found.lp_cost) == (pytest.approx(5e6), 0.0, 5e6)


def test_half_of_it_at_half_the_cost_breaks_even_there_too():
    whole, half = (
        break_even_of(exits(), method("exit_mix"), {"series_a": 2e6 * part}, 5e6 * part, None) for part in (1, 0.5)
    )
    assert half.company_value == pytest.approx(whole.company_value, rel=1e-12)


def test_with_a_fund_fees_and_carried_interest_raise_the_bar():
    terms = at_medians(fund())
    found = break_even_of(exits(), method("exit_mix"), SERIES_A, 5e6, terms)
    assert found.lp_valuation == pytest.approx(found.lp_cost) == pytest.approx(6.25e6)
    assert found.gp_valuation == pytest.approx(0.1 * found.partial_valuation)
    assert found.company_value > break_even_of(exits(), method("exit_mix"), SERIES_A, 5e6, None).company_value


def test_it_is_told_as_plain_data():
    told = break_even_of(exits(), method("option_pricing"), SERIES_A, 5e6, None).as_dict()
    assert (told["measure"], told["method"], told["lp_valuation"]) == (
        "risk_neutral",
        "option_pricing",
        pytest.approx(5e6),
    )
    assert told["assumed"] == ["volatility", "risk_free", "term"]


@pytest.mark.parametrize(
    ("position", "investment", "about"),
    [({}, 5e6, "holder"), (SERIES_A, 0.0, "investment"), (SERIES_A, float("nan"), "investment")],
)
def test_what_cannot_break_even_is_refused(position, investment: float, about: str):
    with pytest.raises(ValuationError) as raised:
        break_even_of(exits(), method("exit_mix"), position, investment, None)
    assert raised.value.about == about
