"""The deals that had not closed: who owned what before, and how open the terms are."""

from typing import Any

import pytest

from tests.golden.shipped import found, scenario


def closing(name: str, tranche: str) -> dict[str, Any]:
    return next(each for each in found(name)["tranches"] if each["tranche"] == tranche)


def test_openai_opens_with_the_parts_of_its_restructuring() -> None:
    shares = {each["name"]: each["shares"] for each in found("openai-850b")["classes"]}
    positions = scenario("openai-850b").captable.positions
    held = {
        (holder, series): holding.amount.middle * shares[series] / sum(shares.values())
        for holder, lots in positions.items()
        for series, holding in lots.items()
    }
    assert held["Microsoft", "microsoft"] == pytest.approx(0.27)
    assert held["OpenAI Foundation", "common"] == pytest.approx(0.26, abs=1e-3)
    assert held["SoftBank", "round_2025"] == pytest.approx(0.11, abs=1e-3)


def test_softbank_pays_thirty_billion_in_three_closings_where_all_are_funded() -> None:
    (terms,) = [each for each in scenario("openai-850b").rounds if each.name == "new_round"]
    parts = [each.investors["SoftBank"].middle for each in terms.closings if "SoftBank" in each.investors]
    assert parts == [10e9, 10e9, 10e9]


def test_openai_ends_above_850_billion_after_the_money_where_all_is_funded() -> None:
    assert closing("openai-850b", "SoftBank third closing")["post_money_valuation"]["quantiles"][
        "0.5"
    ] == pytest.approx(855e9)


@pytest.mark.parametrize(("terms", "most"), [("new_money", 1e9), ("post_money_valuation", 12e9)])
def test_shield_ai_gets_at_most_what_is_discussed_and_may_get_less(terms: str, most: float) -> None:
    quantiles = closing("shield-ai-12b", "talks closing")[terms]["quantiles"]
    assert quantiles["0.05"] < 0.8 * most
    assert (quantiles["0.5"], quantiles["0.95"]) == pytest.approx((most, most))


@pytest.mark.parametrize("terms", ["new_money", "post_money_valuation"])
def test_every_reading_of_the_terms_of_shield_ai_has_its_weight_and_source(terms: str) -> None:
    numbers = found("shield-ai-12b")["assumptions"]
    (number,) = [each for each in numbers if "talks closing" in each["path"] and each["path"].endswith(terms)]
    assert sum(reading["weight"] for reading in number["conflict"]) == pytest.approx(1)
    assert all(reading["source"] != "assumption" for reading in number["conflict"])
