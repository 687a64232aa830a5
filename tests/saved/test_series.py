"""The time series of the first paths: tidy, and what the summary is made of."""

from pathlib import Path

import numpy as np
import pytest

import valsim
from tests.companies import lively
from valsim.result import Result
from valsim.saved import series
from valsim.saved.series import write_series

arrow = pytest.importorskip("pyarrow.parquet")


@pytest.fixture(scope="module")
def played() -> Result:
    return valsim.simulate(lively("valuation.anchor=none"), paths=200, threads=1)


def test_there_is_a_row_for_each_date_on_which_a_path_is_still_private(played: Result, tmp_path: Path) -> None:
    write_series(played, tmp_path / "series.parquet")
    table, alive = arrow.read_table(tmp_path / "series.parquet"), played.history.alive
    assert table.num_rows == alive.sum() < alive.size
    path, dates = table["path"].to_numpy(), table["date"].to_pylist()
    assert (np.diff(path) >= 0).all()
    order = {step.date: index for index, step in enumerate(played.scenario.steps)}
    steps = np.array([order[each] for each in dates])
    assert alive[steps, path].all()
    for name, rows in played.history.series.items():
        np.testing.assert_array_equal(table[name].to_numpy(), rows[steps, path])
    assert table["years"].to_numpy()[-1] == played.scenario.steps[steps[-1]].time


def test_its_columns_say_what_they_count(played: Result, tmp_path: Path) -> None:
    write_series(played, tmp_path / "series.parquet")
    schema = arrow.read_schema(tmp_path / "series.parquet")
    assert schema.field("arr").metadata == {b"unit": b"USD/year"}
    assert schema.field("years").metadata == {b"unit": b"year"}
    assert schema.metadata[b"input_hash"].decode() == played.manifest.input_hash


def test_it_has_the_first_paths_alone(played: Result, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(series, "SHOWN", 50)
    write_series(played, tmp_path / "series.parquet")
    assert set(arrow.read_table(tmp_path / "series.parquet")["path"].to_pylist()) == {*range(50)}


def test_a_run_that_keeps_no_series_has_an_empty_table(tmp_path: Path) -> None:
    write_series(valsim.simulate(lively("valuation.anchor=none"), paths=20, kept=0), tmp_path / "series.parquet")
    assert arrow.read_table(tmp_path / "series.parquet").num_rows == 0
