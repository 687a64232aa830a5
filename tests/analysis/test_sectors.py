"""The summary says where each sector opens and what its comparables were worth, step by step."""

import numpy as np
import pytest

from tests.companies import in_a_sector, steady
from valsim import simulate
from valsim.analysis.sectors import sectors
from valsim.analysis.summary import summary

FACTOR = np.exp(-4.2 * 0.4)


def test_a_sector_tells_its_opening_level_and_each_comparable_as_stated_and_restated() -> None:
    (found,) = sectors(simulate(in_a_sector(), paths=50))
    assert (found["name"], found["followed"], found["multiple_of"]) == ("ai_labs", True, "run_rate_revenue")
    assert found["premiums"] == {"growth": {"per_point": 0.042, "reference": 0.2, "at_most": 0.6}}
    one, two = found["comparables"]
    assert (one["multiple"], one["on_the_basis"]) == (40.0, 40.0)
    assert one["restated"] == pytest.approx(40 * FACTOR, rel=1e-12)
    trailing = 1.5 / (2.5 * np.log(2.5))
    assert two["on_the_basis"] == pytest.approx(80 * trailing, rel=1e-12)
    assert two["restated"] == pytest.approx(80 * trailing * FACTOR, rel=1e-12)
    assert found["opening"]["median"] == pytest.approx(np.sqrt(one["restated"] * two["restated"]), rel=1e-12)
    assert found["opening"]["p10"] < one["restated"] < found["opening"]["median"] < two["restated"]


def test_the_anchor_is_told_beside_the_multiple_and_not_beside_its_spread() -> None:
    """At its medians the company opens at the restated multiple of its peers, put back to its own growth."""
    anchor = summary(simulate(in_a_sector("valuation.anchor=last_round", "horizon=1 years", "step=year"), paths=50))
    opening = anchor["health"]["anchor"]["opening_multiple"]
    assert opening == pytest.approx(np.sqrt(40 * 80 * 1.5 / (2.5 * np.log(2.5))), rel=1e-9)


def test_without_sectors_there_is_nothing_to_tell() -> None:
    assert sectors(simulate(steady(), paths=50)) == []
