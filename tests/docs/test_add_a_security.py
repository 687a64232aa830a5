"""Adding a security is one file and its test: the page is followed to the letter in a copy of the project."""

import json
import shutil
from pathlib import Path

import pytest

from tests.docs.blocks import ROOT
from tests.docs.copying import followed, python

PAGE = "docs/how-to/add-a-security.md"
KIND = "stock_appreciation_right"
NEW = {f"src/valsim/captable/security/{KIND}.py", f"tests/captable/security/test_{KIND}.py"}
"""All that the page adds to the project."""


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("copy")
    assert followed(ROOT / PAGE, folder, "scenarios/moonshot-2026-10b.yaml") == NEW
    return folder


def test_the_commands_print_what_stands_under_them(copy: Path):
    left, shown = python(copy, "-c", f"from tests.docs.copying import try_commands; try_commands({PAGE!r})")
    assert left == 0, shown


def test_its_own_test_and_those_of_every_kind_pass(copy: Path):
    tried = [f"tests/captable/security/test_{name}.py" for name in (KIND, "every_kind")]
    left, shown = python(copy, "-m", "pytest", "-v", "-k", KIND, "-p", "no:cacheprovider", *tried)
    assert left == 0, shown
    assert all(f"{name}::" in shown for name in tried)


def test_the_schema_and_the_reference_find_it(copy: Path):
    code = "from valsim.manual import reference, schema; print(schema.scenario_schema_text(), reference.reference()['captable.md'])"
    left, shown = python(copy, "-c", code)
    assert left == 0, shown
    assert f'"{KIND}"' in shown
    assert "| `base_price` |" in shown


def test_the_simulation_says_what_it_is_worth(copy: Path):
    left, shown = python(
        copy, "-m", "valsim", "run", "deal.yaml", "--paths", "20", "--set", "valuation.anchor=none", "--json", "-"
    )
    assert left == 0, shown
    (rights,) = [each for each in json.loads(shown)["classes"] if each["name"] == "rights"]
    assert 0 < rights["present_value_per_share"] < 20


def test_a_file_of_ones_own_beside_valsim_is_enough_in_python(copy: Path, tmp_path: Path):
    shutil.copy(copy / "src" / "valsim" / "captable" / "security" / f"{KIND}.py", tmp_path)
    shutil.copy(copy / "rights.yaml", tmp_path)
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("vendor"))
    code = (
        f"import {KIND}, valsim; print(round(valsim.waterfall('rights.yaml', 200e6).classes['rights'].payout.item()))"
    )
    assert python(tmp_path, "-c", code) == (0, "4000000\n")
