"""What is learned, told by date."""

import pytest

from tests.analysis.stories.event.happened import happened
from tests.companies import steady
from valsim.analysis.stories.event.learning import came_out, learned, struck

AUDIT = "signals={audit: {at: 2026-07-01, probability: %s, if_true: {multiple: '* 1.1'}, if_false: {multiple: '* 0.7 decaying over 2 years'}}}"
ERRS = "signals={audit: {at: 2026-07-01, probability: 0%, false_positive: 100%, revealed_after: 12 months}}"
OUTAGE = "risks={outage: {hazard: 1000 per year, at_most: 2, effect: {multiple: '* 0.9'}}}"


@pytest.mark.parametrize(
    ("chance", "seen", "effect"),
    [
        ("100%", True, {"row": "multiple", "times": pytest.approx(1.1)}),
        ("0%", False, {"row": "multiple", "times": pytest.approx(0.7), "recovery": pytest.approx(2.0)}),
    ],
)
def test_a_signal_is_told_at_its_date_with_what_it_does(chance, seen, effect):
    (told,) = happened(steady(AUDIT % chance), learned)
    assert told == {"at": "2026-07-01", "kind": "signal", "name": "audit", "observed": seen, "effects": [effect]}


def test_a_signal_of_a_company_that_has_left_is_not_told():
    gone = "exits={acquisition: {hazard: 1000 per year, discount: 0%}}"
    assert not happened(steady(AUDIT % "100%", gone), learned)


def test_what_comes_out_is_told_where_it_is_not_what_was_observed():
    seen, out = happened(steady(ERRS), learned, came_out)
    assert (seen["at"], seen["observed"]) == ("2026-07-01", True)
    assert out == {"at": "2027-07-01", "kind": "came_out", "name": "audit", "true": False}
    assert not happened(steady(AUDIT % "100%"), came_out)


def test_each_strike_of_a_risk_is_told_and_what_it_does_the_first_time():
    first, second = happened(steady(OUTAGE), struck)
    assert (first["time"], second["time"]) == (1, 2)
    assert first["effects"] == [{"row": "multiple", "times": pytest.approx(0.9)}]
    assert "effects" not in second
