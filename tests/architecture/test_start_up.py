"""The command answers at once: what is not needed is not imported."""

import json
import subprocess
import sys

import pytest

from tests.architecture.sources import ROOT
from tests.report.sample_summary import sample_summary

HEAVY = {"numpy", "pandas", "plotly", "scipy"}


def start(*arguments: str) -> tuple[str, set[str]]:
    """What ``valsim ARGUMENTS`` prints, and the libraries that it imports on the way."""
    command = [sys.executable, "-X", "importtime", "-m", "valsim", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    rows = (line for line in done.stderr.splitlines() if line.startswith("import time:"))
    return done.stdout, {row.rsplit("|", 1)[-1].strip().partition(".")[0] for row in rows}


def test_the_version_comes_without_any_library():
    printed, imported = start("--version")
    assert printed.startswith("valsim 0.")
    assert "valsim" in imported
    assert imported & {*HEAVY, "jinja2", "pydantic", "rich", "typer", "yaml"} == set()


@pytest.mark.parametrize("command", [[], ["run"], ["check"], ["diff"]], ids=" ".join)
def test_help_comes_without_heavy_libraries(command: list[str]):
    printed, imported = start(*command, "--help")
    assert "Usage: valsim" in printed
    assert "typer" in imported
    assert imported & HEAVY == set()


def test_a_cap_table_is_paid_out_without_what_simulations_and_reports_need(tmp_path):
    table = tmp_path / "table.yaml"
    table.write_text("classes:\n  common: {kind: common, shares: 8M}\n")
    command = ["waterfall", str(table), "--proceeds", "15M"]
    code = f"import sys; from valsim.cli import app; app({command!r}, standalone_mode=False); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert "valsim.captable.liquidity.pay_out" in loaded
    assert loaded & {"plotly", "jinja2", "scipy.special", "valsim.simulate"} == set()


NOT_TO_LOOK_AT_A_FILE = {
    "distributed", "jinja2", "pandas", "plotly", "pyarrow", "rich", "scipy.integrate", "scipy.linalg", "scipy.optimize", "scipy.stats",
    "valsim.analysis", "valsim.contract", "valsim.decide", "valsim.execution", "valsim.manual", "valsim.outcome", "valsim.run", "valsim.simulate",
    "valsim.step", "valsim.training", "valsim.value.fair_value.method",
}  # fmt: skip
"""What a check of a scenario does without, with all that is in it."""
NOT_TO_PLAY = {
    "distributed", "pandas", "plotly", "pyarrow", "scipy.integrate", "scipy.linalg", "scipy.optimize", "scipy.stats", "valsim.contract",
    "valsim.decide", "valsim.manual", "valsim.value.fair_value.method",
}  # fmt: skip
"""What a run with its report does without."""


def loaded(*command: str) -> set[str]:
    """The modules that a command has loaded at its end, and the packages that they are in."""
    code = f"import sys; from valsim.cli import app; app({list(command)!r}, standalone_mode=False); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    names = done.stdout.splitlines()[-1].split()
    return {".".join(parts[:end]) for parts in (name.split(".") for name in names) for end in range(1, len(parts) + 1)}


def test_a_check_comes_without_what_plays_and_what_shows():
    found = loaded("check", "tests/cli/small.yaml")
    assert {"valsim.scenario.check", "valsim.drivers.process"} <= found
    assert found & NOT_TO_LOOK_AT_A_FILE == set()


def test_a_run_comes_without_what_it_has_no_use_for(tmp_path):
    report = tmp_path / "report.html"
    found = loaded("run", "tests/cli/small.yaml", "--paths", "10", "--html", str(report))
    assert {"valsim.simulate", "valsim.report.page"} <= found
    assert found & NOT_TO_PLAY == set()


def test_a_run_is_told_again_without_what_plays_it(tmp_path):
    saved = tmp_path / "run.json"
    saved.write_text(json.dumps(sample_summary()))
    found = loaded("report", str(saved), "--html", str(tmp_path / "a.html"), "--xlsx", str(tmp_path / "a.xlsx"))
    assert {"valsim.report.page", "xlsxwriter"} <= found
    assert (
        found & {*NOT_TO_PLAY, "scipy", "valsim.analysis", "valsim.captable", "valsim.scenario", "valsim.simulate"}
        == set()
    )


def test_help_comes_without_what_reads_a_file():
    found = loaded("--help")
    assert "valsim.cli.app" in found
    kept = {"valsim.cli", "valsim.core"}
    rooms = {name for name in found if name.startswith("valsim.") and name.count(".") == 1}
    assert rooms == kept
