"""What is told of signals and risks: chances with their errors, value either way, and the tranches that wait for them."""

import numpy as np
import pytest

import valsim
from tests.companies import lively
from valsim.analysis.health import present_value
from valsim.analysis.signals import risks, signals
from valsim.result import Result

ERRS = ("signals.audit.false_positive=20%", "signals.audit.false_negative=10%")


@pytest.fixture(scope="module")
def result() -> Result:
    return valsim.simulate(lively(*ERRS), paths=8192, threads=1)


def near(told: dict[str, float], expected: float) -> bool:
    return abs(told["mean"] - expected) < 4 * told["standard_error"]


def test_a_signal_is_told_over_the_companies_that_are_private_at_its_date(result: Result) -> None:
    (audit,) = signals(result)
    assert (audit["name"], audit["at"]) == ("audit", "2026-07-15")
    left = result.outcomes["exit time",] < result.outcomes["exit time",].max()
    early = result.outcomes["exit time",] < (195 / 365.25)
    assert audit["private"]["mean"] == pytest.approx(1 - (left & early).mean(), abs=1e-12)
    assert near(audit["really_true"], 0.7)
    assert near(audit["observed_true"], 0.7 * 0.9 + 0.3 * 0.2)
    assert near(audit["wrongly_observed"], 0.7 * 0.1 + 0.3 * 0.2)


def test_worth_is_what_the_valued_paths_are_worth_where_the_signal_was_seen_on_them(result: Result) -> None:
    worth = signals(result)[0]["present_value"]
    private, seen = (result.valued["signal", "audit", what] for what in ("private", "observed"))
    value = present_value(result)
    assert worth["if_true"]["mean"] == pytest.approx(value[private & seen].mean())
    assert worth["if_false"]["mean"] == pytest.approx(value[private & ~seen].mean())
    assert worth["difference"]["mean"] == pytest.approx(worth["if_true"]["mean"] - worth["if_false"]["mean"])
    assert worth["difference"]["mean"] > 5 * worth["difference"]["standard_error"]
    squares = sum(worth[which]["standard_error"] ** 2 for which in ("if_true", "if_false"))
    assert worth["difference"]["standard_error"] == pytest.approx(squares**0.5)


def test_the_tranches_that_read_a_signal_are_told_either_way(result: Result) -> None:
    (gated,) = signals(result)[0]["tranches"]
    assert (gated["round"], gated["tranche"]) == ("series_b", "milestone")
    assert gated["funded_if_true"]["mean"] > 0.5
    assert gated["funded_if_false"]["mean"] < 0.15


def test_a_tranche_that_reads_the_belief_waits_for_the_signal_too() -> None:
    believed = "rounds.series_b.closings.milestone.when=audit.belief >= 80%"
    (audit,) = signals(valsim.simulate(lively(believed), paths=256, threads=1))
    assert [each["tranche"] for each in audit["tranches"]] == ["milestone"]
    (unread,) = signals(
        valsim.simulate(lively("rounds.series_b.closings.milestone.when=arr >= 0 USD/year"), paths=256, threads=1)
    )
    assert unread["tranches"] == []


def test_a_risk_is_told_by_how_often_it_strikes_a_company_while_it_is_private(result: Result) -> None:
    (outage,) = risks(result)
    strikes = result.outcomes["risk", "outage", "strikes"]
    assert outage["struck"]["mean"] == (strikes > 0).mean()
    assert outage["times"]["mean"] == strikes.mean()
    # At most one event a step: a little less often than 10 % a year would have it.
    steps = result.scenario.steps
    expected = np.mean([1 - 0.9**step.dt for step in steps[1:]]) / np.mean([step.dt for step in steps[1:]])
    assert near(outage["times_a_year"], expected)


def test_a_company_without_signals_and_risks_tells_of_none() -> None:
    calm = valsim.simulate(lively("risks={}", "signals.audit.probability=0%"), paths=64, threads=1)
    assert risks(calm) == []
    (audit,) = signals(calm)
    assert audit["present_value"]["if_true"]["mean"] is None
    assert audit["present_value"]["difference"] == {"mean": None, "standard_error": None}
