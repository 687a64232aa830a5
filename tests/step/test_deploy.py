"""Money that is raised is put to its uses: by hand on the company in which nothing moves, then on every path of a lively one."""

import numpy as np
import pytest

import valsim
from tests.companies import LIVELY, lively, steady
from tests.scenario.found import one, problems, warned
from tests.step.test_redeem import first
from tests.test_simulate import pairs, watched
from valsim.result import Result

ROUND = (
    "rounds=[{name: b, series: {like: series_a}, closings: [{name: only, at: 2026-01-01, new_money: 40M USD, "
    "pre_money_valuation: 400M USD}]}]"
)
MOVES = "revenue: {elasticity: 0.5, reference: 8M USD}"
RESEARCH = f"research: {{share: 60%, spent_over: 1 year, lag: 0 months, moves: {{{MOVES}}}}}"
USES = f"use_of_proceeds={{{RESEARCH}, runway: {{share: 40%}}}}"
LIVELY_USES = (
    "use_of_proceeds={growth: {share: 50%, spent_over: 18 months, lag: 9 months, moves: {arr.growth: {elasticity: 0.2, "
    "reference: 20M USD}}}, inference: {share: 20%, spent_over: 1 year, lag: 6 months, moves: {unit_cost: {elasticity: -0.3, "
    "reference: 10M USD}}}, sales: {share: 10%, spent_over: 6 months}, runway: {share: 20%}}"
)


def played(*overrides: str, paths: int = 2) -> Result:
    return valsim.simulate(steady(*overrides), paths=paths, threads=1)


def at_quarters(result: Result, name: str) -> np.ndarray:
    return result.history.series[name][:, 0]


def test_it_is_spent_evenly_out_of_cash_and_moves_the_row() -> None:
    result = played(ROUND, USES)
    # 24M of 40M over a year from the first step on: half of them after the second quarter.
    cash, revenue = at_quarters(result, "cash"), at_quarters(result, "revenue")
    dates = [step.date.isoformat() for step in result.scenario.steps]
    gone = [result.scenario.steps[i].time - result.scenario.steps[0].time for i in range(5)]
    spent = np.minimum(24e6 * np.array(gone), 24e6)
    assert cash[:5] == pytest.approx(50e6 - spent, rel=1e-12)
    assert revenue[:5] == pytest.approx(100e6 * (1 + spent / 8e6) ** 0.5, rel=1e-12)
    assert cash[-1] == pytest.approx(26e6, rel=1e-12)
    assert revenue[-1] == pytest.approx(200e6, rel=1e-12)
    assert dates[0] == "2026-01-01"


def test_burn_and_runway_see_the_spending_and_formulas_read_it() -> None:
    states = watched(steady(ROUND, USES), paths=2)
    start, later = states[0].rows, states[8].rows
    assert start["spending"][0] == start["burn"][0] == -start["cash_flow"][0] == pytest.approx(24e6)
    assert start["runway"][0] == pytest.approx(50 / 24)
    assert later["burn"][0] == 0.0
    assert later["spent.research"][0] == later["effective.research"][0] == pytest.approx(24e6)
    gated = steady(ROUND.replace("at: 2026-01-01,", "at: 2026-01-01, use_of_proceeds: {research: 100%},"), USES)
    assert watched(gated, paths=2)[-1].rows["spent.research"][0] == pytest.approx(40e6)


def test_with_nothing_to_spend_or_to_move_every_bit_stays() -> None:
    plain = valsim.simulate(lively(), paths=3000, threads=1)
    still = LIVELY_USES.replace("elasticity: 0.2", "elasticity: 0").replace("elasticity: -0.3", "elasticity: 0")
    none = (
        still.replace("share: 50%", "share: 0%")
        .replace("share: 10%", "share: 0%")
        .replace("share: 20%, spent", "share: 0%, spent")
    )
    none = none.replace("runway: {share: 20%}", "runway: {share: 100%}")
    unspent = valsim.simulate(lively(none), paths=3000, threads=1)
    for key, row in plain.outcomes.items():
        assert np.array_equal(row, unspent.outcomes[key], equal_nan=True), key
    # Spending that moves nothing costs its money, and leaves every driver as it was.
    spent = valsim.simulate(lively(still), paths=3000, threads=1)
    for name in ("arr", "unit_cost", "multiple"):
        assert np.array_equal(plain.history.series[name], spent.history.series[name])
    assert np.all(spent.history.series["cash"][1] <= plain.history.series["cash"][1])


def test_on_every_path_cash_reconciles_and_what_is_raised_is_spent_or_left() -> None:
    scenario = lively(LIVELY_USES)
    states = watched(scenario)
    steps = scenario.steps
    for (before, after), step in zip(pairs(states), steps[1:], strict=True):
        raised = sum(
            np.where((outcome.time == step.time) & outcome.funded, outcome.new_money, 0.0)
            for outcome in after.funding.outcomes.values()
        )
        shares = {name: use.share.middle for name, use in scenario.use_of_proceeds.items()}
        for name, share in shares.items():
            was, now = before.budgets[name], after.budgets[name]
            assert now.spent + now.unspent == pytest.approx(was.spent + was.unspent + share * raised, rel=1e-9, abs=1.0)
            assert np.all(now.spent >= was.spent)
            assert np.all((now.unspent >= 0) & (now.effective >= 0))
        gone = sum(after.budgets[name].spent - before.budgets[name].spent for name in shares)
        # An ended company spends no more.
        assert np.all(gone[~before.alive] == 0)
        assert np.any(gone[before.alive] > 0) or not np.any(before.budgets["growth"].unspent > 0)
    last = states[-1].budgets
    assert np.any(last["growth"].spent > 0)
    assert np.any(last["runway"].unspent > 0)


def test_spending_never_takes_cash_below_zero_and_waits_for_money() -> None:
    # 50M in cash lose 36M a year by the formula, so that the 40M cannot all be spent.
    burning = ("cash_flow=0 * revenue - 36M USD/year", "use_of_proceeds={research: {share: 100%, spent_over: 1 year}}")
    states = watched(steady(ROUND, *burning), paths=2)
    cash = np.array([state.cash[0] for state in states])
    alone = 50e6 - 36e6 * np.array([step.time for step in steady().steps])
    held = cash[: len(alone)] > 0
    assert held[2]
    budget = states[-1].budgets["research"]
    assert budget.cut[0]
    assert budget.spent[0] + budget.unspent[0] == pytest.approx(40e6, rel=1e-12)
    # The first time cash runs out it stops at zero exactly; the loss by the formula goes on.
    assert cash[np.argmin(held)] == pytest.approx(0.0, abs=1e-3)
    assert first(played(ROUND, *burning), "use", "research", "spent") == pytest.approx(float(budget.spent[0]))


def test_a_closing_may_have_a_split_of_its_own() -> None:
    own = ROUND.replace("at: 2026-01-01,", "at: 2026-01-01, use_of_proceeds: {research: 25%, runway: 75%},")
    result = played(own, USES)
    assert first(result, "use", "research", "raised") == pytest.approx(10e6)
    assert first(result, "use", "runway", "raised") == pytest.approx(30e6)
    assert first(result, "use", "research", "factor", "revenue") == pytest.approx((1 + 10 / 8) ** 0.5)


def test_the_same_bits_whatever_the_chunk_and_the_threads() -> None:
    scenario = lively(LIVELY_USES)
    whole = valsim.simulate(scenario, paths=9000, threads=1, chunk=16_384)
    parts = valsim.simulate(scenario, paths=9000, threads=2, chunk=4096)
    for key, row in whole.outcomes.items():
        assert np.array_equal(row, parts.outcomes[key], equal_nan=True), key


def test_more_money_for_inference_lowers_its_cost_and_raises_the_value() -> None:
    effect = "moves: {unit_cost: {elasticity: -0.3, reference: 10M USD}}"
    little, much = (
        valsim.simulate(
            lively(
                f"use_of_proceeds={{inference: {{share: {share}, spent_over: 1 year, lag: 6 months, {effect}}}, rest: {{share: {rest}}}}}"
            ),
            paths=4096,
            threads=1,
        )
        for share, rest in (("5%", "95%"), ("20%", "80%"))
    )
    where = much.outcomes["use", "inference", "raised"] > 0
    cost = [each.outcomes["use", "inference", "factor", "unit_cost"] for each in (little, much)]
    assert np.all(cost[1][where] < cost[0][where])
    assert np.any(where)
    last = [each.history.series["unit_cost"][8] for each in (little, much)]
    assert np.mean(last[1]) < np.mean(last[0])


@pytest.mark.parametrize(
    ("uses", "place", "message"),
    [
        ("{a: {share: 60%, spent_over: 1 year}}", "use_of_proceeds", "the shares add up to 100 %, got 60 %: a 60 %"),
        (
            "{a: {share: 60%}, b: {share: 70%}}",
            "use_of_proceeds",
            "the shares add up to 100 %, got 130 %: a 60 %, b 70 %",
        ),
        (
            "{a: {share: {family: uniform, low: 20%, high: 40%}}, b: {share: 70%}}",
            "use_of_proceeds.a.share",
            "expected one share, got a distribution: 'uniform low 20% high 40%'",
        ),
        ("{a: {share: 100%, lag: 1 year}}", "use_of_proceeds.a", "money that is never spent moves nothing"),
        (
            "{a: {share: 100%, spent_over: 1 year, lag: 1 year}}",
            "use_of_proceeds.a",
            "what it moves, and after which lag, are said together",
        ),
        (
            f"{{a: {{share: 100%, spent_over: 1 year, moves: {{{MOVES}}}}}}}",
            "use_of_proceeds.a",
            "what it moves, and after which lag, are said together",
        ),
        (
            "{a: {share: 100%, spent_over: 1 year, lag: 1 year, moves: {revenu: {elasticity: 1, reference: 1M USD}}}}",
            "use_of_proceeds.a.moves.revenu",
            "no row 'revenu' to change",
        ),
        (
            "{a: {share: 100%, spent_over: 1 year, lag: 1 year, moves: {revenue: {elasticity: 2, reference: 1M USD}}}}",
            "use_of_proceeds.a.moves.revenue.elasticity",
            "must be at most 1, got '2'",
        ),
    ],
)
def test_uses_that_cannot_be_are_explained(uses: str, place: str, message: str) -> None:
    assert one(LIVELY, f"use_of_proceeds={uses.replace('revenue', 'arr')}") == (
        place.replace("revenue", "arr"),
        message,
    )


def test_a_split_names_uses_that_exist_and_adds_up() -> None:
    uses = "use_of_proceeds={a: {share: 100%, spent_over: 1 year}}"
    split = "rounds[0].closings[0].use_of_proceeds="
    assert one(LIVELY, uses, f"{split}{{b: 100%}}") == ("rounds[0].closings[0].use_of_proceeds.b", "no use 'b'")
    place, message = one(LIVELY, uses, f"{split}{{a: 90%}}")
    assert (place, message) == ("rounds[0].closings[0].use_of_proceeds", "the shares add up to 100 %, got 90 %: a 90 %")


def test_a_driver_is_not_called_as_a_row_of_uses_and_uses_need_a_round() -> None:
    named = "drivers.spending={kind: constant, value: 1}"
    assert lively(named).drivers["spending"]
    assert one(LIVELY, named, LIVELY_USES) == ("drivers.spending", "the name 'spending' is taken")
    alone = warned(LIVELY, "rounds=[]", LIVELY_USES)
    assert alone["use_of_proceeds"] == "without effect: the scenario has no rounds, so that no money comes in"


def test_a_use_is_called_so_that_formulas_can_read_it_and_no_driver_is_called_as_its_rows() -> None:
    place, message = one(LIVELY, "use_of_proceeds={two words: {share: 100%, spent_over: 1 year}}")
    assert place == "use_of_proceeds.two words"
    assert message.startswith("a name is letters, digits and underscores")
    spent = "drivers.spent={kind: constant, value: 1}"
    assert one(LIVELY, spent, LIVELY_USES) == ("drivers.spent", "the name 'spent' is taken")


def test_a_row_of_a_driver_that_cannot_be_read_is_not_called_unknown() -> None:
    (problem,) = problems(LIVELY, "drivers.unit_cost.learning_rate=fast", LIVELY_USES)
    assert problem.place == "drivers.unit_cost.learning_rate"
