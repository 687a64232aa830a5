"""The names that a notebook gets from ``import valsim``."""

import subprocess
import sys
import tomllib
from importlib import import_module, metadata

import pytest

import valsim
from tests.architecture.sources import ROOT

PUBLIC = [
    "ClosedRound",
    "Comparison",
    "FairValue",
    "Process",
    "Result",
    "RightToWalk",
    "SavedRun",
    "Scenario",
    "Solution",
    "Sweep",
    "Until",
    "Waterfall",
    "__version__",
    "break_even_valuation",
    "close_round",
    "compare",
    "decide",
    "dump",
    "fair_value",
    "load",
    "read_run",
    "save",
    "simulate",
    "solve",
    "stories",
    "sweep",
    "until",
    "waterfall",
]


def fresh(code: str) -> str:
    """What a new Python prints for a piece of code."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def test_the_public_names_are_these():
    assert valsim.__all__ == sorted(valsim.__all__) == PUBLIC


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_is_there_and_has_a_docstring(name: str):
    assert getattr(valsim, name).__doc__
    assert name in dir(valsim)


def test_an_unknown_name_is_refused_by_its_name():
    with pytest.raises(AttributeError, match="simulat_e"):
        valsim.simulat_e  # noqa: B018 - reading it is the test


def test_importing_valsim_imports_no_library():
    assert fresh("import sys, valsim; print(sorted({'numpy', 'pydantic', 'yaml'} & set(sys.modules)))") == "[]"


@pytest.mark.parametrize(
    "first",
    ["import valsim", "import valsim.simulate, valsim", "from valsim.simulate import simulate; import valsim"],
)
def test_simulate_is_the_function_in_whatever_order_it_is_imported(first: str):
    assert (
        fresh(f"{first}; valsim.simulate; from valsim.simulate import simulate as own; print(valsim.simulate is own)")
        == "True"
    )


def test_the_module_of_the_loop_can_still_be_had():
    assert import_module("valsim.simulate").simulate is valsim.simulate


def test_the_installed_version_is_the_one_in_the_source():
    assert metadata.version("valsim") == valsim.__version__
    assert "version" in tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dynamic"]
