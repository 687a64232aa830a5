"""The company moves by its processes; events lie over them."""

import math
from datetime import date
from itertools import pairwise

import numpy as np
import pytest

from tests.core.parameter.known import KNOWN
from tests.drivers.process.playing import process
from valsim.core.effect import Effect
from valsim.core.errors import SimulationError
from valsim.core.parameter import realise
from valsim.drivers.belief import Belief
from valsim.drivers.company import Company, cycle, in_order
from valsim.drivers.process import Process

ARR = {
    "kind": "decaying_growth", "start": "30M USD/year", "growth": "100%", "persistence": "100%",
    "market_size": "1e30 USD/year", "volatility": "0",
}  # fmt: skip
PLAN = {
    "kind": "plan", "start": "10M USD/year", "growth": "0%", "persistence": "100%", "plan_error": "80%",
    "error_builds_over": "2 years",
}  # fmt: skip
HIT = np.array([True, False])


def formula(text: str) -> dict[str, str]:
    return {"kind": "formula", "value": text, "unit": "USD/year"}


def company(**processes: dict[str, str]) -> Company:
    built: dict[str, Process] = {name: process(given) for name, given in processes.items()}
    return Company(built, in_order(built))


def effects(**given: object) -> dict[str, Effect]:
    return {name.replace("__", "."): realise(Effect.model_validate(each), KNOWN) for name, each in given.items()}


def quiet(start: Company, *lengths: float) -> Company:
    for dt in lengths:
        start = start.advance(dt, {}, {})
    return start


def test_an_effect_on_a_level_changes_what_is_read_and_not_what_grows() -> None:
    hit = company(arr=ARR).hit("outage", effects(arr="* 0.5 decaying over 1 year"), HIT)
    assert hit.levels({})["arr"].tolist() == [15e6, 30e6]
    later = quiet(hit, 1.0).levels({})["arr"]
    assert later.tolist() == pytest.approx([60e6 * 0.5**0.05, 60e6])


def test_a_permanent_effect_on_a_level_stays_a_factor() -> None:
    hit = company(arr=ARR).hit("outage", effects(arr="* 0.5"), HIT)
    assert quiet(hit, 1.0, 1.0).levels({})["arr"].tolist() == pytest.approx([60e6, 120e6])


def test_an_effect_on_the_field_that_holds_a_level_is_an_effect_on_the_level() -> None:
    price = company(price={"kind": "constant", "value": "20"}).hit("rise", effects(price__value="* 1.1"), HIT)
    assert quiet(price, 1.0, 1.0, 1.0).levels({})["price"].tolist() == pytest.approx([22.0, 20.0])


def test_an_effect_on_a_parameter_moves_the_level_from_then_on() -> None:
    hit = quiet(company(arr=ARR), 1.0).hit("churn", effects(arr__growth="- 50%"), HIT)
    assert float(hit.levels({})["arr"]) == pytest.approx(60e6)
    assert quiet(hit, 1.0).levels({})["arr"].tolist() == pytest.approx([90e6, 120e6])
    assert quiet(hit, 1.0, 1.0).levels({})["arr"].tolist() == pytest.approx([135e6, 240e6])


def test_a_parameter_that_recovers_goes_on_as_if_nothing_had_happened_and_keeps_the_loss() -> None:
    hit = company(arr=ARR).hit("churn", effects(arr__growth="* 0.5 decaying over 1 hour"), HIT)
    assert hit.field("arr.growth").tolist() == [0.5, 1.0]
    once = quiet(hit, 1.0)
    assert once.field("arr.growth").tolist() == pytest.approx([1.0, 1.0])
    assert quiet(once, 1.0).levels({})["arr"].tolist() == pytest.approx([90e6, 120e6])


def test_an_effect_on_retention_moves_every_cohort_and_the_retention_recovers() -> None:
    terms = {
        "kind": "cohort_retention", "start": "40M USD/year", "new": "sales", "gross_retention": "60%", "volatility": "0",
        "first_year": {"gross_retention": "40%", "part_of_start": "100%"},
    }  # fmt: skip
    worse = {**terms, "gross_retention": "30%"}
    sales = {"sales": np.asarray(10e6)}
    hit = company(arr=terms).hit("audit", effects(arr__gross_retention="* 0.5"), HIT)
    for _ in range(6):
        hit = hit.advance(0.25, {}, sales)
    alone = [process(each) for each in (worse, terms)]
    for _ in range(6):
        alone = [each.advance(0.25, np.zeros(()), sales) for each in alone]
    assert hit.levels({})["arr"].tolist() == pytest.approx([float(each.level({})) for each in alone])
    assert hit.field("arr.churned").shape == (2,)
    assert hit.field("arr.gross_retention").tolist() == [0.3, 0.6]


def test_contracts_that_an_effect_ends_are_gone_when_the_churn_recovers() -> None:
    terms = {
        "kind": "contract_arrivals", "start": "12M USD/year", "contracts": "8", "arrivals": "0 per year",
        "size": "2M USD/year", "size_variation": "0", "churn": "0%",
    }  # fmt: skip
    begun = {"won": process(terms).begun(date(2026, 1, 1))}
    hit = Company(begun, ("won",)).hit("scandal", effects(won__churn="+ 99% decaying over 1 hour"), HIT)
    shocks = {"won": np.zeros((4, 2))}
    after = hit.advance(0.25, shocks, {}).advance(1.0, shocks, {})
    # exp(-0.25 x -log(0.01)) = 32 % of 8 contracts last, and the middle of that distribution is 2 or 3.
    assert after.field("won.in_force").tolist() in ([2.0, 8.0], [3.0, 8.0])
    assert after.levels({})["won"].tolist() == pytest.approx([12e6 * after.field("won.in_force")[0] / 8, 12e6])


def test_an_effect_on_a_plan_error_counts_only_in_what_is_still_to_build_up() -> None:
    hit = quiet(company(cost=PLAN), 1.0).hit("overrun", effects(cost__plan_error="* 0.5"), HIT)
    built = [10e6 * 0.8 * 0.5**0.5, 10e6 * 0.8]
    assert quiet(hit, 1.0).levels({})["cost"].tolist() == pytest.approx(built)
    assert quiet(hit, 0.4, 0.6, 5.0, 5.0).levels({})["cost"].tolist() == pytest.approx(built)


def test_effects_that_take_a_parameter_out_of_its_domain_stop_the_run_and_say_so() -> None:
    hit = company(arr=ARR).hit("crash", effects(arr__growth="- 250%"), HIT)
    with pytest.raises(SimulationError, match=r"effects take arr.growth to -1.5, it must be above -1; weaken them"):
        hit.advance(1.0, {}, {})


def test_the_shock_of_a_step_reaches_the_process_of_its_name() -> None:
    both = company(a={**ARR, "volatility": "10%"}, b={**ARR, "volatility": "10%"})
    levels = both.advance(1.0, {"b": np.array([1.0])}, {}).levels({})
    assert levels["b"] / levels["a"] == pytest.approx(np.exp(0.1))


def test_formulas_are_evaluated_in_the_order_of_their_needs_with_effects_included() -> None:
    firm = company(total=formula("revenue + 1M USD/year"), revenue=formula("arr * share"), arr=ARR)
    assert firm.order.index("revenue") < firm.order.index("total")
    levels = firm.hit("outage", effects(arr="* 0.5", revenue="+ 1000000"), np.array([True])).levels({"share": 2.0})
    assert set(levels) == {"total", "revenue", "arr"}
    assert levels["revenue"].tolist() == [31e6]
    assert levels["total"].tolist() == [32e6]


def test_a_formula_reads_the_field_of_a_driver_with_the_effects_on_it() -> None:
    firm = company(new=formula("arr * arr.growth"), arr=ARR).hit("churn", effects(arr__growth="- 50%"), HIT)
    assert firm.levels({})["new"].tolist() == [15e6, 30e6]


def test_a_belief_is_a_row_that_formulas_follow_until_something_is_learned() -> None:
    built = {"arr": process(ARR), "won": process(formula("arr * deal.belief"))}
    built["deal.belief"] = Belief.model_validate({"probability": "arr / (60M USD/year)"})
    firm = Company(built, in_order(built))
    assert float(firm.levels({})["deal.belief"]) == 0.5
    assert float(quiet(firm, 1.0).levels({})["won"]) == pytest.approx(60e6)
    learned = firm.believing("deal.belief", np.array([0.9, 0.1]))
    assert quiet(learned, 1.0).levels({})["won"].tolist() == pytest.approx([54e6, 6e6])


def test_formulas_that_need_each_other_are_named_in_their_circle() -> None:
    circle = {"a": process(formula("b")), "b": process(formula("c")), "c": process(formula("a"))}
    named = tuple(cycle(circle))
    assert named[0] == named[-1]
    assert {frozenset(pair) for pair in pairwise(named)} == {
        frozenset("ab"), frozenset("bc"), frozenset("ca"),
    }  # fmt: skip
    assert cycle({"a": process(formula("b"))}) == ()


def test_a_circle_through_a_process_is_fine() -> None:
    cost = {
        "kind": "learning_curve",
        "start": "2 USD",
        "learning_rate": "20%",
        "volume": "sold",
        "volume_so_far": "1",
        "volatility": "0",
    }
    firm = company(cost=cost, sold=formula("100 USD / cost"))
    assert firm.order.index("cost") < firm.order.index("sold")


def test_the_opening_level_of_a_process_may_be_scaled() -> None:
    assert float(company(arr=ARR).scaled("arr", 2.0).levels({})["arr"]) == 60e6
    assert float(company(p={"kind": "constant", "value": "3"}).scaled("p", 2.0).levels({})["p"]) == 6.0


def test_a_reverting_level_that_is_moved_forgets_half_of_it_in_its_half_life_as_an_effect_of_that_rate_does() -> None:
    level = {"kind": "mean_reverting", "start": "20", "mean": "5", "half_life": "2 years", "volatility": "0"}
    still, moved = company(multiple=level), company(multiple=level).scaled("multiple", np.where(HIT, 0.5, 1.0))
    halved = {"times": "0.5", "recovery": f"{2 * math.log2(20)} years"}  # at its recovery a twentieth is left
    overlaid = still.hit("incident", effects(multiple=halved), HIT)
    for _ in range(3):
        still, moved, overlaid = (quiet(each, 1.0) for each in (still, moved, overlaid))
        assert moved.levels({})["multiple"].tolist() == pytest.approx(
            overlaid.levels({})["multiple"].tolist(), rel=1e-9
        )
    assert moved.levels({})["multiple"] == pytest.approx(still.levels({})["multiple"] * np.array([0.5**0.5**1.5, 1]))


def test_a_level_without_a_mean_that_is_moved_stays_moved() -> None:
    level = {"kind": "geometric_brownian", "start": "20", "growth": "0%", "volatility": "0"}
    moved = company(multiple=level).scaled("multiple", np.where(HIT, 0.5, 1.0))
    assert quiet(moved, 5.0).levels({})["multiple"].tolist() == [10.0, 20.0]


def test_a_formula_reads_a_field_of_a_driver_with_its_effects() -> None:
    firm = company(arr=ARR, next=formula("arr * (1 + arr.growth)"))
    hit = firm.hit("audit", effects(arr__growth="* 0.5"), HIT)
    assert hit.levels({})["next"].tolist() == pytest.approx([45e6, 60e6])


def test_a_formula_reads_the_level_of_the_start() -> None:
    firm = company(grown=formula("arr / arr.start"), arr=ARR)
    opening = firm.levels({})
    assert float(opening["grown"]) == 1.0
    assert float(quiet(firm, 1.0, 1.0).levels({}, start=opening)["grown"]) == pytest.approx(4.0)
