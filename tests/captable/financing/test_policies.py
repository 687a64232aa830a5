"""The policies of a document, on rows of numbers: what they choose, and about what they have nothing to say."""

from typing import Any

import numpy as np
import pytest

from valsim.captable.financing.policy import Decisions
from valsim.core.policy import ALL_OF_THEM, CONTRACTUAL, Decision, Question


def untrained(paths, state):
    raise AssertionError


FUND: tuple[Question, tuple[str, ...]] = ("met", ("fund", "walk"))
SPARE: tuple[Question, tuple[str, ...]] = ("missed", ("lapse", "waive", "reprice"))
ROWS = {
    "equity_value": np.array([99.0, 100.0, 60.0, 100.0]),
    "new_money": np.full(4, 20.0),
    "post_money_valuation": np.array([120.0, 120.0, 120.0, np.nan]),
    "reprice_discount": np.full(4, 0.3),
}
EVERYWHERE = np.ones(4, dtype=bool)


def asked(question: Question, alternatives: tuple[str, ...], closing: str = "c") -> Decision:
    return Decision("b", "b 2", closing, question, alternatives)


def chosen(document: dict[str, Any], decision: Decision) -> list[str]:
    policy = Decisions.choose({"decide_for": ALL_OF_THEM, **document}).made(untrained)
    return [decision.alternatives[place] for place in policy(decision, ROWS, EVERYWHERE)]


@pytest.mark.parametrize(
    ("decision", "choices"),
    [
        # No price: there is nothing to refuse.
        (asked(*FUND), ["walk", "fund", "walk", "fund"]),
        (asked("met", ("fund", "default")), ["default", "fund", "default", "fund"]),
        (asked("missed", ("lapse", "waive")), ["lapse", "waive", "lapse", "waive"]),
        # 70 before the money.
        (asked(*SPARE), ["reprice", "reprice", "lapse", "reprice"]),
    ],
)
def test_the_myopic_pay_where_the_shares_are_worth_the_money_once_it_is_in(
    decision: Decision, choices: list[str]
) -> None:
    assert chosen({"policy": "myopic"}, decision) == choices


def test_a_rule_decides_by_the_formula_of_each_closing() -> None:
    rule = {
        "policy": "rule",
        "fund_when": {"b": {"c": "equity_value >= 100"}},
        "waive_when": {"b": {"c": "equity_value >= 100"}},
        "reprice_when": {"b": {"c": "equity_value >= 99"}},
    }
    assert chosen(rule, asked(*FUND)) == ["walk", "fund", "walk", "fund"]
    assert chosen(rule, asked(*SPARE)) == ["reprice", "waive", "lapse", "waive"]


def test_a_rule_leaves_closings_without_a_formula_to_the_document() -> None:
    policy = Decisions.choose(
        {"policy": "rule", "decide_for": ALL_OF_THEM, "fund_when": {"b": {"c": "cash > 0"}}}
    ).made(untrained)
    assert [policy.decides(each) for each in (asked(*FUND), asked(*SPARE), asked(*FUND, closing="d"))] == [
        True,
        False,
        False,
    ]


def test_a_contractual_document_decides_nothing() -> None:
    document = Decisions.choose({"policy": "contractual"})
    assert document.made(untrained) is CONTRACTUAL
    assert not document.decides(asked(*FUND))
    assert document(asked(*FUND), ROWS, EVERYWHERE).tolist() == [0] * 4
