"""A hybrid adds up methods by their weights and says what kinds of numbers it adds."""

import numpy as np
import pytest

from tests.contract.tables import THREE
from tests.value.fair_value.companies import exits, method
from tests.value.fair_value.test_stated import OUTCOMES
from valsim.value.fair_value.by_class import Priced
from valsim.value.fair_value.fair_value import value_by_class
from valsim.value.fair_value.method import Method

OPTIONS = {"kind": "option_pricing", "volatility": 0.6, "risk_free": 0.04, "term": "3 years"}
MIX = {"kind": "exit_mix", "volatility": 0.6, "risk_free": 0.04}
STATED = {"kind": "probability_weighted", "outcomes": OUTCOMES, "calibration": "none", "discount_rate": 0.25}
SERIES_A = Priced("series_a", 2.5)
VALUES = np.array([5e6, 4e7])


def hybrid(first, second, weight=0.6):
    return method(
        "hybrid",
        parts={"first": {"weight": weight, "method": first}, "second": {"weight": 1 - weight, "method": second}},
    )


def test_every_class_is_worth_what_the_parts_give_it_by_their_weights():
    worth = hybrid(OPTIONS, MIX).present_values(exits(THREE), VALUES)
    one, two = (method(**each).present_values(exits(THREE), VALUES) for each in (OPTIONS, MIX))
    for name, row in worth.items():
        np.testing.assert_allclose(row, 0.6 * one[name] + 0.4 * two[name], rtol=1e-14)


@pytest.mark.parametrize(("weight", "alone"), [(1.0, OPTIONS), (0.0, MIX)])
def test_a_part_that_counts_for_all_is_the_method_itself(weight, alone):
    found, single = (
        value_by_class(exits(), SERIES_A, each) for each in (hybrid(OPTIONS, MIX, weight), method(**alone))
    )
    assert found.fair_value == pytest.approx(single.fair_value, rel=1e-12)
    assert found.as_dict()["measure"] == "risk_neutral"
    assert found.warnings == ()


def test_where_outcomes_stay_as_stated_the_other_part_makes_up_for_the_price():
    found = value_by_class(exits(), SERIES_A, hybrid(OPTIONS, STATED))
    stated = method(**STATED).present_values(exits(), np.ones(1))["series_a"][0]
    options = method(**OPTIONS).present_values(exits(), np.array(found.roots))["series_a"][0]
    assert 0.6 * options + 0.4 * stated == pytest.approx(5e6)
    assert found.company_value == pytest.approx(0.6 * found.roots[0] + 0.4 * 32e6)
    assert f"value the company at {found.roots[0]:,.0f}" in found.notes[0]


def test_a_sum_of_two_kinds_of_numbers_says_so():
    found = value_by_class(exits(), SERIES_A, hybrid(OPTIONS, STATED))
    assert found.as_dict()["measure"] == "mixed"
    assert [warning[:30] for warning in found.warnings] == [
        "this hybrid adds up numbers of",
        "the probabilities are real-wor",
    ]


def test_where_all_is_stated_nothing_is_solved():
    found = value_by_class(exits(), SERIES_A, hybrid(STATED, STATED))
    assert found.company_value == pytest.approx(32e6)
    assert found.as_dict()["measure"] == "real_world_at_a_hurdle_rate"


def test_weights_that_do_not_add_up_and_what_is_wrong_inside_are_reported():
    half = {"weight": 0.5, "method": {**STATED, "risk_free": 0.04}}
    found = [problem.sentence for problem in Method.choose({"kind": "hybrid", "parts": {"one": half}}).problems(None)]
    assert found[0] == "parts: the weights add up to 100 %, and these to 50 %"
    assert found[1].startswith("parts.one.method: ")


def test_what_a_part_draws_leaves_an_error_by_its_weight():
    drawn = {"kind": "simulation", "paths": 1024}
    alone, half = method(**drawn).noise(exits(THREE), 4e7), hybrid(drawn, OPTIONS, 0.5).noise(exits(THREE), 4e7)
    assert half.keys() == alone.keys()
    for name, row in alone.items():
        np.testing.assert_allclose(half[name], 0.5 * row, rtol=1e-15)
    assert hybrid(OPTIONS, MIX).noise(exits(THREE), 4e7) == {}
    found, single = (value_by_class(exits(), SERIES_A, each) for each in (hybrid(drawn, MIX, 1.0), method(**drawn)))
    assert found.standard_error == pytest.approx(single.standard_error, rel=1e-9)
    assert found.standard_error > 0


def test_two_parts_that_draw_the_same_paths_are_refused():
    drawn = {"kind": "simulation", "paths": 1024}
    (problem,) = hybrid(drawn, {**drawn, "volatility": 0.5}).problems(None)
    assert "a seed of its own" in problem.help
    assert list(hybrid(drawn, {**drawn, "volatility": 0.5, "seed": 1}).problems(None)) == []
