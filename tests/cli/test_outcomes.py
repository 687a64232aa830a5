"""What each path comes to in a file, from the command line."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from valsim.cli import app

arrow = pytest.importorskip("pyarrow.parquet")
SMALL = Path(__file__).parent / "small.yaml"


def run(*arguments: str | Path) -> tuple[int, str]:
    found = CliRunner().invoke(app, ["run", str(SMALL), "--paths", "50", "--threads", "1", *map(str, arguments)])
    return found.exit_code, found.output


def test_a_run_writes_one_row_a_path_and_says_where(tmp_path: Path) -> None:
    file = tmp_path / "paths.parquet"
    code, told = run("--outcomes", file)
    assert code == 0
    assert f"Paths   {file}" in told.replace("\n", "")
    assert arrow.read_metadata(file).num_rows == 50


def test_one_file_holds_one_case(tmp_path: Path) -> None:
    code, told = run("--variant", "all", "--outcomes", tmp_path / "paths.parquet")
    assert (code, "choose its --variant" in told) == (2, True)


def test_a_place_that_cannot_be_written_to_is_told_before_the_run(tmp_path: Path) -> None:
    code, told = run("--outcomes", tmp_path / "nowhere" / "paths.parquet")
    assert (code, "cannot write" in told) == (2, True)
    code, told = run("--outcomes", SMALL)
    assert (code, "it is the scenario" in told) == (2, True)


def test_absurdly_many_paths_are_refused_with_what_there_is() -> None:
    code, told = run("--paths", "10_000_000_000_000")
    assert code == 1
    assert "error: 10,000,000,000,000 paths do not fit here: they need" in told
    assert "fit" in told.rpartition("About")[2]
