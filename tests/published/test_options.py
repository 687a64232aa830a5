"""Options that others have priced: at a random time, on an option, and with dates on which to exercise."""

import pytest

from tests.oracles.bermudan import bermudan_put
from tests.published.cases import called, cases, close
from valsim.value.option import black_scholes, random_expiration
from valsim.value.option.compound import Leg, compound_option


def at_random(case, price):
    return float(price(case["value"], case["strike"], case["volatility"], 1 / case["mean_years"], case["risk_free"]))


@pytest.mark.parametrize("case", cases("options", "random_expiration_call"), ids=called)
def test_a_call_at_a_random_time_is_worth_less_than_one_at_its_mean_as_published(case):
    terms = case["value"], case["strike"], case["volatility"], case["mean_years"], case["risk_free"]
    mean = float(black_scholes.call(*terms))
    assert close({"random_expiration": at_random(case, random_expiration.call), "at_the_mean": mean}, case)


@pytest.mark.parametrize("case", cases("options", "random_expiration_binary_call"), ids=called)
def test_a_binary_call_at_a_random_time_has_its_published_worth(case):
    assert close({"random_expiration": at_random(case, random_expiration.binary_call)}, case)


@pytest.mark.parametrize("case", cases("options", "compound_option"), ids=called)
def test_an_option_on_an_option_has_its_published_worth(case):
    first, second = Leg(*case["first"]), Leg(*case["second"])
    found = compound_option(first, second, case["value"], case["volatility"], case["risk_free"], case["payout"])
    assert close({"value": float(found)}, case)


@pytest.mark.parametrize("case", cases("options", "bermudan_put"), ids=called)
def test_the_published_american_puts_have_fifty_dates_a_year(case):
    terms = case["value"], case["strike"], case["volatility"]
    american = bermudan_put(*terms, case["risk_free"], case["years"])
    european = float(black_scholes.put(*terms, case["years"], case["risk_free"]))
    assert close({"american": american, "european": european}, case)
