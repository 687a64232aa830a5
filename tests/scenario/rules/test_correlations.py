"""Correlations name what can be correlated, once, and go together."""

import pytest

from tests.companies import LIVELY, lively
from tests.scenario.found import one, problems


@pytest.mark.parametrize(
    ("override", "place", "sentence"),
    [
        ("shocks=[[arr, served, 0.2]]", "shocks[0]", "'served' is not a driver with shocks"),
        ("shocks=[[arr, cost, 0.2]]", "shocks[0]", "'cost' is not a driver with shocks"),
        ("shocks=[[arr, multiple, 1.2]]", "shocks[0]", "expected a correlation between -1 and 1, got 1.2"),
        ("shocks=[[arr, arr, 0.2]]", "shocks[0]", "'arr' is correlated with itself"),
        (
            "shocks=[[arr, unit_cost, 0.2], [unit_cost, arr, 0.3]]",
            "shocks[1]",
            "'unit_cost' and 'arr' are correlated above",
        ),
        (
            "shocks=[[arr, unit_cost, 0.9], [arr, multiple, 0.9], [unit_cost, multiple, -0.9]]",
            "shocks[2]",
            (
                "no random numbers have these correlations together: with -0.9 between 'unit_cost' and 'multiple' "
                "the matrix is not positive semidefinite"
            ),
        ),
        (
            "shocks=[{group: [arr, multiple, unit_cost], correlation: 0.2}, [unit_cost, arr, 0.3]]",
            "shocks[1]",
            "'unit_cost' and 'arr' are correlated above",
        ),
        (
            "shocks=[{group: [arr, served, multiple], correlation: 0.2}]",
            "shocks[0]",
            "'served' is not a driver with shocks",
        ),
        ("shocks=[{group: [arr], correlation: 0.2}]", "shocks[0].group", "expected 2 or more items, got 1"),
        ("shocks=[{group: [arr, multiple]}]", "shocks[0].correlation", "required, but not given"),
        (
            "shocks=[{group: [arr, multiple], correlation: -1.5}]",
            "shocks[0]",
            "expected a correlation between -1 and 1, got -1.5",
        ),
        (
            "shocks=[{group: [arr, multiple, unit_cost], correlation: -0.6}]",
            "shocks[0]",
            (
                "no random numbers have these correlations together: with -0.6 between 'multiple' and 'unit_cost' "
                "the matrix is not positive semidefinite"
            ),
        ),
        (
            "parameters=[[arr.persistance, arr.growth, 0.2]]",
            "parameters[0]",
            "'arr.persistance' is not a parameter of this scenario",
        ),
        (
            "parameters=[[arr.start, arr.growth, 0.2], [drivers.arr.growth, drivers.arr.start, 0.3]]",
            "parameters[1]",
            "'drivers.arr.growth' and 'drivers.arr.start' are correlated above",
        ),
    ],
)
def test_correlations_are_of_two_known_names_stated_once(override: str, place: str, sentence: str) -> None:
    assert one(LIVELY, f"correlations.{override}") == (f"correlations.{place}", sentence)


def test_correlations_under_short_and_full_names_are_checked_together() -> None:
    written = "[[arr.start, arr.growth, 0.9], [multiple.start, arr.growth, 0.9], "
    lively(f"correlations.parameters={written}[valuation.multiple.start, drivers.arr.start, 0.9]]")
    place, message = one(
        LIVELY, f"correlations.parameters={written}[valuation.multiple.start, drivers.arr.start, -0.9]]"
    )
    assert place == "correlations.parameters[2]"
    assert "positive semidefinite" in message


def test_what_the_pair_could_have_instead_is_said() -> None:
    (problem,) = problems(
        LIVELY, "correlations.shocks=[[arr, unit_cost, 0.9], [arr, multiple, 0.9], [unit_cost, multiple, -0.9]]"
    )
    assert (
        problem.help == "beside the others this pair may have 0.62 to 1 (a pair that is not listed has correlation 0); "
        "or change all: the nearest correlations that go together are "
        "[[arr, unit_cost, 0.5], [arr, multiple, 0.5], [unit_cost, multiple, -0.5]], instead of 0.9, 0.9, -0.9"
    )
    for rho in (0.62, 1.0):
        lively(f"correlations.shocks=[[arr, unit_cost, 0.9], [arr, multiple, 0.9], [unit_cost, multiple, {rho}]]")


def test_numbers_that_are_one_may_be_correlated_perfectly() -> None:
    lively("correlations.shocks=[[arr, unit_cost, 1], [arr, multiple, -1], [unit_cost, multiple, -1]]")
    (problem,) = problems(
        LIVELY, "correlations.shocks=[[arr, unit_cost, 1], [arr, multiple, -1], [unit_cost, multiple, 0]]"
    )
    assert problem.help.startswith("beside the others this pair may have -1 (")


def test_a_group_is_all_its_pairs() -> None:
    group = "{group: [arr, multiple, unit_cost], correlation: -0.5}"
    assert lively(f"correlations.shocks=[{group}]").correlations.shock_pairs == (
        ("arr", "multiple", -0.5),
        ("arr", "unit_cost", -0.5),
        ("multiple", "unit_cost", -0.5),
    )
    short = "{group: [arr.start, multiple.start], correlation: 0.4}"
    found = lively(f"correlations.parameters=[[arr.growth, arr.start, 0.2], {short}]")
    assert found.correlated_parameters[1] == ("drivers.arr.start", "valuation.multiple.start", 0.4)


def test_a_size_that_is_drawn_each_time_has_no_correlation() -> None:
    size = "risks.outage={probability_per_year: 10%, size_drawn: SIZE, effect: {arr: {times: {family: uniform, low: 0.5, high: 1}}}}"
    pair = "correlations.parameters=[[risks.outage.effect.arr.times, arr.growth, 0.5]]"
    lively(size.replace("SIZE", "once"), pair)
    name = "risks.outage.effect.arr.times"
    assert one(LIVELY, size.replace("SIZE", "each_time"), pair) == (
        "correlations.parameters[0]",
        f"{name!r} is drawn each time anew, and so is no number of the path",
    )


def test_what_moves_a_driver_without_shocks_is_offered() -> None:
    (problem,) = problems(
        LIVELY,
        "drivers.half={kind: formula, value: arr / 2, unit: USD/year}",
        "correlations.shocks=[[half, multiple, 0.2]]",
    )
    assert (problem.message, problem.help) == ("'half' is not a driver with shocks", "it follows others: correlate arr")
