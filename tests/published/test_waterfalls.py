"""Waterfalls that others have published, each from its source."""

import numpy as np
import pytest

import valsim
from tests.published.cases import called, cases, close, number
from tests.published.documents import cap_table, opened
from valsim.captable.liquidity.profiles import conversion_values, payoff_matrix

ALL = cases("waterfalls", "exit_waterfall")


def paid(case):
    """What the document form of a case pays, by class and by lender."""
    found = valsim.waterfall(cap_table(case), number(case["exit_proceeds"]))
    rows = {name: each.payout for name, each in found.classes.items()} | found.lenders
    return {name: float(row) for name, row in rows.items()}


@pytest.mark.parametrize("case", ALL, ids=called)
def test_the_payouts_are_the_published_or_the_right_ones(case):
    assert close({"payouts": paid(case)}, case | {"expected": {"payouts": case["expected"]["payouts"]}})


@pytest.mark.parametrize("case", [case for case in ALL if "converts" in case["expected"]], ids=called)
def test_who_converts_is_published_too(case):
    classes = valsim.waterfall(cap_table(case), number(case["exit_proceeds"])).classes
    published = case["expected"]["converts"]
    assert {name: classes[name].converts.item() for name in published} == published


@pytest.mark.parametrize("case", [case for case in ALL if "equilibria" in case.get("notes", "")], ids=called)
def test_where_both_sides_pay_the_same_a_class_is_indifferent(case):
    classes = valsim.waterfall(cap_table(case), number(case["exit_proceeds"])).classes
    assert "indifferent" in {each.converts.item() for each in classes.values()}


@pytest.mark.parametrize("case", cases("waterfalls", "exit_waterfall", "known_wrong"), ids=called)
def test_a_published_payout_that_is_wrong_is_not_repeated(case):
    mine = paid(case)
    for name, wrong in case["published_wrong"].items():
        assert abs(mine[name] - wrong) > 1000 * case["tolerance"]


@pytest.mark.parametrize("case", cases("waterfalls", "payoff_matrix"), ids=called)
def test_each_choice_of_who_converts_pays_what_was_published(case):
    matrix = payoff_matrix(opened(cap_table(case)), np.float64(case["exit_proceeds"]))
    words = {False: "retain", True: "convert"}
    players = [row["id"] for row in case["classes"] if row["type"] == "preferred"]
    found = {
        "_".join(words[name in converting] for name in players): [float(payouts[name]) for name in players]
        for converting, payouts in matrix.items()
    }
    assert close(found, case)


@pytest.mark.parametrize("case", cases("waterfalls", "breakpoints"), ids=called)
def test_the_breakpoints_are_the_published_ones(case):
    found = valsim.waterfall(cap_table(case), 1e6).breakpoints
    assert list(found) == pytest.approx(case["expected"]["breakpoints"], rel=1e-12)


@pytest.mark.parametrize("case", cases("waterfalls", "conversion_thresholds"), ids=called)
def test_each_class_converts_from_the_published_value(case):
    found = conversion_values(opened(cap_table(case)))
    assert found.keys() == case["expected"].keys()
    assert close(found, case)
    told = valsim.waterfall(cap_table(case), 1.0).converts_above
    assert told == pytest.approx(case["expected"], rel=0, abs=case["tolerance"])


@pytest.mark.parametrize("case", cases("waterfalls", "document_breakpoints"), ids=called)
def test_a_document_has_the_published_breakpoints(case):
    assert close({"breakpoints": list(valsim.waterfall(case["captable"], 1e4).breakpoints)}, case)
