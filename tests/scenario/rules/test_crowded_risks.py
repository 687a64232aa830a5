"""A risk that is more frequent than the steps can play is told."""

import math

import pytest

from tests.companies import STEADY
from tests.scenario.found import warned

PLACE = "risks.outage"


def told(chance: str, *overrides: str) -> dict[str, str]:
    found = warned(STEADY, f"risks={{outage: {{{chance}, effect: {{revenue: '* 0.9'}}}}}}", *overrides)
    return {place: message for place, message in found.items() if "a year is meant" in message}


@pytest.mark.parametrize(
    ("chance", "step", "crowded"),
    [
        ("hazard: 2 per year", "quarter", True),
        ("hazard: 1.7 per year", "quarter", False),
        ("hazard: 2 per year", "month", False),
        ("hazard: 2 per year", "year", True),
        ("hazard: {family: lognormal, p10: 1 per year, p90: 9 per year}", "quarter", True),
        ("probability_per_year: 80%", "quarter", False),
        ("probability_per_year: 90%", "quarter", True),
        ("hazard: 9 per year, at_most: 1", "quarter", False),
        ("hazard: 9 per year, at_most: 2", "quarter", True),
        ("hazard: 9/year * revenue / (100M USD/year)", "quarter", False),
    ],
)
def test_steps_that_leave_out_a_fifth_of_the_events_are_told(chance: str, step: str, crowded: bool) -> None:
    assert list(told(chance, f"step={step}")) == ([PLACE] if crowded else [])


def test_how_many_are_played_is_said() -> None:
    played = 1 - math.exp(-1)  # a leap year among them changes no digit that is shown
    message = f"about 1 a year is meant, and {played:.3g} played: there is at most one event a step"
    assert told("hazard: 1 per year", "step=year") == {PLACE: message}
