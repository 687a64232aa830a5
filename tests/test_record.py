"""Time series of the first paths, and columns of what each path comes to."""

import numpy as np

import valsim
from tests.companies import lively, steady
from valsim.record import part_of, tables
from valsim.run import recorded_rows


def test_tables_have_a_row_a_step_and_a_column_a_path() -> None:
    history = tables(["arr", "cash"], steps=4, kept=3)
    assert {name: table.shape for name, table in history.series.items()} == {"arr": (4, 3), "cash": (4, 3)}
    assert not history.alive.any()


def test_what_is_written_to_a_part_is_written_to_the_whole() -> None:
    history = tables(["arr"], steps=2, kept=5)
    part = part_of(history, first=2, paths=2)
    part.series["arr"][1] = [7.0, 8.0]
    part.alive[0] = True
    assert history.series["arr"][1].tolist() == [0.0, 0.0, 7.0, 8.0, 0.0]
    assert history.alive[0].tolist() == [False, False, True, True, False]


def test_a_part_beyond_the_kept_paths_has_no_columns() -> None:
    assert part_of(tables(["arr"], steps=2, kept=5), first=4, paths=9).alive.shape == (2, 1)
    assert part_of(tables(["arr"], steps=2, kept=5), first=8, paths=9).alive.shape == (2, 0)


def test_drivers_and_values_are_recorded_at_every_step() -> None:
    result = valsim.simulate(steady("cash_flow=revenue * 10%"), paths=3, threads=1)
    series, times = result.history.series, [step.time for step in result.scenario.steps]
    assert set(series) == set(recorded_rows(result.scenario))
    assert np.allclose(series["cash"], 10e6 + 10e6 * np.array(times)[:, None], rtol=1e-12)
    assert np.allclose(series["equity_value"] - series["cash"], series["enterprise_value"], rtol=1e-12)
    assert np.all(series["revenue"] == 100e6)


def test_a_path_is_alive_until_the_step_in_which_it_ends() -> None:
    result = valsim.simulate(lively(), paths=500, threads=1)
    times = np.array([step.time for step in result.scenario.steps])
    ended = np.where(result.outcomes["exit",] == -1, np.inf, result.outcomes["exit time",])
    assert np.array_equal(result.history.alive, times[:, None] < ended)
