"""A result is saved in a folder, whole or not at all, and read back as it was."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

import valsim
from tests.companies import lively
from valsim.analysis.summary import summary
from valsim.core.errors import SavedRunError, SimulationError
from valsim.core.policy import CONTRACTUAL
from valsim.result import Result
from valsim.saved.manifest import places

pytest.importorskip("pyarrow")
PATHS = 5_000


@pytest.fixture(scope="module")
def played() -> Result:
    return valsim.simulate(lively("valuation.anchor=none"), paths=PATHS, threads=1)


@pytest.fixture(scope="module")
def saved(played: Result, tmp_path_factory) -> valsim.SavedRun:
    return valsim.save(played, tmp_path_factory.mktemp("runs") / "base")


@pytest.fixture
def copied(saved: valsim.SavedRun, tmp_path: Path) -> Path:
    return Path(shutil.copytree(saved.folder, tmp_path / "run"))


def names(folder: Path) -> list[str]:
    return sorted(each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file())


def test_a_folder_has_what_made_the_run_and_what_it_came_to(saved: valsim.SavedRun, played: Result) -> None:
    assert names(saved.folder) == [
        "manifest.json",
        "paths.parquet",
        "scenario/scenario.yaml",
        "series.parquet",
        "summary.json",
    ]
    told = saved.manifest
    assert (told["run"]["paths"], told["run"]["seed"]) == (PATHS, 11)
    assert told["scenario"]["input_hash"] == played.manifest.input_hash
    assert told["versions"].keys() >= {"valsim", "numpy", "scipy", "pyarrow", "python"}
    saved.check()


def test_the_summary_is_that_of_the_result(saved: valsim.SavedRun, played: Result) -> None:
    told = json.loads(json.dumps(summary(played)))
    assert list(saved.summary) == list(told)
    assert {**saved.summary, "reproduce": None} == {**told, "reproduce": None}
    assert list(saved.summary["run"]) == list(told["run"])


def test_the_paths_are_the_bytes_that_a_run_writes(saved: valsim.SavedRun, played: Result, tmp_path: Path) -> None:
    valsim.simulate(played.scenario, paths=PATHS, threads=2, outcomes=tmp_path / "paths.parquet")
    assert saved.paths.read_bytes() == (tmp_path / "paths.parquet").read_bytes()


def test_a_second_run_of_the_same_input_differs_in_how_it_was_played_alone(
    saved: valsim.SavedRun, tmp_path: Path
) -> None:
    again = valsim.simulate(lively("valuation.anchor=none"), paths=PATHS, threads=2, chunk=4096)
    other = valsim.save(again, tmp_path / "again")
    assert {**other.manifest, "played": None} == {**saved.manifest, "played": None}
    assert (
        other.manifest["played"].keys()
        == saved.manifest["played"].keys()
        == {"at", "threads", "seconds", "bytes_on_disk"}
    )


def test_the_document_in_it_plays_to_the_same_numbers(saved: valsim.SavedRun, played: Result) -> None:
    document = valsim.load(saved.folder / "scenario" / "scenario.yaml")
    again = valsim.simulate(document, paths=PATHS, threads=1)
    assert saved.manifest["command"] == f"valsim run scenario.yaml --sampler pseudo --paths {PATHS} --seed 11"
    for key, row in played.outcomes.items():
        np.testing.assert_array_equal(again.outcomes[key], row)


def test_a_saved_run_shows_itself_and_has_figures_and_tables_as_the_result(
    saved: valsim.SavedRun, played: Result
) -> None:
    assert repr(saved) == f"<SavedRun {str(saved.folder)!r} of 'Lively': 5,000 paths, seed 11>"
    assert str(saved) == str(played)
    assert saved._repr_mimebundle_() == played._repr_mimebundle_()
    assert dir(saved.plot) == dir(played.plot)
    assert saved.frames.holders.to_pandas().equals(played.frames.holders.to_pandas())


def test_where_somebody_else_decided_no_command_is_said_to_play_it_again(tmp_path: Path) -> None:
    class Refuses(type(CONTRACTUAL)):  # type: ignore[misc]
        """Decides as the contract says, under another name."""

    result = valsim.simulate(lively("valuation.anchor=none"), paths=20, threads=1, policy=Refuses())
    told = valsim.save(result, tmp_path / "run").manifest
    assert (told["run"]["policy"], told["command"]) == ("refuses", None)


def test_a_result_of_columns_in_memory_is_saved_as_it_is(
    saved: valsim.SavedRun, played: Result, tmp_path: Path
) -> None:
    plain = Result(
        played.scenario,
        played.manifest,
        {**played.outcomes},
        {**played.valued},
        played.paid_in,
        played.cash,
        played.history,
    )
    assert valsim.save(plain, tmp_path / "run").paths.read_bytes() == saved.paths.read_bytes()


def test_a_run_is_not_written_over_another_unless_that_is_said(copied: Path, played: Result) -> None:
    with pytest.raises(SavedRunError, match=r"cannot write .*run: a run is saved there; .*--replace, replace=True"):
        valsim.save(played, copied)
    (copied / "summary.json").write_text("damaged")
    valsim.save(played, copied, replace=True).check()
    assert [each.name for each in copied.parent.iterdir()] == ["run"]


def test_what_is_not_of_a_run_is_never_replaced(copied: Path, played: Result, tmp_path: Path) -> None:
    (copied / "notes.txt").write_text("mine")
    with pytest.raises(SavedRunError, match=r"notes\.txt in it is not of the run"):
        valsim.save(played, copied, replace=True)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "manifest.json").write_text('{"name": "a web page"}')
    with pytest.raises(SavedRunError, match="it is not empty, and what is in it is no saved run"):
        valsim.save(played, tmp_path / "other", replace=True)
    assert names(tmp_path / "other") == ["manifest.json"]
    assert (copied / "notes.txt").read_text() == "mine"


def test_a_manifest_that_names_what_is_outside_deletes_nothing_there(
    copied: Path, played: Result, tmp_path: Path
) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    told = json.loads((copied / "manifest.json").read_text())
    told["files"]["../mine.txt"] = told["files"]["summary.json"]
    (copied / "manifest.json").write_text(json.dumps(told))
    valsim.save(played, copied, replace=True)
    assert (tmp_path / "mine.txt").read_text() == "mine"


@pytest.mark.parametrize(
    ("place", "told"),
    [("a.txt", "it is no folder"), ("nowhere/run", "there is no folder"), ("a.txt/run", "there is no folder")],
)
def test_a_place_that_cannot_be_is_said(played: Result, tmp_path: Path, place: str, told: str) -> None:
    (tmp_path / "a.txt").write_text("")
    with pytest.raises(SavedRunError, match=told):
        valsim.save(played, tmp_path / place)


def test_a_full_disk_is_said_and_leaves_nothing(played: Result, tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, before[1]))
    try:
        with pytest.raises(SimulationError, match=rf"cannot write {tmp_path}/run/paths\.parquet: .*file too large"):
            valsim.save(played, tmp_path / "run")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(tmp_path.iterdir()) == []


def test_files_of_a_scenario_keep_their_places_beside_each_other() -> None:
    assert places(["deal.yaml", "parts/base.yaml"]) == {
        name: f"scenario/{name}" for name in ("deal.yaml", "parts/base.yaml")
    }
    assert places(["deal.yaml", "../../shared/own.py", "../base.yaml"]) == {
        "deal.yaml": "scenario/here/here/deal.yaml",
        "../../shared/own.py": "scenario/shared/own.py",
        "../base.yaml": "scenario/here/base.yaml",
    }
