"""Which decisions come up when, and in which order they are learned."""

from tests.companies import lively
from valsim.core.policy import Decision
from valsim.scenario.choices import choices, order_of_learning, overtaken

MET, MISSED = (("series_b", "milestone", question) for question in ("met", "missed"))
FIRST, SECOND = ((f"bridge {number}", "bridge", "met") for number in (1, 2))
OPEN_BRIDGES = lively(
    "rounds.bridge.closings.bridge.if_met=option",
    "rounds.bridge.closings.bridge.if_walked={}",
    "decisions={policy: myopic, decide_for: requisite_holders}",
)
"""A milestone with a window, and a bridge that may come twice, before it, in between or after it."""


def test_a_decision_may_come_after_one_that_is_due_later_but_never_after_one_that_waits_for_it() -> None:
    assert [choice.decision.key for choice in choices(OPEN_BRIDGES)] == [MET, MISSED, FIRST, SECOND]
    assert overtaken(OPEN_BRIDGES) == {FIRST: {MET, MISSED}, SECOND: {MET, MISSED}}


def test_what_may_be_overtaken_is_learned_again_with_all_before_it() -> None:
    asked = [Decision("a", "a", name, "met", ("fund", "walk")) for name in "xyz"]
    x, y, z = asked
    assert order_of_learning(asked, {}) == (z, y, x)
    assert order_of_learning(asked, {y.key: frozenset({x.key})}) == (z, y, x, y, x)
