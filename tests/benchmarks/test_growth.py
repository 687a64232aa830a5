"""The small scenario is made larger in one thing at a time."""

import pytest

from benchmarks.documents import SMALL, document
from benchmarks.measurement.growth import _plain, _scenario, with_classes, with_closings, with_drivers, with_steps


def sizes(scenario):
    return {
        "steps": len(scenario.steps),
        "drivers": len(scenario.drivers),
        "classes": len(scenario.captable.classes),
        "closings": len(scenario.tranches),
    }


SMALLEST = sizes(document(SMALL))


def test_as_it_is_written_it_is_the_one_that_rivals_play():
    assert sizes(_scenario(_plain, 7)) == SMALLEST == {"steps": 21, "drivers": 3, "classes": 2, "closings": 1}


@pytest.mark.parametrize(
    ("larger", "size", "grown"),
    [
        (with_steps, 12, {"steps": 61}),
        (with_drivers, 4, {"drivers": 7}),
        (with_classes, 4, {"classes": 6}),
        (with_closings, 16, {"closings": 16, "steps": 21 + 16}),
    ],
)
def test_one_thing_grows(larger, size, grown):
    assert sizes(_scenario(larger, size)) == {**SMALLEST, **grown}
