"""Waterfalls that others have published, each from its source."""

import numpy as np
import pytest

from tests.published.cases import called, cases, close, number
from tests.published.documents import FIRST, cap_table, opened
from valsim.captable.curve import Claim, Curve
from valsim.captable.distribute import curves_of
from valsim.captable.profiles import conversion_values, payoff_matrix
from valsim.captable.regime import as_agreed
from valsim.captable.waterfall import breakpoints, waterfall

ALL = cases("waterfalls", "exit_waterfall")


def paid(case):
    debt = {row["id"]: Curve((Claim(np.float64(row["claim"]), FIRST - row["rank"]),)) for row in case.get("debt", [])}
    curves = curves_of(opened(cap_table(case)), as_agreed)
    return waterfall(curves | debt, np.float64(case["exit_proceeds"])).payouts


@pytest.mark.parametrize("case", ALL, ids=called)
def test_the_payouts_are_the_published_or_the_right_ones(case):
    expected = {name: number(amount) for name, amount in case["expected"]["payouts"].items()}
    assert paid(case) == pytest.approx(expected, rel=0, abs=case["tolerance"])


@pytest.mark.parametrize("case", cases("waterfalls", "exit_waterfall", "known_wrong"), ids=called)
def test_a_published_payout_that_is_wrong_is_not_repeated(case):
    for name, wrong in case["published_wrong"].items():
        assert abs(paid(case)[name] - wrong) > 1000 * case["tolerance"]


@pytest.mark.parametrize("case", cases("waterfalls", "payoff_matrix"), ids=called)
def test_each_choice_of_who_converts_pays_what_was_published(case):
    matrix = payoff_matrix(opened(cap_table(case)), np.float64(case["exit_proceeds"]))
    words = {False: "retain", True: "convert"}
    players = [row["id"] for row in case["classes"] if row["type"] == "preferred"]
    found = {
        "_".join(words[name in converting] for name in players): [float(payouts[name]) for name in players]
        for converting, payouts in matrix.items()
    }
    for profile, expected in case["expected"].items():
        assert found[profile] == pytest.approx(expected, rel=0, abs=case["tolerance"])


@pytest.mark.parametrize("case", cases("waterfalls", "breakpoints"), ids=called)
def test_the_breakpoints_are_the_published_ones(case):
    found = breakpoints(curves_of(opened(cap_table(case)), as_agreed))
    assert found.tolist() == pytest.approx(case["expected"]["breakpoints"], rel=1e-12)


@pytest.mark.parametrize("case", cases("waterfalls", "conversion_thresholds"), ids=called)
def test_each_class_converts_from_the_published_value(case):
    found = conversion_values(opened(cap_table(case)))
    assert found == pytest.approx(case["expected"], rel=0, abs=case["tolerance"])


@pytest.mark.parametrize("case", cases("waterfalls", "document_breakpoints"), ids=called)
def test_a_document_has_the_published_breakpoints(case):
    found = breakpoints(curves_of(opened(case["captable"]), as_agreed))
    assert close({"breakpoints": found.tolist()}, case)
