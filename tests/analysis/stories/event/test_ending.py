"""How companies end, told by date."""

import pytest

from tests.analysis.stories.event.happened import happened
from tests.companies import ALL_COMMON, scenario, steady
from valsim.analysis.stories.event.decisions import decided
from valsim.analysis.stories.event.ending import exits


def test_an_exit_is_told_with_what_shareholders_get():
    (told,) = happened(steady("exits={acquisition: {hazard: 1000 per year, discount: 10%}}"), exits)
    assert (told["kind"], told["exit"]) == ("exit", "acquisition")
    # Sold at the first step that has a length, for 500M less a tenth, and the 10M of cash.
    assert told["at"] == "2026-04-01"
    assert told["proceeds"] == pytest.approx(460e6)


def test_a_company_that_stays_private_does_not_leave():
    assert not happened(steady(), exits)


def test_what_a_policy_decides_is_told():
    found = [happened(scenario(ALL_COMMON), decided, path=path) for path in range(6)]
    assert {told["choice"] for (told,) in found} == {"fund", "walk"}
    assert all((told["round"], told["tranche"], told["question"]) == ("b", "c", "met") for (told,) in found)
