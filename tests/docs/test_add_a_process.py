"""Adding a process is one file and its test: the page is followed to the letter in a copy of the project."""

from pathlib import Path

import pytest

from tests.docs.blocks import ROOT
from tests.docs.copying import followed, python

PAGE = "docs/how-to/add-a-process.md"
KIND = "bass_adoption"
NEW = {f"src/valsim/drivers/process/{KIND}.py", f"tests/drivers/process/test_{KIND}.py"}
"""All that the page adds to the project."""
BESIDE = "price_steps.py"
"""The process that stays beside a scenario."""


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("copy")
    assert followed(ROOT / PAGE, folder) == {*NEW, BESIDE}
    return folder


def test_the_commands_print_what_stands_under_them(copy: Path):
    left, shown = python(copy, "-c", f"from tests.docs.copying import try_commands; try_commands({PAGE!r})")
    assert left == 0, shown


def test_its_own_test_and_those_of_every_kind_pass(copy: Path):
    tried = [f"tests/drivers/process/test_{name}.py" for name in (KIND, "every_kind")]
    left, shown = python(copy, "-m", "pytest", "-v", "-k", KIND, "-p", "no:cacheprovider", *tried)
    assert left == 0, shown
    assert all(f"{name}::" in shown for name in tried)


def test_the_schema_and_the_reference_find_it(copy: Path):
    code = "from valsim.manual import reference, schema; print(schema.scenario_schema_text(), reference.reference()['drivers.md'])"
    left, shown = python(copy, "-c", code)
    assert left == 0, shown
    assert f'"{KIND}"' in shown
    assert "| `imitation` |" in shown


def test_a_file_of_ones_own_is_enough_in_python(copy: Path):
    code = "import price_steps, valsim; print(valsim.load('cheaper.yaml').drivers['list_price'].kind)"
    assert python(copy, "-c", code) == (0, "price_steps\n")
