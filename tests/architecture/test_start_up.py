"""The command answers at once: what is not needed is not imported."""

import subprocess
import sys

import pytest

from tests.architecture.sources import ROOT

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


@pytest.mark.parametrize("command", [["--help"], ["check", "tests/cli/small.yaml"]], ids=" ".join)
def test_the_manual_is_read_when_it_is_asked_for(command: list[str]):
    code = f"import sys; from valsim.cli import app; app({command!r}, standalone_mode=False); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert "valsim.cli.app" in done.stdout.split()
    assert [name for name in done.stdout.split() if name.startswith("valsim.manual")] == []
