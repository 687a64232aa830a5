import pytest

import valsim
from tests.companies import STEADY
from tests.contract.tables import THREE
from valsim.core.errors import ScenarioError, ValuationError

YEARS = 1096 / 365.25
"""The three years of the scenario."""
WITH_A_ROUND = (
    STEADY
    + """
rounds:
  - name: series_b
    series: {like: series_a, seniority: 2}
    conversion_method: percent_ownership
    closings: [{name: only, at: 2027-01-01, new_money: 10M USD, pre_money_valuation: 900M USD}]
"""
)
ASKED = {"kind": "simulation", "paths": 1024, "seed": 3}


def test_a_scenario_is_played_and_the_class_is_worth_its_price():
    found = valsim.fair_value(STEADY, {"series_a": 5.0}, ASKED)
    assert found.classes["series_a"].per_share == pytest.approx(5.0, rel=1e-9)
    assert found.classes["common"].per_share == pytest.approx(5.0, rel=1e-3)
    assert found.post_money_valuation == 5.0 * 100e6
    assert found.overvaluation == pytest.approx(found.post_money_valuation / found.fair_value - 1)
    assert found.fair_value == pytest.approx(sum(each.value for each in found.classes.values()))


def test_a_preference_is_worth_more_than_common_where_the_price_is_low():
    # All are paid together what the company is worth; at 3 a share the preference of 4 takes 4 of it after three years.
    found = valsim.fair_value(STEADY, {"common": 3.0}, ASKED)
    assert found.classes["series_a"].per_share == pytest.approx(4 / 1.04**YEARS, rel=1e-9)


def test_the_headline_of_a_class_is_over_what_one_of_its_shares_is_worth():
    found = valsim.fair_value(STEADY, {"common": 3.0}, ASKED)
    for each in found.classes.values():
        assert each.overvaluation == pytest.approx(3.0 / each.per_share - 1, rel=1e-9)


def test_a_safe_that_is_lost_among_the_shares_of_a_round_is_warned_of():
    safe = (
        "safe: {kind: safe, issued: 2025-06-01, purchase_amount: 10M USD, conversion_valuation_cap: 300M USD, "
        "conversion_valuation_cap_type: post_money, converts_into: standard_series, seniority: 1}"
    )
    found = valsim.fair_value(WITH_A_ROUND.replace("    common:", f"    {safe}\n    common:"), {"series_a": 5.0}, ASKED)
    assert found.classes["safe"].per_share is None
    assert found.warnings[0].startswith("safe becomes shares of a round")


def test_a_policy_of_investors_is_left_aside_and_that_is_said():
    decided = WITH_A_ROUND.replace(
        "900M USD}", "900M USD, when: revenue >= 1 USD/year, between: [2027-01-01, 2027-06-30], if_met: option}"
    )
    decided = (
        decided.replace("name: only, at: 2027-01-01", "name: only")
        + "decisions: {policy: myopic, decide_for: requisite_holders}\n"
    )
    assert "left aside" in valsim.fair_value(decided, {"series_a": 5.0}, ASKED).notes[-1]


def test_without_a_price_the_last_one_is_taken_and_named():
    assert "series_a" in valsim.fair_value(STEADY, method=ASKED).notes[0]


def test_plain_data_says_that_the_scenario_was_played():
    told = valsim.fair_value(STEADY, {"series_a": 5.0}, ASKED).as_dict()
    promised = {"fair_value", "post_money_valuation", "overvaluation", "classes", "standard_error", "roots"}
    assert promised <= told.keys()
    assert (told["model"], told["parameters"]) == ("scenario", {"paths": 1024, "seed": 3})
    assert valsim.fair_value(THREE, method=ASKED).as_dict()["model"] == "cap_table"


def test_another_method_values_the_cap_table_of_a_scenario():
    assert valsim.fair_value(STEADY, {"series_a": 5.0}).as_dict()["model"] == "cap_table"


def test_paths_and_seed_are_those_of_the_scenario_unless_asked():
    found = valsim.fair_value(STEADY, {"series_a": 5.0}, "simulation")
    assert found.as_dict()["parameters"] == {"paths": 1000, "seed": 7}


@pytest.mark.parametrize(
    ("price", "method", "on", "said"),
    [
        ({"series_a": 5.0}, {**ASKED, "volatility": 0.5}, None, "drivers of a scenario"),
        ({"series_a": 5.0}, ASKED, "2027-01-01", "its own date"),
        ({"series_q": 5.0}, ASKED, None, "no class 'series_q'"),
    ],
)
def test_what_makes_no_sense_of_a_scenario_is_refused(price, method, on, said: str):
    with pytest.raises(ValuationError, match=said):
        valsim.fair_value(STEADY, price, method, on)


def test_a_wrong_scenario_is_told_with_its_problems():
    with pytest.raises(ScenarioError, match="horizon"):
        valsim.fair_value(STEADY.replace("horizon: 3 years", "horizon: -3 years"), {"series_a": 5.0}, ASKED)
