"""Anchors and followers as a document writes them, and what is refused."""

import pytest

from tests.companies import STEADY
from tests.scenario.found import one


def closing(terms: str) -> str:
    only = f"{{name: only, at: 2026-07-01, new_money: 50M USD, post_money_valuation: 500M USD, {terms}}}"
    return f"rounds=[{{name: b, series: {{like: series_a}}, closings: [{only}]}}]"


PLACE = "rounds[0].closings[0]"


@pytest.mark.parametrize(
    ("terms", "place", "message"),
    [
        (
            "investors: {Lead: 5M USD}, anchor: Led",
            "anchor",
            "the anchor is one of the investors of the closing, and 'Led' is not",
        ),
        (
            "followers: {probability: 90%, if_anchor_defaults: 40%}",
            "followers.if_anchor_defaults",
            "the closing does not say which investor is its anchor",
        ),
        ("followers: {probability: cash}", "followers.probability", "expected a plain number, got USD"),
        ("others_pay: cash", "others_pay", "expected a plain number, got USD"),
        ("adds_unraised: true", "adds_unraised", "no closing stands before the first one of a round"),
    ],
)
def test_what_does_not_fit_is_reported(terms: str, place: str, message: str) -> None:
    assert one(STEADY, closing(terms)) == (f"{PLACE}.{place}", message)
