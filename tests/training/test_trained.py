"""Policies do what their scores say, on the paths where somebody is asked."""

import numpy as np

from valsim.core.policy import Decision
from valsim.training.coordinate import Coordinate
from valsim.training.score import Score
from valsim.training.trained import Branch, Trained

MISSED = Decision("b", "b", "second", "missed", ("lapse", "waive", "reprice"))
LATER = Decision("b", "b", "third", "met", ("fund", "walk"))
ARR = Coordinate("arr")
WAIVE, REPRICE = Score((ARR,), ((), (0,)), (-10.0, 1.0)), Score((ARR,), ((), (0,)), (-30.0, 2.0))
ROWS = {"arr": np.array([5.0, 12.0, 18.0, 25.0, 25.0])}
ASKED = np.array([True, True, True, True, False])


def test_the_alternative_with_the_highest_score_is_taken():
    policy = Trained().learning(MISSED, (WAIVE, REPRICE))
    assert policy(MISSED, ROWS, ASKED).tolist() == [0, 1, 1, 2, 0]


def test_what_was_not_learned_is_left_to_the_document():
    policy = Trained().learning(MISSED, (WAIVE, REPRICE))
    assert policy.decides(MISSED)
    assert not policy.decides(LATER)


def test_a_branch_takes_its_alternative_whatever_the_state():
    learned = Trained().learning(LATER, (Score((ARR,), ((), (0,)), (20.0, -1.0)),))
    branch = Branch(Trained(), MISSED.key, 2, learned, frozenset([LATER.key]), ("arr",))
    assert branch(MISSED, ROWS, ASKED).tolist() == [2] * 5
    assert branch(LATER, ROWS, ASKED).tolist() == [1, 1, 1, 0, 0]
    assert branch.decides(MISSED)
    assert branch.decides(LATER)
    assert branch.notes == ("arr",)


def test_before_its_decision_a_branch_explores():
    explores = Trained().learning(LATER, (Score((ARR,), ((), (0,)), (20.0, -1.0)),))
    branch = Branch(explores, MISSED.key, 0, Trained(), frozenset(), ())
    assert branch(LATER, ROWS, ASKED).tolist() == [1, 1, 1, 0, 0]
