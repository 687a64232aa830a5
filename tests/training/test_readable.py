"""A rule of one threshold or two is found where there is one, and says no more than it has to."""

import numpy as np
import pytest

from valsim.training.readable import ALWAYS, NEVER, Condition, Rule, readable_rule

SIZE = 20_000
DRAWN = np.random.default_rng(8)
ARR, CASH, NOISE = (DRAWN.random(SIZE) for _ in range(3))
ROWS = {"arr": ARR, "cash": CASH, "noise": NOISE, "audit": NOISE > 0.4}


def gain(where):
    return np.where(where, 1.0, -1.0)


def agreement(rule, where):
    return np.mean(rule(ROWS, SIZE) == where)


@pytest.mark.parametrize("where", [ARR >= 0.6, CASH < 0.25, ROWS["audit"]], ids=["above", "below", "a signal"])
def test_one_threshold_is_found_where_one_says_all(where):
    rule = readable_rule(ROWS, gain(where))
    assert len(rule.conditions) == 1
    assert agreement(rule, where) > 0.97


@pytest.mark.parametrize(
    ("where", "join"),
    [((ARR >= 0.5) & (CASH < 0.5), "and"), ((ARR < 0.3) | (CASH >= 0.7), "or")],
    ids=["and", "or"],
)
def test_two_thresholds_are_found_where_it_takes_two(where, join):
    rule = readable_rule(ROWS, gain(where))
    assert (rule.join, {each.row for each in rule.conditions}) == (join, {"arr", "cash"})
    assert agreement(rule, where) > 0.94


def test_where_the_same_is_best_everywhere_no_threshold_is_named():
    assert readable_rule(ROWS, np.ones(SIZE)) == ALWAYS
    assert readable_rule(ROWS, -np.ones(SIZE)) == NEVER


def test_what_hardly_matters_is_left_out():
    hardly = np.where(ARR < 0.001, -0.01, 1.0)
    assert readable_rule(ROWS, hardly) == ALWAYS
    two = gain(ARR >= 0.5) + np.where(CASH < 0.005, -0.1, 0.0)
    assert [each.row for each in readable_rule(ROWS, two).conditions] == ["arr"]


def test_always_holds_everywhere_and_never_nowhere():
    assert ALWAYS({}, 3).all()
    assert not NEVER({}, 3).any()


def test_a_rule_joins_its_conditions():
    rows = {"arr": np.array([1.0, 2.0, 3.0]), "cash": np.array([9.0, 1.0, 9.0])}
    both = (Condition("arr", 2.0), Condition("cash", 5.0, above=False))
    assert Rule(both, "and")(rows, 3).tolist() == [False, True, False]
    assert Rule(both, "or")(rows, 3).tolist() == [False, True, True]
