"""Training through the whole engine: a closed form, a company that takes notice, and the same bits however it is played."""

from datetime import date

import numpy as np
import pytest

from tests.companies import ALL_COMMON, scenario
from tests.training.staged import REACTING, problem, reacting
from valsim.captable.financing.policy import Decisions
from valsim.core.clusters import ALONE
from valsim.core.errors import ScenarioError
from valsim.core.policy import CONTRACTUAL, OFFERED
from valsim.core.timeline import years_between
from valsim.result import estimate
from valsim.simulate import simulate
from valsim.training.train import train
from valsim.training.trainer import training_seed, visible
from valsim.value.option.black_scholes import call

FEW = "decisions={policy: trained, decide_for: requisite_holders, training_paths: 8192}"
TRAINED = "decisions={policy: trained, decide_for: requisite_holders, training_paths: 16_384}"
ALL_OF_THEM = {"decide_for": "requisite_holders"}


def rule(first: float, second: float):
    when = {"a": {"closing": f"equity_value >= {first} USD"}, "b": {"closing": f"equity_value >= {second} USD"}}
    return Decisions.choose({"policy": "rule", "fund_when": when, **ALL_OF_THEM})


def best_rule(staged):
    """The best levels of a grid, one after the other until neither moves."""
    key, levels, moved = staged.decisions[0].key, [0.0, 0.0], True
    grid = [0.0, *np.exp(np.linspace(np.log(80e6), np.log(1200e6), 15)), 1e15]
    while moved:
        before = list(levels)
        for place in range(2):
            tried = [rule(*levels[:place], level, *levels[place + 1 :]) for level in grid]
            worths = [played.values[key].mean() for played in staged.play(tried, 5, 12_288)]
            levels[place] = grid[int(np.argmax(worths))]
        moved = levels != before
    return rule(*levels)


def test_where_the_company_takes_notice_training_finds_at_least_the_best_levels_and_looking_at_the_price_does_not():
    myopic = Decisions.choose({"policy": "myopic", **ALL_OF_THEM})
    with problem(reacting()) as staged:
        learned, best, key = train(staged, 32_768, 1), best_rule(staged), staged.decisions[0].key
        fresh = staged.play([CONTRACTUAL_COPY, myopic, learned, best], 9, 102_400)
    always, by_price, trained, by_grid = (played.values[key] for played in fresh)
    assert trained.mean() >= 0.99 * by_grid.mean()
    for other in (always, by_price):
        gain = estimate(trained - other, ALONE)
        assert gain.mean > max(0.1 * trained.mean(), 5 * gain.standard_error)


AUDIT = (
    'signals={audit: {at: 2026-09-15, probability: 60%, if_true: {multiple: "* 1.2"}, if_false: {multiple: "* 0.6"}}}'
)
NO_STAKE = "captable.positions={Founder: {common: 1M}}"
HARSH = 'rounds.a.closings.closing.if_walked={multiple: "* 0.2"}'


@pytest.mark.parametrize("changed", [(AUDIT,), (NO_STAKE, HARSH)])
def test_training_finds_at_least_the_best_levels_of_other_companies_too(changed):
    with problem(reacting(*changed)) as staged:
        learned, best, key = train(staged, 32_768, 1), best_rule(staged), staged.decisions[0].key
        trained, by_grid = (played.values[key] for played in staged.play([learned, best], 9, 102_400))
    assert trained.mean() >= 0.99 * by_grid.mean()


CONTRACTUAL_COPY = rule(0.0, 0.0)
"""Always funds, as the document does where nobody decides; policies that are played side by side take the same decisions."""


def test_a_trained_right_to_fund_is_a_part_of_a_call_struck_at_the_pre_money_valuation():
    result = simulate(scenario(ALL_COMMON, TRAINED), paths=120_000, threads=1)
    gets, pays = (result.valued["holder", "Newcomer", each] for each in ("present value", "paid today"))
    worth = estimate(gets - pays, ALONE)
    years = years_between(date(2026, 1, 1), date(2027, 1, 1))
    exact = 25 / (110 + 25) * float(call(100e6, 110e6, 0.6, years, np.log(1.04)))
    assert abs(worth.mean - exact) < 3 * worth.standard_error


def test_threads_and_chunks_change_no_bit_of_what_is_learned():
    one = simulate(reacting(FEW), paths=9000, threads=1)
    other = simulate(reacting(FEW), paths=9000, threads=2, chunk=4096)
    assert all(np.array_equal(row, other.valued[key], equal_nan=True) for key, row in one.valued.items())


def test_it_is_trained_on_other_paths_than_it_is_valued_on():
    assert training_seed(5) != 5
    assert training_seed(5) != training_seed(6)


def test_one_holder_decides_for_itself_alone():
    mine = "decisions={policy: trained, decide_for: Fund, training_paths: 8192}"
    shared = "rounds.a.closings.closing.investors={Fund: 20M USD, Partner: 40M USD}"
    document = reacting(mine, shared)
    with problem(document) as staged:
        assert {decision.decided_by for decision in staged.decisions} == {"Fund"}
    result = simulate(document, paths=9000, threads=1)
    walked = result.outcomes["decision", "a", "closing", "met", "choice"] == 1
    money = result.outcomes["tranche", "a", "closing", "new_money"]
    assert 0.1 < walked.mean() < 0.9
    assert np.unique(money[walked]).tolist() == [40e6]
    assert np.unique(money[~walked]).tolist() == [60e6]


def test_a_policy_looks_at_the_rows_that_are_named_and_else_at_all_that_can_be_seen():
    with problem(reacting()) as staged:
        named = train(type(staged)(staged.run, staged.team, 1.0, ("equity_value",)), 8192, 1)
    assert {name for scores in named.scores.values() for score in scores for name in score.reads} == {"equity_value"}
    seen = visible(reacting())
    assert {"equity_value", "cash", "multiple", *OFFERED} <= set(seen)
    assert not any(name.endswith((".volatility", ".start")) for name in seen)


def test_a_row_that_does_not_exist_is_refused():
    with pytest.raises(ScenarioError, match=r"(?s)no row 'equity'.*equity_value"):
        scenario(REACTING, "decisions.state=[equity]")


def test_without_a_decision_training_changes_nothing():
    bare = scenario(ALL_COMMON, TRAINED, "rounds.b.closings.c.if_met=obligation")
    trained, written = (simulate(bare, paths=500, threads=1, policy=each) for each in (None, CONTRACTUAL))
    assert all(np.array_equal(row, written.valued[key]) for key, row in trained.valued.items())


def test_a_run_that_trains_first_tells_how_far_it_is():
    told = []
    simulate(reacting(FEW), paths=5000, threads=1, progress=lambda done, expected: told.append((done, expected)))
    assert told[-1] == (2 * 8192 + 5000, 2 * 8192 + 5000)
    assert len({expected for _, expected in told}) == 1


OVERTAKEN = (
    "rounds.a.closings.closing.at=null", "rounds.a.closings.closing.between=[2026-12-15, 2029-06-30]",
    "rounds.a.closings.closing.when=revenue > 0 USD/year", 'rounds.a.closings.closing.if_walked={multiple: "* 0.01"}',
    "rounds.b.closings.closing.pre_money_valuation=7B USD", "rounds.b.closings.closing.if_walked={}",
)  # fmt: skip
"""The second closing, which nobody should pay for, comes in the window of the first, without which there is nothing."""


def test_what_may_come_after_a_decision_is_known_when_it_is_learned_though_it_is_due_before() -> None:
    with problem(reacting(*OVERTAKEN)) as staged:
        first, second = (("a", "closing", "met"), ("b", "closing", "met"))
        assert [decision.key for decision in staged.decisions] == [second, first]
        assert staged.overtaken == {first: {second}}
        learned, best = train(staged, 8192, 1), rule(200e6, 1e15)
        mine, by_level = (played.values[first] for played in staged.play([learned, best], 9, 20_480))
    assert mine.mean() >= 0.99 * by_level.mean()
