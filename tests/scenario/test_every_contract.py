"""Every kind of contract term in one document: it is read, written back and run, and each term shows what it did."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import valsim
from valsim.analysis.summary import summary
from valsim.report import page
from valsim.result import Result
from valsim.scenario.check import problems
from valsim.scenario.load import parse_document, scenario_of
from valsim.scenario.model import Scenario

FILE = Path(__file__).parent / "every-contract.yaml"
PATHS = 4000


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return valsim.load(FILE)


@pytest.fixture(scope="module")
def result(scenario: Scenario) -> Result:
    return valsim.simulate(scenario, paths=PATHS)


@pytest.fixture(scope="module")
def found(result: Result) -> dict[str, Any]:
    return summary(result)


def test_nothing_is_wrong_with_it_and_nothing_suspicious(scenario: Scenario) -> None:
    assert problems(scenario) == ()


def test_it_says_the_same_when_it_is_written_back(scenario: Scenario) -> None:
    assert scenario_of(parse_document(valsim.dump(scenario), "written.yaml")) == scenario


def test_every_closing_is_funded_on_some_paths_and_the_milestone_in_every_way(found: dict[str, Any]) -> None:
    assert all(0 < tranche["probability_funded"] < 1 for tranche in found["tranches"])
    milestone = found["tranches"][1]
    assert all(0 < milestone[f"probability_{how}"] < 0.2 for how in ("waived", "repriced", "late"))


def test_the_ends_of_a_safe_and_of_a_note_are_all_there_are(found: dict[str, Any]) -> None:
    at_exit = ("repaid", "shares_at_exit", "money_at_exit", "nothing_at_exit")
    for each in found["convertibles"]:
        together = sum(one["probability"] for one in [*each["converted"], *(each[end] for end in at_exit)])
        assert together == pytest.approx(1, abs=1e-12)
    safe, note = found["convertibles"]
    assert safe["repaid"]["probability"] == 0 < note["repaid"]["probability"]
    assert 0 < safe["shares_at_exit"]["probability"] < safe["converted"][0]["probability"]


def test_each_term_does_something_on_some_path_and_not_on_all(found: dict[str, Any]) -> None:
    costs, loan, carve_out = found["senior_claims"]
    assert costs["paid_at_exit"]["mean"] > 0 < carve_out["paid_at_exit"]["mean"]
    assert (
        0 < loan["debt"]["probability_left_owed"]["mean"] < loan["debt"]["probability_repaid_before_exit"]["mean"] < 1
    )
    assert 0 < found["vetoes"]["blocked_if_planned"]["mean"] < 1
    assert all(0 < ratchet["struck_if_listed"]["mean"] < 1 for ratchet in found["ipo_ratchets"])
    assert {each["because"] for each in found["penalties"]} == {"pay_to_play", "consequence"}
    assert {"Seed Fund", "Angels", "me"} <= {each["holder"] for each in found["pro_rata"]}
    assert all(0 < each["probability_demanded"] < 1 for each in found["redemptions"])
    assert all(0 < each["probability_struck"] < 1 for each in found["valuation_adjustments"])
    assert found["payoffs"]["discontinuities"]
    (decided,) = found["decisions"]["taken"]
    assert all(0.1 < chance["mean"] < 0.9 for chance in (decided["asked"], *decided["chosen_if_asked"].values()))


def test_what_holders_own_is_the_whole_and_what_is_paid_out_is_what_came_in(result: Result) -> None:
    holders = {key[1] for key in result.outcomes if key[0] == "holder"}
    owned = sum(result.outcomes["holder", name, "ownership at exit"] for name in holders)
    assert owned == pytest.approx(np.ones(PATHS), rel=1e-9)
    at_exit = sum(result.outcomes["holder", name, part] for name in holders for part in ("at exit", "carry"))
    first = sum(row for key, row in result.outcomes.items() if key[0] == "paid first")
    # An exit tells what it leaves once all debt is paid, and the lenders are owed what they are paid or left without.
    owed = result.outcomes["paid first", "loan"] + result.outcomes["left owed", "loan"]
    came_in = np.where(result.outcomes["proceeds",] > 0, result.outcomes["proceeds",] + owed, 0.0)
    assert at_exit + first == pytest.approx(came_in, rel=1e-9, abs=1e-3)


def test_the_page_has_a_table_for_each_term(found: dict[str, Any]) -> None:
    text = page.render(found | {"reproduce": found["reproduce"] | {"command": "valsim run", "files": {}}})
    for caption in (
        "Paid before shareholders",
        "How SAFEs and notes end",
        "Pro-rata rights",
        "Whose shares are struck",
        "Listings that a class stops",
        "IPO ratchets",
        "Shares sold back to the company",
        "Valuation adjustments",
        "What became of each tranche",
        "What investors decided",
    ):
        assert caption in text
