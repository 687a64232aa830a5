"""Exits that others have published, as documents: participation, SAFEs before a round, dividends, premiums, ratchets."""

import pytest

import valsim
from tests.published.cases import called, cases, close, number

ALL = cases("payouts", "payout")


def paid(case):
    """What the document of a case pays out of its proceeds."""
    return valsim.waterfall(case["captable"], [number(each) for each in case["proceeds"]], exit=case["exit"])


@pytest.mark.parametrize("case", ALL, ids=called)
def test_a_published_exit_is_paid_out_as_published(case):
    result = paid(case)
    for name, expected in case["expected"]["payout"].items():
        what = f"payout of {name}"
        assert close({what: list(result.classes[name].payout)}, case | {"expected": {what: expected}})


@pytest.mark.parametrize("case", [case for case in ALL if "converts" in case["expected"]], ids=called)
def test_who_converts_is_published_too(case):
    classes = paid(case).classes
    told = {name: classes[name].converts.tolist() for name in case["expected"]["converts"]}
    assert told == case["expected"]["converts"]


@pytest.mark.parametrize("case", [case for case in ALL if "breakpoints" in case["expected"]], ids=called)
def test_its_breakpoints_are_the_published_ones(case):
    expected = [number(each) for each in case["expected"]["breakpoints"]]
    assert list(paid(case).breakpoints) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("case", cases("payouts", "payout", "known_wrong"), ids=called)
def test_a_published_payout_that_is_wrong_is_not_repeated(case):
    classes = paid(case).classes
    for name, wrong in case["published_wrong"].items():
        assert all(abs(mine - theirs) > 100 for mine, theirs in zip(classes[name].payout, wrong, strict=True))
