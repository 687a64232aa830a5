"""Some rows of a tree: what differs by path is cut, and what does not stays the very same object."""

import numpy as np
import pytest

from valsim.captable.term.anti_dilution import AntiDilution
from valsim.captable.term.dividend.non_cumulative import NonCumulativeDividend
from valsim.core.selection import repeated, select

RATES = np.array([0.05, 0.06, 0.07])
DIVIDEND = NonCumulativeDividend.model_construct(rate=np.asarray(0.08), declared_unpaid=np.asarray(0.0))


@pytest.mark.parametrize("rows", [slice(0, 2), np.array([0, 1]), np.array([True, True, False])])
def test_the_rows_of_a_block_and_of_its_own_state_are_cut(rows):
    drawn = DIVIDEND.but(rate=RATES, _owed=RATES * 10)
    cut = select({"dividends": (drawn, DIVIDEND)}, rows)["dividends"]
    assert cut[0].rate.tolist() == [0.05, 0.06]
    assert cut[0].owed.tolist() == pytest.approx([0.5, 0.6])
    assert cut[1] is DIVIDEND


def test_what_all_paths_share_is_not_copied():
    terms = AntiDilution.choose({"kind": "broad_based_weighted_average", "exempt": ["option_pool"]})
    tree = {"terms": (terms, DIVIDEND, "word"), "rate": np.asarray(0.5)}
    assert select(tree, slice(0)) is tree
    assert repeated(tree, 3) is tree


def test_copies_stand_one_after_the_other_and_one_copy_is_the_tree_itself():
    tree = {"dividends": (DIVIDEND.but(rate=RATES), DIVIDEND)}
    twice = repeated(tree, 2)["dividends"]
    assert twice[0].rate.tolist() == [*RATES.tolist(), *RATES.tolist()]
    assert twice[1] is DIVIDEND
    assert repeated(tree, 1) is tree
