import numpy as np
import pytest
import yaml

import valsim
from tests.contract.tables import THREE, TWO
from valsim.contract.method import method_of
from valsim.core.errors import ScenarioError, ValuationError

EUROS = THREE.replace("currency: USD", "currency: EUR")


@pytest.mark.parametrize(
    ("method", "said", "about"),
    [
        ("black_scholes", "unknown kind", "method"),
        ({"kind": "exit_mix", "volatility": -0.1}, "above 0", "volatility"),
        ({"kind": "exit_mix", "exit_rate": "3 USD"}, "a chance per year", "exit_rate"),
        ({"kind": "exit_mix", "terms": 4}, "has no terms", "terms"),
        ({"kind": "exit_mix", "ipo_probability": []}, "at one at least", "ipo_probability"),
        ({"kind": "simulation", "paths": 1}, "paths: is at least 1,024", "paths"),
        ({"kind": "simulation", "paths": 10**13}, r"at most 100,000,000: .* \(exit_mix is the same", "paths"),
    ],
)
def test_a_method_that_is_none_is_refused_by_what_is_wrong_with_it(method, said: str, about: str):
    with pytest.raises(ValuationError, match=said) as refused:
        method_of(method)
    assert refused.value.about == about


ANOTHER_CURRENCY = {"kind": "exit_mix", "ipo_probability": [{"exit_value": "1B EUR", "probability": "60%"}]}


def test_an_amount_of_a_method_in_another_currency_is_refused_wherever_it_stands():
    with pytest.raises(ValuationError, match="the cap table is in USD, got '1B EUR'"):
        valsim.fair_value(THREE, method=ANOTHER_CURRENCY)
    assert valsim.fair_value(EUROS, method=ANOTHER_CURRENCY).fair_value > 0


def test_a_number_inside_a_mapping_is_refused_by_its_place():
    outcomes = {"sale": {"exit": "acquisition", "value": -1e8, "years": 3, "probability": 1}}
    with pytest.raises(ValuationError, match=r"outcomes\.sale\.value: must be at least 0"):
        method_of({"kind": "probability_weighted", "risk_free": 0.04, "calibration": "none", "outcomes": outcomes})


def test_a_number_of_a_mapping_that_is_doubtful_or_drawn_is_told_as_one_of_a_file_is():
    doubtful = {"kind": "option_pricing", "volatility": 60}
    assert "a percent sign may be missing" in valsim.fair_value(TWO, method=doubtful).warnings[0]
    drawn = {"kind": "option_pricing", "volatility": {"family": "uniform", "low": 0.4, "high": 0.8}}
    assert "worked out at its median" in valsim.fair_value(TWO, method=drawn).warnings[0]


STATED = """
kind: probability_weighted
risk_free: 4%
calibration: none
outcomes:
  sale: {exit: acquisition, value: 100M, years: 3, probability: 60%}
  failure: {exit: wind_down, value: 5M, years: 2, probability: 40}
"""


def test_a_method_may_be_a_text_a_file_or_a_mapping_that_say_the_same(tmp_path):
    text = STATED.replace("40}", "40%}")
    path = tmp_path / "stated.yaml"
    path.write_text(text)
    found = [
        valsim.fair_value(TWO, method=method).as_dict() for method in (text, path, str(path), yaml.safe_load(text))
    ]
    assert found[1:] == found[:1] * 3
    assert found[0]["company_value"] == pytest.approx(60e6 * np.exp(-0.12) + 2e6 * np.exp(-0.08))


def test_a_file_of_a_method_is_told_with_its_problems_and_a_kind_that_needs_one_says_so():
    with pytest.raises(ScenarioError, match="probabilities of all outcomes"):
        valsim.fair_value(TWO, method=STATED.replace("60%", "50%").replace("40}", "40%}"))
    with pytest.raises(ValuationError, match="needs outcomes: give the method in a file"):
        valsim.fair_value(TWO, method="probability_weighted")
    with pytest.raises(TypeError, match="expected the name of a method"):
        valsim.fair_value(TWO, method=3)


def test_what_is_suspicious_in_a_method_is_told_with_the_result():
    drawn = "kind: option_pricing\nvolatility: {family: uniform, low: 40%, high: 80%}\n"
    assert "worked out at its median" in valsim.fair_value(TWO, method=drawn).warnings[0]
