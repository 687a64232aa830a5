"""What the reader's positions pay and receive."""

import pytest

from tests.analysis.stories.event.happened import happened
from tests.companies import SERIES_B, STEADY, scenario, steady
from valsim.analysis.stories.event.position import not_bought, paid

BUYS = "positions={me: {kind: secondary, pay: 5M USD, series: series_a, seller: Fund, price_per_share: 4 USD, at: 2026-03-31, fees: 2%%, carry: 0%%, transfer_consent_probability: %s}}"


def test_a_purchase_is_told_with_its_fees():
    assert happened(steady(BUYS % "100%"), paid, not_bought) == [
        {"at": "2026-03-31", "kind": "paid", "holder": "me", "money": pytest.approx(-5.1e6)}
    ]


def test_a_purchase_that_is_refused_is_told_with_the_reason_once():
    assert happened(steady(BUYS % "0%"), paid, not_bought) == [
        {"at": "2026-03-31", "kind": "not_bought", "holder": "me", "why": "the transfer is refused"}
    ]


def test_a_purchase_in_a_closing_names_it():
    bought = "positions={me: {kind: primary, round: series_b, closing: first, pay: 20M USD, fees: 0%, carry: 0%}}"
    (told,) = happened(scenario(STEADY + SERIES_B, bought, "rounds[0].closings[0].investors={New: 80M USD}"), paid)
    assert told["money"] == pytest.approx(-20e6)
    assert (told["round"], told["tranche"]) == ("series_b", "first")
