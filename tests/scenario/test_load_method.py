"""A method of valuation in a file: every problem at once, each with its line."""

import pytest

from valsim.core.errors import ScenarioError
from valsim.scenario.load import parse_document
from valsim.scenario.load_method import judged_method

HYBRID = """
kind: hybrid
parts:
  stays_private:
    weight: 60%
    method: {kind: option_pricing, volatility: 60%, risk_free: 4%, term: 3}
  goes_public:
    weight: 40%
    method:
      kind: probability_weighted
      discount_rate: 25%
      calibration: none
      outcomes:
        ipo: {exit: ipo, value: 150M, years: 2, probability: 70%}
        delayed: {exit: acquisition, value: 60M USD, years: 3, probability: 30%}
"""


def judged(text: str, currency: str = "USD"):
    return judged_method(parse_document(text, "hybrid.yaml"), currency)


def told(text: str) -> str:
    with pytest.raises(ScenarioError) as raised:
        judged(text)
    return str(raised.value)


def test_a_method_is_read_with_plain_amounts():
    found = judged(HYBRID)
    assert found.warnings == ()
    ipo = found.method.parts["goes_public"].method.outcomes["ipo"]
    assert (ipo.value.middle, ipo.exit) == (150e6, "ipo")


def test_every_problem_is_told_at_once_with_its_line_and_what_to_do():
    text = told(HYBRID.replace("weight: 40%", "weight: 30%").replace("probability: 30%", "probability: 20%"))
    assert "hybrid.yaml:3:1  parts: the weights add up to 100 %, and these to 90 %" in text
    assert (
        "hybrid.yaml:13:7  parts.goes_public.method.outcomes: the probabilities of all outcomes add up to 100 %" in text
    )
    assert text.endswith("2 problems in hybrid.yaml")


def test_a_wrong_word_is_underlined_where_it_stands():
    text = told(HYBRID.replace("calibration: none", "calibration: nothing"))
    assert "hybrid.yaml:12:20" in text
    assert "expected one of 'outcome_values', 'discount_rate' or 'none'" in text


def test_a_kind_that_there_is_not_gives_the_nearest_and_none_at_all_says_which_there_are():
    assert "did you mean 'hybrid'?" in told("kind: hybrit")
    assert "one of exit_mix, hybrid, option_pricing" in told("weight: 3")


def test_an_amount_in_another_currency_is_refused():
    text = told(HYBRID.replace("150M", "150M EUR"))
    assert "hybrid.yaml:14:33" in text
    assert "the cap table is in USD, got '150M EUR'" in text


def test_a_percent_sign_that_was_forgotten_and_a_number_that_is_drawn_are_warned_of():
    drawn = "{kind: option_pricing, volatility: {family: uniform, low: 40%, high: 80%}, term: 3}"
    assert "worked out at its median" in judged(drawn).warnings[0].message
    assert judged("{kind: option_pricing, volatility: 60}").warnings[0].path == ("volatility",)
