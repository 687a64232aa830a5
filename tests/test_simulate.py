"""The loop: exact limits, hand-worked numbers, and what holds on every path."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest

import valsim
from tests.companies import lively, steady
from valsim.captable.liquidity.distribute import payouts_by_lot
from valsim.captable.liquidity.regime import as_agreed
from valsim.core.streams import Streams
from valsim.core.timeline import Step
from valsim.record import Recorder
from valsim.result import Result
from valsim.run import NO_HISTORY
from valsim.scenario.model import Scenario
from valsim.simulate import play
from valsim.state import State
from valsim.value.measure import real_world


@dataclass(frozen=True)
class Watcher(Recorder):
    """Keeps every state, to look at."""

    states: list[State] = field(default_factory=list)

    def note(self, step: Step, state: State) -> None:
        del step
        self.states.append(state)

    def finish(self, scenario: Scenario, state: State) -> None:
        del scenario
        self.states.append(state)


def watched(scenario: Scenario, paths: int = 4096) -> list[State]:
    watcher = Watcher(((),), paths, NO_HISTORY)
    play(scenario, Streams(scenario.simulation.seed, 0, -(-paths // 4096), paths), (real_world,), 1.0, watcher)
    return watcher.states


@pytest.fixture(scope="module")
def states() -> list[State]:
    return watched(lively())


@pytest.fixture(scope="module")
def result() -> Result:
    return valsim.simulate(lively(), paths=10_000)


def pairs(states: list[State]) -> Iterator[tuple[State, State]]:
    return pairwise(states[:-1])


def test_a_company_in_which_nothing_moves_is_sold_for_its_equity_value() -> None:
    result = valsim.simulate(steady(), paths=2)
    years = (result.scenario.steps[-1].date - result.scenario.as_of).days / 365.25
    assert result.outcomes["proceeds",] == pytest.approx([510e6] * 2, rel=1e-12)
    assert result.outcomes["holder", "Ada", "proceeds"] == pytest.approx([0.60 * 510e6] * 2, rel=1e-12)
    assert result.valued["holder", "Fund", "present value"] == pytest.approx(
        [0.25 * 510e6 / 1.04**years] * 2, rel=1e-12
    )


def test_preferred_takes_its_preference_where_the_company_is_worth_less() -> None:
    result = valsim.simulate(steady("valuation.multiple.start=1", "valuation.multiple.mean=1"), paths=2)
    assert result.outcomes["holder", "Fund", "proceeds"] == pytest.approx([100e6] * 2)
    assert result.outcomes["holder", "Ada", "proceeds"] == pytest.approx([10e6 * 60 / 75] * 2)


@pytest.mark.parametrize(
    ("contagion", "left"),
    [("", 0.25), (", recovery: 3 years", 0.5 ** (1 + 0.05 ** (1 / 3))), (", contagion: sector", 0.5**1.5)],
)
def test_a_blow_to_the_sector_fades_with_the_multiple_and_one_to_the_company_by_its_own_recovery(
    contagion: str, left: float
) -> None:
    # It strikes at the end of either year; of the first blow there is left what a year of fading leaves.
    struck = f"risks={{incident: {{hazard: 1000 per year, effect: {{multiple: '* 0.5'}}{contagion}}}}}"
    result = valsim.simulate(steady(struck, "valuation.sector=ai_labs", "horizon=2 years", "step=year"), paths=2)
    years = [step.dt for step in result.scenario.steps]
    assert years[1:] == pytest.approx([1.0, 1.0], rel=1e-3)
    assert result.outcomes["proceeds",] == pytest.approx([10e6 + 500e6 * left] * 2, rel=1e-3)


def test_debt_is_paid_before_shareholders() -> None:
    result = valsim.simulate(steady("company.debt=200M USD"), paths=2)
    assert result.outcomes["proceeds",] == pytest.approx([310e6] * 2)


def test_cash_flow_builds_cash_until_the_end() -> None:
    result = valsim.simulate(steady("cash_flow=revenue * 10%"), paths=2)
    years = (result.scenario.steps[-1].date - result.scenario.as_of).days / 365.25
    assert result.outcomes["proceeds",] == pytest.approx([510e6 + 10e6 * years] * 2, rel=1e-12)


def test_a_certain_closing_dilutes_by_what_it_pays_over_the_post_money() -> None:
    closing = "{name: b, series: {like: series_a, seniority: 2}, closings: [{name: only, at: 2026-07-01, "
    closing += "new_money: 50M USD, post_money_valuation: 500M USD, investors: {Fund: 20M USD}}]}"
    result = valsim.simulate(steady(f"rounds=[{closing}]"), paths=2)
    assert result.outcomes["tranche", "b", "only", "code"].tolist() == [1, 1]
    assert result.outcomes["tranche", "b", "only", "price_per_share"] == pytest.approx([4.5] * 2, rel=1e-12)
    assert result.outcomes["holder", "Ada", "ownership at exit"] == pytest.approx([0.60 * 0.9] * 2, rel=1e-12)
    assert result.outcomes["holder", "other b investors", "ownership at exit"] == pytest.approx([0.06] * 2, rel=1e-12)
    assert result.outcomes["proceeds",] == pytest.approx([560e6] * 2, rel=1e-12)
    assert result.outcomes["holder", "Fund", "invested"] == pytest.approx([120e6] * 2, rel=1e-12)


@pytest.mark.parametrize(("probability", "funded"), [("0%", 0), ("100%", 1)])
def test_a_deal_that_never_or_always_holds(probability: str, funded: int) -> None:
    result = valsim.simulate(lively(f"rounds.series_b.closings.first.probability={probability}"), paths=3000)
    codes = result.outcomes["tranche", "series_b", "first", "code"]
    assert set(codes[codes != 0].tolist()) == ({1} if funded else {3})


@pytest.mark.parametrize(("probability", "passes"), [("0%", False), ("100%", True)])
def test_a_milestone_needs_its_signal(probability: str, passes: bool) -> None:
    scenario = lively(
        f"signals.audit.probability={probability}", "rounds.series_b.closings.milestone.if_not_met.probability=0%"
    )
    codes = valsim.simulate(scenario, paths=3000).outcomes["tranche", "series_b", "milestone", "code"]
    assert bool((codes == 1).any()) is passes
    assert bool(((codes > 8) & ((codes - 8) & 2 > 0)).any()) is not passes


def test_without_hazards_every_company_is_still_private_at_the_horizon() -> None:
    overrides = [f"exits.{name}.hazard=0 per year" for name in ("ipo", "acquisition")]
    result = valsim.simulate(lively(*overrides, "exits.wind_down.when=cash < -1000B USD"), paths=2000)
    assert set(result.outcomes["exit",].tolist()) == {-1}


def test_competing_exits_split_by_their_hazards_whatever_their_order() -> None:
    exits = [
        "{a: {kind: acquisition, hazard: 0.6 per year, discount: 0%}, b: {kind: acquisition, hazard: 0.3 per year, discount: 0%}}",
        "{b: {kind: acquisition, hazard: 0.3 per year, discount: 0%}, a: {kind: acquisition, hazard: 0.6 per year, discount: 0%}}",
    ]
    for code_of_a, text in enumerate(exits):
        how = valsim.simulate(steady(f"exits={text}"), paths=100_000).outcomes["exit",]
        years = 3.0
        expected = (1 - np.exp(-0.9 * years)) * 2 / 3
        found = np.mean(how == code_of_a)
        assert abs(found - expected) < 4 * np.sqrt(expected * (1 - expected) / how.size) + 5e-4  # 4 standard errors


def test_the_same_seed_gives_the_same_bits_for_any_threads_and_chunks() -> None:
    runs = [
        valsim.simulate(lively(), threads=threads, chunk=chunk) for threads, chunk in ((1, 4096), (2, 4096), (2, 8192))
    ]
    for other in runs[1:]:
        for columns in ("outcomes", "valued"):
            for key, row in getattr(runs[0], columns).items():
                assert np.array_equal(row, getattr(other, columns)[key], equal_nan=row.dtype.kind == "f"), key
        for name, rows in runs[0].history.series.items():
            assert np.array_equal(rows, other.history.series[name])


def test_the_first_paths_of_a_longer_run_are_those_of_a_shorter_one(result: Result) -> None:
    shorter = valsim.simulate(lively(), paths=3000)
    for key, row in shorter.outcomes.items():
        assert np.array_equal(row, result.outcomes[key][:3000], equal_nan=row.dtype.kind == "f"), key


@pytest.mark.parametrize("paths", [1, 2, 3])
def test_a_handful_of_paths_runs_to_the_end_though_all_of_them_may_have_ended(result: Result, paths: int) -> None:
    few = valsim.simulate(lively(), paths=paths)
    for key, row in few.outcomes.items():
        assert np.array_equal(row, result.outcomes[key][:paths], equal_nan=row.dtype.kind == "f"), key


def test_another_seed_gives_other_paths(result: Result) -> None:
    other = valsim.simulate(lively(), paths=10_000, seed=12)
    assert not np.array_equal(other.outcomes["proceeds",], result.outcomes["proceeds",])


def test_payouts_add_up_to_the_proceeds_on_every_path(states: list[State]) -> None:
    last = states[-1]
    paid = sum(payouts_by_lot(last.ledger, last.ended.proceeds, as_agreed).values())
    assert np.all(np.abs(paid - last.ended.proceeds) <= 1e-12 * np.maximum(last.ended.proceeds, 1.0))


def test_holders_get_together_what_the_exit_brings(result: Result) -> None:
    names = {key[1] for key in result.outcomes if key[0] == "holder"}
    paid = sum(result.outcomes["holder", name, "at exit"] + result.outcomes["holder", name, "carry"] for name in names)
    assert np.allclose(paid, result.outcomes["proceeds",], rtol=1e-12, atol=1e-3)


def test_ownership_adds_up_to_one_at_every_step(states: list[State]) -> None:
    for state in states:
        assert np.allclose(sum(state.ledger.ownership().values()), 1.0, rtol=0, atol=1e-12)


def test_shares_are_never_negative(states: list[State]) -> None:
    for state in states:
        assert all(np.all(np.asarray(shares) >= 0) for shares in state.ledger.lots.values())


def paid_by_investors(state: State) -> npt.NDArray[np.float64]:
    rounds = (flow for (cause, _), flow in state.flows.items() if cause.startswith("rounds."))
    return sum((flow.amount for flow in rounds), np.zeros(4096))


def test_cash_moves_only_by_operations_and_by_money_raised(states: list[State]) -> None:
    steps = lively().steps
    for (before, after), step in zip(pairs(states), steps[1:], strict=True):
        operating = np.where(before.alive, after.rows["cash_flow"] * step.dt, 0.0)
        raised = paid_by_investors(before) - paid_by_investors(after)
        assert np.allclose(after.cash - before.cash, operating + raised, rtol=0, atol=1e-3)


def test_a_company_that_ended_is_frozen(states: list[State]) -> None:
    for before, after in pairs(states):
        ended = ~before.alive
        assert np.array_equal(before.cash[ended], after.cash[ended])
        assert np.array_equal(before.ended.proceeds[ended], after.ended.proceeds[ended])
        shares = [np.broadcast_to(state.ledger.fully_diluted(), ended.shape)[ended] for state in (before, after)]
        assert np.allclose(*shares, rtol=1e-12)


def test_a_fall_in_value_makes_default_likelier() -> None:
    fall = lively(
        "signals.audit.if_false.multiple={times: 0.1}",
        "signals.audit.probability=0%",
        "rounds.series_b.closings.milestone.when=arr > 0 USD/year",
        "rounds.series_b.closings.milestone.default.probability=20%",
        "rounds.series_b.closings.milestone.between=[2026-07-15, 2026-12-31]",
    )
    same = lively(
        "signals.audit.if_false.multiple={times: 0.1}",
        "signals.audit.probability=0%",
        "rounds.series_b.closings.milestone.when=arr > 0 USD/year",
        "rounds.series_b.closings.milestone.default.probability=20%",
        "rounds.series_b.closings.milestone.between=[2026-07-15, 2026-12-31]",
        "rounds.series_b.closings.milestone.default.wrong_way=0",
    )
    money = [
        valsim.simulate(s, paths=4000).outcomes["tranche", "series_b", "milestone", "new_money"].sum()
        for s in (fall, same)
    ]
    assert money[0] < money[1]
