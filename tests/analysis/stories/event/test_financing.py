"""What becomes of closings, told by date."""

import pytest

import valsim
from tests.analysis.stories.event.happened import happened
from tests.companies import SERIES_B, STEADY, lively, scenario
from valsim.analysis.stories.event.financing import closings, converted, defaults, not_funded, struck_out

FAILED = "rounds[0].closings[0].probability=0%"
CONDITION = "rounds[0].closings[0].when=cash >= 20M USD"


def with_round(*overrides: str):
    return scenario(STEADY + SERIES_B, *overrides)


def test_a_closing_is_told_with_its_terms_and_its_price_against_the_last():
    # 400M for 100M shares is 4 a share, as in series A a year ago: 100M buys a fifth of the company.
    (told,) = happened(with_round(), closings)
    assert told == {
        "at": "2026-03-31",
        "kind": "closing",
        "round": "series_b",
        "tranche": "first",
        "new_money": 100e6,
        "price_per_share": pytest.approx(4.0),
        "post_money_valuation": pytest.approx(500e6),
        "dilution": pytest.approx(0.2),
        "change_of_price": pytest.approx(0.0, abs=1e-12),
        "unraised": 0.0,
        "how": "in_time",
    }


def test_a_down_round_is_one():
    (told,) = happened(with_round("rounds[0].closings[0].pre_money_valuation=240M USD"), closings)
    assert told["price_per_share"] < 2.41
    assert told["change_of_price"] == pytest.approx(told["price_per_share"] / 4 - 1)


def test_a_closing_whose_deal_fails_is_told_once_with_the_reason():
    (told,) = happened(with_round(FAILED), not_funded)
    assert told == {
        "at": "2026-03-31",
        "kind": "not_funded",
        "round": "series_b",
        "tranche": "first",
        "why": "the deal failed before closing",
    }


def test_a_missed_condition_is_told_as_it_is_written():
    (told,) = happened(with_round(CONDITION), not_funded)
    assert told["why"] == "missed cash >= 20M USD"
    assert not happened(with_round(CONDITION), closings)


def test_a_missed_condition_that_is_waived_is_told_with_the_closing():
    (told,) = happened(with_round(CONDITION, "rounds[0].closings[0].if_not_met={probability: 100%}"), closings)
    assert told["how"] == "waived"


def test_a_bridge_that_was_never_needed_is_not_told():
    never = ("rounds[0].closings[0].at=null", "rounds[0].closings[0].when=cash < 1M USD")
    assert not happened(with_round(*never), closings, not_funded)


def test_who_does_not_pay_and_what_that_costs_is_told():
    default = "rounds[0].closings[0].default={probability: 100%, wrong_way: 0, consequence: convert_to_common}"
    others = "rounds[0].closings[0].investors={New: 60M USD, Fund: 40M USD}"
    told = happened(with_round(default, others, "rounds[0].closings[0].new_money=150M USD"), defaults, struck_out)
    assert [(each["kind"], each["holder"]) for each in told] == [
        ("default", "New"),
        ("default", "Fund"),
        ("consequence", "Fund"),
    ]


def test_a_note_that_converts_is_told():
    terms = "{kind: safe, issued: 2025-06-01, purchase_amount: 10M USD, conversion_valuation_cap: 300M USD,"
    safe = f"{terms} conversion_valuation_cap_type: post_money, converts_into: shadow_series, seniority: 1}}"
    document = with_round(f"captable.classes.safe={safe}", "rounds[0].pre_money_includes=[convertibles]")
    assert [each["name"] for each in happened(document, converted)] == ["safe"]


def test_every_closing_that_a_lively_company_funds_is_told_once():
    result = valsim.simulate(lively(), paths=64, threads=1, kept=0)
    for path in (0, 1, 2, 3):
        told = {(each["round"], each["tranche"]) for each in happened(lively(), closings, path=path)}
        times = {t.key for t in lively().tranches if result.outcomes["tranche", *t.key, "new_money"][path] > 0}
        assert told == times
