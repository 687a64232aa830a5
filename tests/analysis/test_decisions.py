"""What those who pay for tranches decided, and what that made of the tranches."""

from dataclasses import replace

import numpy as np
import pytest

import valsim
from tests.analysis.made import made
from tests.companies import lively
from valsim.analysis.decisions import decisions
from valsim.analysis.tranches import tranches

MILESTONE = "rounds.series_b.closings.milestone"
FREE = (f"{MILESTONE}.default=null", f"{MILESTONE}.if_met=option")


def test_a_document_that_is_carried_out_as_written_tells_of_no_decision() -> None:
    assert decisions(made(scenario=lively())) is None


def test_each_decision_says_how_often_it_came_up_and_what_was_chosen_there() -> None:
    key = ("decision", "series_b", "milestone", "met")
    columns = {(*key, "reached"): np.array([True, True, False, True]), (*key, "choice"): np.array([0, 1, -1, 0])}
    scenario = lively(*FREE, "decisions={policy: myopic, decide_for: Fund}")
    result = made(columns, scenario=scenario)
    found = decisions(replace(result, manifest=replace(result.manifest, policy="myopic")))
    assert found is not None
    assert (found["policy"], found["decided_by"]) == ("myopic", "Fund")
    (taken,) = found["taken"]
    assert {name: taken[name] for name in ("round", "tranche", "question")} == {
        "round": "series_b", "tranche": "milestone", "question": "met",
    }  # fmt: skip
    assert taken["asked"]["mean"] == 0.75
    assert taken["chosen_if_asked"]["walk"]["mean"] == pytest.approx(1 / 3)
    assert taken["chosen_if_asked"]["walk"]["standard_error"] == pytest.approx((2 / 9 / 3) ** 0.5)


def test_everything_that_may_become_of_a_tranche_adds_up_to_one() -> None:
    scenario = lively(*FREE, "decisions={policy: myopic, decide_for: requisite_holders}")
    result = valsim.simulate(scenario, paths=3000, threads=1)
    (asked, missed), found = decisions(result)["taken"], tranches(result)
    for each in found:
        assert sum(chance["mean"] for chance in each["outcomes"].values()) == pytest.approx(1.0, abs=1e-12)
    became = found[1]["outcomes"]
    assert became["walked"]["mean"] == pytest.approx(asked["asked"]["mean"] * asked["chosen_if_asked"]["walk"]["mean"])
    assert became["waived"]["mean"] == pytest.approx(
        missed["asked"]["mean"] * missed["chosen_if_asked"]["waive"]["mean"]
    )
    assert 0 < became["walked"]["standard_error"] < 0.01
    assert found[1]["not_funded_because"]["its investors walked away"] == became["walked"]["mean"]
