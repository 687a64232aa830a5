"""Several policies decide for copies of the same paths."""

import numpy as np

from valsim.core.policy import CONTRACTUAL, Contractual, Decision, SideBySide
from valsim.training.trainer import ByChance

WALK_OR_NOT = Decision("b", "b", "c", "met", ("fund", "walk"))


def test_each_copy_is_decided_by_its_own_policy():
    drawn = np.array([0.2, 0.7, 0.9])
    rows = {"by chance": np.tile(drawn, 2)}
    both = SideBySide((CONTRACTUAL, ByChance(("arr",))))
    assert both(WALK_OR_NOT, rows, np.ones(6, dtype=bool)).tolist() == [0, 0, 0, 0, 1, 1]
    assert both.notes == ("arr",)


def test_copies_of_what_decides_nothing_decide_nothing():
    assert not SideBySide((CONTRACTUAL, Contractual())).decides(WALK_OR_NOT)
    assert SideBySide((ByChance(), ByChance())).decides(WALK_OR_NOT)
