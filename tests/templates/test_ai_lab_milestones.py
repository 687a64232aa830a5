"""The laboratory's starter: what decides its milestone, its runway and its worth, turned one at a time on the same random numbers."""

from datetime import date

import numpy as np
import pytest

import valsim
from tests.templates.playing import PATHS, SOON, middle
from valsim.manual.starters import starter
from valsim.result import Result
from valsim.scenario.load import parse_document, scenario_of

CLOSING = ("tranche", "second_closing", "milestone closing")
AUDIT = "signals.benchmark_audit"


def played(*overrides: str) -> Result:
    document = parse_document(starter("ai_lab", date(2026, 11, 1)), "lab.yaml", [*SOON, *overrides])
    return valsim.simulate(scenario_of(document), paths=PATHS, threads=1)


@pytest.fixture(scope="module")
def base() -> Result:
    return played()


def funded(result: Result) -> float:
    return float(np.mean(result.outcomes[*CLOSING, "new_money"] > 0))


def worth(result: Result) -> float:
    return float(np.nanmean(result.valued["class", "series_b", "present value per share"]))


def test_the_milestone_is_reached_on_some_paths_and_missed_on_others(base) -> None:
    assert 0.1 < funded(base) < 0.7


def test_an_audit_that_fails_leaves_the_milestone_unpaid_and_lowers_what_a_share_is_worth(base) -> None:
    fails, passes = (
        played(f"{AUDIT}.probability={chance}", f"{AUDIT}.false_positive=0%", f"{AUDIT}.false_negative=0%")
        for chance in ("0%", "100%")
    )
    assert funded(fails) == 0.0 < funded(base) < funded(passes)
    assert worth(fails) < 0.9 * worth(passes)


def test_a_test_that_leaks_lets_money_through_that_the_truth_would_not(base) -> None:
    exact, leaking = (
        played(f"{AUDIT}.probability=30%", f"{AUDIT}.false_positive={wrong}", f"{AUDIT}.false_negative=0%")
        for wrong in ("0%", "60%")
    )
    assert funded(leaking) > 1.5 * funded(exact)


def test_cost_that_falls_faster_reaches_the_milestone_and_lengthens_the_runway(base) -> None:
    learning = played("drivers.cost_per_inference.learning_rate=40%")
    assert funded(learning) > funded(base)
    assert middle(learning, "cash", 1.5) > middle(base, "cash", 1.5)
    assert worth(learning) > worth(base)


def test_a_sector_that_is_priced_lower_takes_the_company_along(base) -> None:
    cooler = played("sectors.ai_labs.multiple.mean=2.5")
    assert worth(cooler) < 0.9 * worth(base)


def test_who_wins_fewer_contracts_misses_the_milestone_more_often(base) -> None:
    losing = played("drivers.win_rate.value=8%")
    assert funded(losing) < 0.7 * funded(base)
    assert worth(losing) < worth(base)
