"""A sweep: every case is what a run of it alone says, and differences are paired."""

import os
import signal
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
import pytest

from tests.companies import LIVELY, SERIES_B, STEADY
from valsim.analysis.formula import Formula
from valsim.analysis.sweep.sweep import sweep
from valsim.core.errors import ExpressionError, ScenarioError, SimulationError, ValsimError
from valsim.scenario.load import judged_before, load, parse_document, read_document, scenario_of
from valsim.simulate import simulate

PRICE = "rounds.series_b.closings.first.pre_money_valuation"
VARIANTS = """
variants:
  poor: {anchor: base, changes: {company.cash: 1M USD}}
  rich: {anchor: base, changes: {company.cash: 30M USD}}
"""
GRID = {"company.cash": "40M USD, 60M USD", "drivers.arr.volatility": ["20%", "30%"]}
MEASURES = ["present_value(me)", "moic(me)", "irr_of_expected_cash_flows(me)", "probability_of_loss(me)"]


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sweep")
    texts = {"lively": LIVELY, "steady": STEADY + SERIES_B, "anchored": STEADY.replace("none\n", "last_round\n", 1)}
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text.lstrip(), encoding="utf-8")
    anchored = STEADY.replace("anchor: none", "anchor: last_round")
    (folder / "anchored.yaml").write_text(anchored.lstrip() + VARIANTS.lstrip(), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def lively(files):
    return sweep(files / "lively.yaml", GRID, measures=MEASURES, paths=4200, threads=1)


def numbers(case):
    return {text: (found.mean, found.standard_error) for text, found in case.values.items()}


def test_without_volatility_ownership_is_exactly_what_the_price_gives(files) -> None:
    prices = {PRICE: "400M USD, 900M USD, 1900M USD"}
    found = sweep(files / "steady.yaml", prices, measures=["ownership_at_exit(New)"], paths=50, threads=1)
    shares = [case.values["ownership_at_exit(New)"] for case in found.cases]
    assert [share.mean for share in shares] == pytest.approx([0.2, 0.1, 0.05], rel=1e-12)
    assert [share.standard_error for share in shares] == pytest.approx([0, 0, 0], abs=1e-12)
    away = [case.differences["ownership_at_exit(New)"].mean for case in found.cases]
    assert away == pytest.approx([0, -0.1, -0.15], rel=1e-12)


def test_every_case_is_what_a_run_of_it_alone_says_to_the_last_bit(lively, files) -> None:
    for case in lively.cases:
        alone = load(files / "lively.yaml", case.case.settings)
        result = simulate(alone, paths=4200, threads=1)
        measured = {text: Formula.parse(text)(result) for text in MEASURES}
        assert numbers(case) == {text: (found.value, found.standard_error) for text, found in measured.items()}
        assert case.input_hash == result.manifest.input_hash


def test_differences_are_paired_path_by_path(lively, files) -> None:
    first, last = (
        Formula.parse("moic(me)")(simulate(load(files / "lively.yaml", case.case.settings), paths=4200, threads=1))
        for case in (lively.cases[0], lively.cases[3])
    )
    away = lively.cases[3].differences["moic(me)"]
    assert (away.mean, away.standard_error) == ((last - first).value, (last - first).standard_error)
    assert away.standard_error < 0.5 * np.hypot(first.standard_error, last.standard_error)


@pytest.mark.parametrize("threads", [2, 8])
def test_workers_change_no_bit_whether_they_share_cases_or_paths(threads, lively, files) -> None:
    again = sweep(files / "lively.yaml", GRID, measures=MEASURES, paths=4200, threads=threads)
    assert [*map(numbers, again.cases)] == [*map(numbers, lively.cases)]
    assert [case.differences for case in again.cases] == [case.differences for case in lively.cases]


def test_a_killed_worker_of_an_executor_loses_no_case_and_counts_none_twice(files) -> None:
    cash, made, told = {"company.cash": "1M USD to 7M USD by 1M USD"}, list[ProcessPoolExecutor](), list[int]()
    asked = {"measures": ["present_value(Ada)", "moic(New)"], "paths": 50, "threads": 2}

    def make() -> ProcessPoolExecutor:
        made.append(ProcessPoolExecutor(2, mp_context=get_context("forkserver")))
        return made[-1]

    def tell(done: int, expected: int) -> None:
        told.append(done)
        if done == 3:
            os.kill(next(iter(made[-1]._processes)), signal.SIGKILL)
        assert expected == 7

    found = sweep(files / "steady.yaml", cash, **asked, executor=make, progress=tell)
    here = sweep(files / "steady.yaml", cash, **asked)
    assert told == list(range(1, 8))
    assert [*map(numbers, found.cases)] == [*map(numbers, here.cases)]
    assert [case.differences for case in found.cases] == [case.differences for case in here.cases]


def test_the_order_of_the_values_changes_no_number_and_the_base_is_chosen(lively, files) -> None:
    turned = {"company.cash": "60M USD, 40M USD", "drivers.arr.volatility": ["30%", "20%"]}
    again = sweep(files / "lively.yaml", turned, measures=MEASURES, paths=4200, threads=1, base="4")
    assert [*map(numbers, again.cases)] == [*map(numbers, reversed(lively.cases))]
    assert [case.differences for case in again.cases] == [case.differences for case in reversed(lively.cases)]


def test_each_case_meets_its_own_last_price_or_keeps_the_scale_of_its_file(files) -> None:
    cash = {"company.cash": "0 USD, 10M USD, 50M USD"}
    asked = {"measures": ["present_value_per_share(series_a)"], "paths": 64, "threads": 1}
    solved, held = (sweep(files / "anchored.yaml", cash, anchor=anchor, **asked) for anchor in ("solved", "held"))
    prices = [case.values["present_value_per_share(series_a)"].mean for case in solved.cases]
    assert prices == pytest.approx([4, 4, 4], rel=1e-3)
    scales = [case.anchor.scale for case in solved.cases]
    assert scales == sorted(scales, reverse=True)  # more cash at the same price leaves less for the company
    assert {case.anchor for case in held.cases} == {solved.cases[1].anchor}
    # What is added in cash is shared by 100M shares, three years from now at 4 %.
    worth = 1.04 ** -(1096 / 365.25)
    prices = [case.values["present_value_per_share(series_a)"].mean for case in held.cases]
    assert np.diff(prices) == pytest.approx([0.1 * worth, 0.4 * worth], rel=1e-6)


def test_a_held_case_is_what_a_variant_anchored_by_its_file_is(files) -> None:
    cash = {"company.cash": "1M USD, 30M USD"}
    found = sweep(files / "anchored.yaml", cash, anchor="held", measures=["present_value(Fund)"], paths=64, threads=1)
    for case, name in zip(found.cases, ("poor", "rich"), strict=True):
        result = simulate(load(files / "anchored.yaml", variant=name), paths=64, threads=1)
        assert case.values["present_value(Fund)"].mean == Formula.parse("present_value(Fund)")(result).value


def test_a_case_that_cannot_be_played_leaves_the_others_alone(files) -> None:
    cash = {"company.cash": "10M USD, 10B USD, 20M USD"}
    found = sweep(files / "anchored.yaml", cash, measures=["present_value(Fund)"], paths=64, threads=2)
    assert [bool(case.failed) for case in found.cases] == [False, True, False]
    assert "anchored.yaml:" in found.failed[0].failed
    assert "too rosy" in found.failed[0].failed
    assert found.cases[2].values["present_value(Fund)"].mean > 0
    assert found.order("present_value(Fund)")[-1] is found.failed[0]


def test_without_its_base_a_case_has_numbers_and_no_difference(files) -> None:
    cash = {"company.cash": "10B USD, 10M USD"}
    found = sweep(files / "anchored.yaml", cash, measures=["present_value(Fund)"], paths=64, threads=1)
    assert found.cases[0].failed
    assert found.cases[1].values["present_value(Fund)"] is not None
    assert found.cases[1].differences["present_value(Fund)"] is None


def test_the_problems_of_all_cases_are_told_at_once_and_name_the_case(files) -> None:
    with pytest.raises(ScenarioError) as error:
        sweep(files / "steady.yaml", {"company.cash": "plenty, 1 USD, -1 USD", "horizn": ["1 year"]}, threads=1)
    said = str(error.value)
    assert "'plenty'" in said
    assert "(case cash=plenty, horizn=1 year)" in said
    assert said.count("unknown key") == 1  # of all cases: told once, and no case is named
    assert "did you mean 'horizon'?" in said


def test_scenarios_in_a_list_are_compared_and_a_measure_may_be_unknown_to_some(files) -> None:
    steady = load(files / "steady.yaml")
    other = scenario_of(parse_document(STEADY.replace("name: Steady", "name: Plain").lstrip()))
    found = sweep([steady, other], measures=["present_value(New)", "present_value(Ada)"], paths=50, threads=1)
    assert [case.case.name for case in found.cases] == ["Steady", "Plain"]
    assert found.cases[1].values["present_value(New)"] is None
    assert found.cases[1].values["present_value(Ada)"].mean > 0


def test_rows_of_inputs_are_cases(files) -> None:
    rows = [{"case": "poor", "company.cash": "1M USD"}, {"company.cash": "30M USD", PRICE: "900M USD"}]
    found = sweep(files / "steady.yaml", cases=rows, holder="New", paths=50, threads=1)
    assert [case.case.name for case in found.cases] == ["poor", "row 2"]
    assert [each.text for each in found.measures] == ["present_value(New)", "moic(New)", "probability_of_loss(New)"]


def test_what_is_asked_for_in_vain_is_told(files) -> None:
    with pytest.raises(ExpressionError, match="there is no holder"):
        sweep(files / "steady.yaml", {"company.cash": ["1M USD"]}, measures=["moic(Nobody)"], threads=1)
    with pytest.raises(ValsimError, match="did you mean 'New'"):
        sweep(files / "steady.yaml", {"company.cash": ["1M USD"]}, holder="Now", threads=1)
    euro = scenario_of(parse_document(STEADY.replace("USD", "EUR").lstrip()))
    with pytest.raises(ValsimError, match="different currencies"):
        sweep({"ours": load(files / "steady.yaml"), "theirs": euro}, threads=1)


def test_the_sampler_of_all_cases_may_be_another_one_with_its_own_errors(files) -> None:
    asked = {"measures": ["present_value(me)"], "paths": 4096, "threads": 1}
    (case,) = sweep(files / "lively.yaml", {"company.cash": ["40M USD"]}, sampler="antithetic", **asked).cases
    result = simulate(load(files / "lively.yaml", case.case.settings), paths=4096, threads=1, sampler="antithetic")
    alone = Formula.parse("present_value(me)")(result)
    assert numbers(case) == {"present_value(me)": (alone.value, alone.standard_error)}


def test_paths_that_are_too_few_for_a_sampler_are_refused_before_anything_is_played(files) -> None:
    told = []
    by_itself = load(files / "lively.yaml", ["simulation.sampler=sobol"])
    for sources, sampler in ((files / "lively.yaml", "sobol"), ([load(files / "lively.yaml"), by_itself], None)):
        with pytest.raises(SimulationError, match=r"sampler sobol needs at least 32,768 paths.*got 4,096"):
            sweep(sources, GRID, sampler=sampler, paths=4096, threads=1, progress=lambda *how: told.append(how))
    assert not told


def test_progress_counts_cases(files) -> None:
    told = []
    sweep(
        files / "steady.yaml",
        {PRICE: "400M USD, 900M USD"},
        paths=50,
        threads=1,
        progress=lambda *how: told.append(how),
    )
    assert told == [(1, 2), (2, 2)]


def test_a_case_that_was_looked_at_is_made_again_as_it_was(files) -> None:
    document = read_document(files / "anchored.yaml", variant="poor")
    again, before = judged_before(document), scenario_of(document)
    assert again == before
    assert again.anchored_as == before.anchored_as
