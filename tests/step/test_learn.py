"""What is learned of a signal moves levels, growth, the multiple, gates and beliefs; what is really so moves the business."""

import numpy as np
import pytest

import valsim
from tests.companies import STEADY, scenario
from tests.test_simulate import watched
from valsim.core.rows import Row
from valsim.scenario.model import Scenario
from valsim.state import State

PATHS = 4096
ERRS = {"false_positive": "20%", "false_negative": "10%"}
GROWING = (
    "drivers.revenue={kind: decaying_growth, start: 100M USD/year, growth: 10%, persistence: 100%, "
    "market_size: 1e15 USD/year, volatility: 0}"
)


def before(states: list[State]) -> State:
    return states[1]


def after(states: list[State]) -> State:
    """The end of the first quarter after the audit's date."""
    return states[3]


def company(*overrides: str, **audit: str) -> Scenario:
    """A company in which nothing moves but what an audit in July does."""
    said = ", ".join(f"{key}: {value}" for key, value in {"at": "2026-07-01", "probability": "60%", **audit}.items())
    return scenario(f"{STEADY}signals: {{audit: {{{said}}}}}\n", *overrides)


def audited(*overrides: str, **audit: str) -> list[State]:
    return watched(company(*overrides, **audit), PATHS)


def everywhere(row: Row) -> float:
    """The number that all paths share."""
    (only,) = np.unique(row)
    return float(only)


def where_observed(states: list[State], row: str) -> tuple[float, float]:
    """The row after the audit, where it was observed to be true and where not: the same on all such paths."""
    state = after(states)
    seen, values = state.signals["audit"], np.broadcast_to(state.rows[row], PATHS)
    return everywhere(values[seen]), everywhere(values[~seen])


def test_a_signal_is_observed_at_its_date_and_stays() -> None:
    states = audited()
    assert not before(states).rows["audit"].any()
    seen = after(states).rows["audit"]
    assert seen.mean() == pytest.approx(0.6, abs=4 * (0.24 / PATHS) ** 0.5)
    assert all((state.rows["audit"] == seen).all() for state in states[3:])


def test_an_observation_moves_levels_growth_and_the_multiple() -> None:
    states = audited(if_true="{revenue: '+ 10M USD/year', multiple: '* 1.2'}", if_false="{multiple: '* 0.5'}")
    assert where_observed(states, "revenue") == (110e6, 100e6)
    assert where_observed(states, "multiple") == (6.0, 2.5)
    last = audited(GROWING, if_true="{revenue.growth: '+ 11%'}")[-1]
    grown = last.rows["revenue"]
    seen = last.signals["audit"]
    assert np.unique(grown[seen] / grown[~seen].max()) == pytest.approx(1.1**2.5, rel=1e-3)  # 21 % instead of 10 %


def test_an_observation_opens_a_gate() -> None:
    closing = "{name: only, at: 2026-10-01, new_money: 50M USD, post_money_valuation: 600M USD, when: audit}"
    believed = closing.replace("when: audit", "when: audit.belief >= 80%")
    for gate in (closing, believed):
        rounds = f"rounds=[{{name: b, series: {{like: series_a, seniority: 2}}, closings: [{gate}]}}]"
        result = valsim.simulate(company(rounds, **ERRS), paths=PATHS, threads=1)
        funded = result.outcomes["tranche", "b", "only", "new_money"] > 0
        assert (funded == result.outcomes["signal", "audit", "observed"]).all()


def test_the_belief_is_the_prior_before_the_date_and_the_posterior_after_it() -> None:
    states = audited(**ERRS)
    assert everywhere(before(states).rows["audit.belief"]) == 0.6
    # Of 100 such companies 60 are good, of whom 54 pass; of the 40 others 8 pass.
    assert where_observed(states, "audit.belief") == pytest.approx((54 / 62, 6 / 38), rel=1e-15)


def test_what_is_believed_comes_true_as_often_as_it_is_believed() -> None:
    state = after(audited(**ERRS))
    belief, truth = state.rows["audit.belief"], state.truths["audit"]
    for believed in np.unique(belief):
        here = truth[belief == believed]
        assert here.mean() == pytest.approx(believed, abs=4 * (believed * (1 - believed) / here.size) ** 0.5)


def test_without_errors_a_belief_becomes_what_was_observed() -> None:
    assert where_observed(audited(), "audit.belief") == (1.0, 0.0)


def test_a_driver_and_a_price_may_follow_a_belief() -> None:
    followed = "drivers.revenue={kind: formula, value: 50M USD/year + 100M USD/year * audit.belief, unit: USD/year}"
    states = audited(followed, **ERRS)
    assert everywhere(before(states).rows["revenue"]) == 110e6
    assert where_observed(states, "enterprise_value") == pytest.approx(
        (5 * (50e6 + 1e8 * 54 / 62), 5 * (50e6 + 1e8 * 6 / 38))
    )


def test_what_is_really_so_moves_the_business_whatever_was_observed() -> None:
    state = after(audited(**ERRS, if_really_true="{revenue: '* 2'}"))
    assert (state.rows["revenue"] == np.where(state.truths["audit"], 200e6, 100e6)).all()
    wrong = state.truths["audit"] != state.signals["audit"]
    assert wrong.mean() == pytest.approx(0.6 * 0.1 + 0.4 * 0.2, abs=0.025)


def test_what_is_really_so_is_no_row() -> None:
    state = after(audited(**ERRS))
    told = {name: np.broadcast_to(state.rows[name], PATHS) for name in state.rows}
    assert "audit" in told
    assert not any((row == state.truths["audit"]).all() for row in told.values())


def test_errors_change_no_truth_and_shift_no_other_draw() -> None:
    plain, erring = after(audited()), after(audited(**ERRS))
    assert (plain.truths["audit"] == erring.truths["audit"]).all()


def test_it_comes_out_later_what_is_really_so() -> None:
    surprise = {"if_disappointed": "{multiple: '* 0.5'}", "if_vindicated": "{multiple: '* 3'}"}
    states = audited(**ERRS, revealed_after="1 year", **surprise)
    last, seen, truth = states[-1], states[-1].signals["audit"], states[-1].truths["audit"]
    assert (last.rows["audit.belief"] == truth).all()
    assert (last.rows["audit"] == after(states).rows["audit"]).all()
    expected = np.where(seen & ~truth, 2.5, np.where(truth & ~seen, 15.0, 5.0))
    assert last.rows["multiple"] == pytest.approx(expected)
    assert (np.broadcast_to(after(states).rows["multiple"], PATHS) == 5.0).all()


def test_a_probability_that_is_a_formula_is_read_at_its_date() -> None:
    states = audited(GROWING, probability="revenue / (200M USD/year)")
    growth = [everywhere(state.rows["revenue"]) / 200e6 for state in states[:3]]
    assert [everywhere(state.rows["audit.belief"]) for state in states[:2]] == growth[:2]
    assert growth[0] == 0.5
    assert growth[0] < growth[1] < growth[2]
    same = audited(GROWING, probability=repr(growth[2]))
    assert (same[-1].truths["audit"] == states[-1].truths["audit"]).all()


@pytest.mark.parametrize(
    ("formula", "belief"), [("2 * multiple / multiple", 1.0), ("0 - multiple", 0.0), ("(multiple - 5) / 0", 0.0)]
)
def test_a_formula_beyond_certainty_is_certain_and_one_without_a_value_is_never(formula: str, belief: float) -> None:
    states = audited(probability=formula)
    assert everywhere(before(states).rows["audit.belief"]) == belief
    assert (after(states).truths["audit"] == bool(belief)).all()


def test_the_belief_in_a_later_signal_that_reads_the_belief_in_an_earlier_one_is_right_before_both() -> None:
    later = "signals.contract={at: 2026-10-01, probability: 10% + 80% * audit.belief}"
    states = audited(later)
    assert everywhere(before(states).rows["contract.belief"]) == pytest.approx(0.58)
    last = states[-1]
    assert last.truths["contract"].mean() == pytest.approx(0.58, abs=4 * (0.58 * 0.42 / PATHS) ** 0.5)
    assert last.truths["contract"][last.signals["audit"]].mean() == pytest.approx(0.9, abs=0.03)


def test_of_two_signals_of_one_day_the_second_may_read_the_first() -> None:
    second = "signals.contract={at: 2026-07-01, probability: audit.belief}"
    state = after(audited(second))
    assert (state.truths["contract"] == state.truths["audit"]).all()
