"""The rivals play the model of the document, and say so when one does not."""

from pkgutil import resolve_name

import numpy as np
import pytest

from benchmarks import as_valsim
from benchmarks.alone import Told
from benchmarks.clock import timed
from benchmarks.documents import BLOCK, SMALL, document
from benchmarks.effort import Effort
from benchmarks.measurement import rivals
from benchmarks.measurement.rivals import DisagreeError, Run, _agree, _expect
from benchmarks.rivals import block, in_place, path_by_path, small, whole_arrays
from benchmarks.rivals.classes import COMMON, SERIES_A, paid_out, told
from tests.captable.oracle import Class, Fraction, payouts
from valsim.core.parameter import at_medians

PATHS = 20_000


def run(name, given):
    return Run(name, PATHS, Told(given, 1.0, 1.0, 1))


@pytest.fixture
def in_this_process(monkeypatch):
    def called(place, *arguments):
        given, taken = timed(lambda: resolve_name(place)(*arguments))
        return Told(given, *taken, 1)

    monkeypatch.setattr(rivals, "alone", called)
    monkeypatch.setattr(rivals, "processors", lambda: 1)


def test_every_rival_stands_beside_valsim_in_one_table(in_this_process):
    small_model, larger = rivals.measure(Effort.QUICK)
    named = [row[0] for row in small_model.rows]
    assert named[:2] == [f"{rivals.WHOLE}, one core", f"{rivals.LITTLE}, one core"]
    assert {"NumPy, whole arrays", "NumPy, in place, block by block", "a loop over paths in Python"} < set(named)
    assert small_model.rows[0][small_model.columns.index("time over valsim's")] == 1.0
    assert larger.rows[0][0] == "NumPy in place, by hand, one core"
    assert larger.rows[0][-2:] == (1.0, 1.0)


def test_a_rival_whose_library_is_missing_is_left_out_in_words(in_this_process, monkeypatch):
    monkeypatch.setattr(rivals, "find_spec", lambda name: name == "numpy" or None)
    small_model = next(rivals.measure(Effort.QUICK))
    assert "Left out, as it is not installed: squigglepy." in small_model.notes
    assert not any("QuantLib" in row[0] for row in small_model.rows)


@pytest.mark.parametrize(("name", "rival"), [(SMALL, small), (BLOCK, block)])
def test_the_steps_are_those_of_the_document(name, rival):
    steps = document(name).steps
    assert [step.dt for step in steps] == pytest.approx([0.0, *rival.LENGTHS])


def test_the_numbers_are_those_of_the_document():
    scenario = at_medians(document(SMALL))
    processes = [scenario.drivers["users"], scenario.drivers["price"], scenario.valuation.multiple]
    found = [(float(each.start), float(each.growth), float(each.volatility)) for each in processes]
    assert found == [pytest.approx(driver) for driver in small.DRIVERS]
    drivers = {**at_medians(document(BLOCK)).drivers, "multiple": at_medians(document(BLOCK)).valuation.multiple}
    for name, driver in block.DRIVERS.items():
        for field, value in driver._asdict().items():
            assert float(getattr(drivers[name], field)) == pytest.approx(value)


def test_all_ways_of_playing_the_small_model_agree_with_each_other_and_with_the_closed_form():
    runs = [
        run("whole arrays", whole_arrays.run(PATHS, 1)),
        run("in place", in_place.run(PATHS, 2)),
        run("path by path", path_by_path.run(2_000, 3)),
        run("valsim", as_valsim.as_little(SMALL, PATHS, 4, 1)),
        run("valsim, all", as_valsim.as_it_comes(SMALL, PATHS, 5, 1)),
    ]
    _agree(runs)
    for each in runs:
        _expect(each, "proceeds", small.mean_of_proceeds(), 0.0, "the closed form")


@pytest.mark.parametrize("library", ["squiggle", "quantlib"])
def test_rivals_that_need_a_library_agree_where_it_is_installed(library):
    pytest.importorskip({"squiggle": "squigglepy", "quantlib": "QuantLib"}[library])
    rival = __import__(f"benchmarks.rivals.{library}", fromlist=["run"])
    _expect(run(library, rival.run(1_000, 1)), "proceeds", small.mean_of_proceeds(), 0.0, "the closed form")


def test_the_larger_model_by_hand_agrees_with_the_document():
    _agree([run("by hand", block.run(20_480, 1, 1)), run("valsim", as_valsim.as_little(BLOCK, PATHS, 2, 1))])


def test_paths_of_the_larger_model_may_be_shared_out_over_processes():
    _agree([run("one", block.run(8_192, 1, 1)), run("two", block.run(8_192, 2, 2))])


def test_means_that_chance_does_not_explain_are_told():
    one = {"means": {"common": 10.0}, "errors": {"common": 0.1}}
    other = {"means": {"common": 11.0}, "errors": {"common": 0.1}}
    with pytest.raises(DisagreeError, match=r"one and other are of different models.* 7\.1 standard errors apart"):
        _agree([run("one", one), run("other", other)])


@pytest.mark.parametrize("b_shares", [0.0, 8e6, 20e6, 40e6])
@pytest.mark.parametrize("proceeds", [0.0, 30e6, 90e6, 140e6, 260e6, 1e9])
def test_the_waterfall_by_hand_is_that_of_fractions(proceeds, b_shares):
    f, b_money = Fraction, small.NEW_MONEY if b_shares else 0.0
    table = [
        Class("common", f(int(COMMON))),
        Class("a", f(int(SERIES_A)), None, f(int(SERIES_A * small.SERIES_A_PRICE)), "none", None, 1, f(int(SERIES_A))),
    ]
    if b_shares:
        table.append(Class("b", f(int(b_shares)), None, f(int(b_money)), "none", None, 2, f(int(b_shares))))
    exact = [float(each) for each in payouts(table, f(int(proceeds))).values()]
    rows = paid_out(*(np.array([each]) for each in (proceeds, b_shares, b_money)), small.SERIES_A_PRICE)
    assert [row.item() for row in rows][: len(exact)] == pytest.approx(exact)
    assert path_by_path.classes(proceeds, b_shares)[: len(exact)] == pytest.approx(tuple(exact))


def test_what_is_told_adds_up():
    found = told(np.array([1.0, 3.0]), np.array([2.0, 2.0]), np.array([0.0, 4.0]))
    assert found["means"] == {"proceeds": 6.0, "common": 2.0, "series_a": 2.0, "series_b": 2.0}
    assert found["errors"]["common"] == pytest.approx(1 / np.sqrt(2))
