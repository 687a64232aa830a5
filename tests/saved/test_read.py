"""A saved run says what is wrong with it, and never takes what is damaged for what was written."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

import valsim
from tests.companies import lively
from valsim.core.errors import SavedRunError
from valsim.saved.summary import read_summary

pytest.importorskip("pyarrow")


@pytest.fixture(scope="module")
def saved(tmp_path_factory) -> Path:
    result = valsim.simulate(lively("valuation.anchor=none"), paths=50, threads=1)
    return valsim.save(result, tmp_path_factory.mktemp("runs") / "run").folder


@pytest.fixture
def run(saved: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(saved, tmp_path / "run"))


def changed(run: Path, **changes: Any) -> Path:
    told = json.loads((run / "manifest.json").read_text()) | changes
    (run / "manifest.json").write_text(json.dumps(told))
    return run


def test_every_file_that_is_missing_or_changed_is_named_at_once(run: Path) -> None:
    (run / "summary.json").write_text((run / "summary.json").read_text().replace("Lively", "Lovely"))
    (run / "series.parquet").unlink()
    with pytest.raises(SavedRunError) as told:
        valsim.read_run(run)
    assert str(told.value) == (
        f"the saved run {run} is damaged: summary.json is not what was written; series.parquet is missing"
    )


def test_a_table_is_read_whole_only_where_that_is_asked_for(run: Path) -> None:
    data = bytearray((run / "paths.parquet").read_bytes())
    data[1000] ^= 1
    (run / "paths.parquet").write_bytes(data)
    found = valsim.read_run(run)
    with pytest.raises(SavedRunError, match=r"damaged: paths\.parquet is not what was written"):
        found.check()
    (run / "paths.parquet").write_bytes(data[:-1])
    with pytest.raises(SavedRunError, match=r"damaged: paths\.parquet is not what was written"):
        valsim.read_run(run)


def test_a_run_of_a_newer_valsim_is_refused_with_what_to_do(run: Path) -> None:
    changed(run, schema_version=2, valsim="0.9.0")
    with pytest.raises(
        SavedRunError, match=r"valsim 0\.9\.0 wrote .*run in form 2, and this one, .*, reads form 1: use that"
    ):
        valsim.read_run(run)


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ([], "does not say rightly files"),
        ({"../../secret": {"bytes": 1, "sha256": ""}}, "does not say rightly ../../secret"),
        ({"summary.json": {}}, "does not say rightly summary.json"),
        ({}, "no other"),
    ],
)
def test_a_manifest_that_is_wrong_is_told(run: Path, files: Any, told: str) -> None:
    changed(run, files=files)
    if files == {}:
        assert valsim.read_run(run).files == ("manifest.json",)
        return
    with pytest.raises(SavedRunError, match=told):
        valsim.read_run(run)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", r"a\.json:1:2  is no JSON: "),
        ("[1]", "expected an object, got list"),
        ("{}", "no summary as valsim run --json writes it: it has no scenario.as_of, scenario.currency"),
        ('{"cases": [], "scenario": {}, "run": {}}', "several cases side by side"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_a_file_that_is_no_summary_is_told(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "a.json").write_text(text)
    with pytest.raises(SavedRunError, match=told):
        read_summary(tmp_path / "a.json")


def test_what_is_no_text_or_not_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b"\xff")
    with pytest.raises(SavedRunError, match="it is no text in UTF-8"):
        read_summary(tmp_path / "a.json")
    with pytest.raises(SavedRunError, match=r"there is no .*nowhere"):
        read_summary(tmp_path / "nowhere")
    with pytest.raises(SavedRunError, match=r"cannot read .*manifest\.json: no such file"):
        read_summary(tmp_path)
