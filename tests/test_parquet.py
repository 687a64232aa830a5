"""What each path comes to as a Parquet file: the columns of the result, with their units, whole or not at all."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.companies import lively
from valsim import parquet, simulate
from valsim.core.errors import SimulationError
from valsim.core.part import pieced
from valsim.core.pieces import Table
from valsim.core.streams import BATCH
from valsim.result import Result

arrow = pytest.importorskip("pyarrow.parquet")
SCENARIO = lively("valuation.anchor=none")
PATHS = 2 * BATCH + 100


@pytest.fixture(autouse=True)
def small_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "GROUP", 3_000)


@pytest.fixture(scope="module")
def played() -> Result:
    return simulate(SCENARIO, paths=PATHS, threads=1)


def test_it_holds_every_column_of_both_measures_bit_by_bit(tmp_path: Path, played: Result) -> None:
    simulate(SCENARIO, paths=PATHS, threads=2, outcomes=tmp_path / "paths.parquet")
    told = arrow.read_table(tmp_path / "paths.parquet")
    assert told["path"].to_numpy().tolist() == [*range(PATHS)]
    assert set(told.column_names) == {
        "path",
        *(".".join(("real_world", *key)) for key in played.outcomes),
        *(".".join(("risk_neutral", *key)) for key in played.valued),
    }
    for measure, table in (("real_world", played.outcomes), ("risk_neutral", played.valued)):
        for key, row in table.items():
            column = told[".".join((measure, *key))].to_numpy()
            assert (column.dtype, column.tobytes()) == (row.dtype, row.tobytes())


def test_it_says_what_made_it_and_what_its_columns_count(tmp_path: Path) -> None:
    file = tmp_path / "paths.parquet"
    manifest = simulate(SCENARIO, paths=100, seed=9, threads=1, outcomes=file).manifest
    about = {key.decode(): text.decode() for key, text in arrow.read_metadata(file).metadata.items()}
    assert (about["paths"], about["seed"], about["currency"]) == ("100", "9", SCENARIO.currency)
    assert (about["input_hash"], about["valsim"]) == (manifest.input_hash, manifest.valsim)
    field = arrow.read_schema(file).field("real_world.exit time")
    assert {key.decode(): text.decode() for key, text in field.metadata.items()} == {
        "measure": "real-world",
        "key": json.dumps(["exit time"]),
        "unit": "year",
    }


def test_the_bytes_are_the_same_whatever_the_chunks_and_threads(tmp_path: Path) -> None:
    for name, threads, chunk in (("a", 1, None), ("b", 2, BATCH)):
        simulate(SCENARIO, paths=PATHS, threads=threads, chunk=chunk, outcomes=tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_column_that_comes_late_is_in_the_whole_file(tmp_path: Path, played: Result) -> None:
    seldom = {("refused", "me", "too few"): np.ones(2_000, dtype=bool)}
    parts = [pieced({("exit time",): np.arange(4_000.0)}), pieced({("exit time",): np.arange(2_000.0), **seldom})]
    with parquet.written_to(tmp_path / "a", SCENARIO) as file:
        assert file is not None
        for pieces, sizes in ((parts[:1], [4_000]), (parts, [4_000, 2_000])):
            file.add([Table(pieces, sizes), Table([], [])])
        file.finish([Table(parts, [4_000, 2_000]), Table([], [])], played.manifest)
    told = arrow.read_table(tmp_path / "a")
    assert told["real_world.refused.me.too few"].to_numpy().tolist() == [False] * 4_000 + [True] * 2_000
    assert told["real_world.exit time"].to_numpy().tolist() == [*range(4_000), *range(2_000)]


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError])
def test_where_the_run_is_stopped_nothing_is_left_and_what_stood_there_stays(
    tmp_path: Path, error: type[BaseException]
) -> None:
    file = tmp_path / "paths.parquet"
    file.write_text("before")

    def stop(done: int, _: int) -> None:
        if done >= 2 * BATCH:
            raise error

    with pytest.raises(error):
        simulate(SCENARIO, paths=PATHS, threads=1, chunk=BATCH, progress=stop, outcomes=file)
    assert [each.name for each in tmp_path.iterdir()] == ["paths.parquet"]
    assert file.read_text() == "before"


def test_trouble_of_the_run_is_not_told_as_trouble_of_the_file(tmp_path: Path) -> None:
    def fails(*_: int) -> None:
        raise OSError("no more processes")

    with pytest.raises(OSError, match=r"^no more processes$"):
        simulate(SCENARIO, paths=10, threads=1, progress=fails, outcomes=tmp_path / "a.parquet")
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, before[1]))
    try:
        with pytest.raises(SimulationError, match=r"cannot write .*a\.parquet: .*file too large"):
            simulate(SCENARIO, paths=PATHS, threads=1, outcomes=tmp_path / "a.parquet")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_is_a_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(SimulationError, match=r"cannot write .*a: is a directory"):
        simulate(SCENARIO, paths=10, threads=1, outcomes=tmp_path / "a")


def test_a_folder_that_is_not_there_is_said_before_anything_is_played(tmp_path: Path) -> None:
    with pytest.raises(SimulationError, match=r"cannot write .*/nowhere/a\.parquet: no such file or directory"):
        simulate(SCENARIO, paths=10, threads=1, outcomes=tmp_path / "nowhere" / "a.parquet")


def test_without_pyarrow_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(SimulationError, match=r"pip install 'valsim\[parquet\]'"):
        simulate(SCENARIO, paths=10, threads=1, outcomes=tmp_path / "a.parquet")
    assert list(tmp_path.iterdir()) == []
