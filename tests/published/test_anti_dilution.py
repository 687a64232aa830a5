"""Conversion prices after a cheaper issue that others have published."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.published.cases import called, cases, close, number
from valsim.captable.term.anti_dilution import AntiDilution, Before, Issue

ALL = cases("anti_dilution", "anti_dilution")
KINDS = {"full_ratchet": "full_ratchet", "weighted_average": "broad_based_weighted_average"}
"""The formula of the weighted average is one; what a case counts as the shares before makes it broad or narrow."""


def conversion_price(case):
    names = ("CP1", "A_shares_before", "shares_issued", "consideration")
    return adjusted(KINDS[case["method"]], *(number(case[name]) for name in names))


def adjusted(kind, price, before, issued, consideration):
    issue = Issue(np.asarray(consideration / issued), np.asarray(issued))
    return float(AntiDilution.choose(kind).adjusted(np.asarray(price), [issue], Before(np.asarray(before))))


def found(case):
    """What a case expects, in its own words."""
    after, before = conversion_price(case), number(case["CP1"])
    ratio = number(case.get("original_issue_price", case["CP1"])) / after
    return {"CP2": after, "factor": after / before, "conversion_ratio": ratio}


@pytest.mark.parametrize("case", ALL, ids=called)
def test_the_conversion_price_is_the_published_or_the_right_one(case):
    assert close(found(case), case)


@pytest.mark.parametrize("case", cases("anti_dilution", "anti_dilution", "known_wrong"), ids=called)
def test_a_published_factor_that_is_wrong_is_not_repeated(case):
    mine = found(case)
    for what, wrong in case["published_wrong"].items():
        assert abs(mine[what] - wrong) > 0.1


@given(st.floats(0.01, 100), st.floats(1, 1e9), st.floats(1, 1e9), st.floats(0, 1))
def test_the_weighted_average_is_the_formula_of_a_charter(price, before, issued, part):
    # Square's stockholders' equity note: CP2 = CP1 (A + B) / (A + C), B = consideration / CP1.
    consideration = part * price * issued
    expected = price * (before + consideration / price) / (before + issued)
    assert adjusted("broad_based_weighted_average", price, before, issued, consideration) == pytest.approx(expected)
