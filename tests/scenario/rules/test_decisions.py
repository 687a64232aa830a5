"""What a document has to say about decisions, and what it cannot say."""

import pytest

from tests.companies import STEADY
from tests.scenario.found import one, warned

OPTION = "if_met: option, investors: {Lead: 10M USD}"
RULE = "decisions={policy: rule, decide_for: requisite_holders, fund_when: {b: {c: %s}}}"
MYOPIC = "decisions={policy: myopic, decide_for: %s}"


def rounds(terms: str) -> str:
    closing = f"{{name: c, at: 2026-07-01, new_money: 50M USD, pre_money_valuation: 500M USD, {terms}}}"
    return f"rounds=[{{name: b, series: {{like: series_a, seniority: 2}}, closings: [{closing}]}}]"


@pytest.mark.parametrize(
    ("terms", "decisions", "place", "message"),
    [
        (OPTION, "name=Steady", "rounds[0].closings[0].if_met", "an option is a right to walk away, and nothing says when it is used"),
        (
            f"{OPTION}, default: {{probability: 5%, wrong_way: 0, consequence: none}}", MYOPIC % "requisite_holders",
            "rounds[0].closings[0].default", "an option obliges nobody, so nobody can default on it",
        ),
        (OPTION, MYOPIC % "Laed", "decisions.decide_for", "'Laed' pays for no closing that leaves it a choice"),
        (OPTION, MYOPIC % "Ada", "decisions.decide_for", "'Ada' pays for no closing that leaves it a choice"),
        (OPTION, RULE % "pre_money_valuation >= 3 years", "decisions.fund_when.b.c", "cannot compare USD and years"),
        (OPTION, RULE % "new_money", "decisions.fund_when.b.c", "expected a condition, got USD"),
        (OPTION, "decisions={policy: rule, decide_for: requisite_holders}", "decisions", "a rule needs at least one formula"),
        (
            OPTION, "decisions={policy: rule, decide_for: Lead, fund_when: {b: {d: cash > 0 USD}}}",
            "decisions.fund_when.b.d", "no closing 'd' of a round 'b'",
        ),
        (
            OPTION, "decisions={policy: rule, decide_for: Lead, waive_when: {b: {c: cash > 0 USD}}}",
            "decisions.waive_when.b.c", "the document leaves no such choice at b / c: fund or walk",
        ),
        (OPTION, "decisions={policy: myopic}", "decisions.decide_for", "required, but not given"),
    ],
)  # fmt: skip
def test_a_choice_that_nobody_can_take_is_told(terms: str, decisions: str, place: str, message: str) -> None:
    found = one(STEADY, rounds(terms), decisions)
    assert found[0] == place
    assert message in found[1]


def test_a_driver_called_like_a_term_that_is_offered_is_told() -> None:
    driver = "drivers.commitment={kind: constant, value: 1, unit: users}"
    assert one(STEADY, rounds(OPTION), MYOPIC % "Lead", driver)[1] == "the name 'commitment' is taken"


def test_nobody_is_called_as_all_of_them_are() -> None:
    named = "if_met: option, investors: {requisite_holders: 10M USD}"
    assert "stands for all investors" in one(STEADY, rounds(named), MYOPIC % "requisite_holders")[1]


@pytest.mark.parametrize(
    ("terms", "decisions", "place", "words"),
    [
        ("probability: 90%", MYOPIC % "requisite_holders", "decisions", "without effect: no closing leaves a choice"),
        ('if_walked: {multiple: "* 0.9"}', "name=Steady", "rounds[0].closings[0].if_walked", "only from an option"),
        (
            f'{OPTION}, when: cash > 0 USD, if_lapsed: {{multiple: "* 0.9"}}', MYOPIC % "Lead",
            "rounds[0].closings[0].if_met", "investors who walk away from a met one have none",
        ),
    ],
)  # fmt: skip
def test_what_has_no_effect_is_a_warning(terms: str, decisions: str, place: str, words: str) -> None:
    assert words in warned(STEADY, rounds(terms), decisions)[place]


def test_a_buyer_may_decide_about_its_own_payment() -> None:
    buyer = "positions={me: {kind: primary, round: b, closing: c, pay: 5M USD, fees: 0%, carry: 0%}}"
    assert not warned(STEADY, rounds(OPTION), buyer, MYOPIC % "me")
