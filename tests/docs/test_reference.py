"""The reference says what the blocks and the commands say today."""

import re
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

import valsim
from valsim.manual.catalogue import pages

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "reference"


@pytest.fixture(scope="module")
def written() -> dict[str, str]:
    """What docs/reference.py writes today, by the name of the page."""
    spec = spec_from_file_location("reference", ROOT / "docs" / "reference.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.all_pages()


@pytest.mark.parametrize("name", sorted(file.name for file in FOLDER.iterdir()))
def test_a_page_is_up_to_date(name, written):
    assert (FOLDER / name).read_text("utf-8") == written.get(name), "python docs/reference.py brings it up to date"


def test_no_page_is_missing_or_left_over(written):
    assert {file.name for file in FOLDER.iterdir()} == set(written)


def test_every_block_has_a_section_and_every_key_a_row(written):
    whole = "\n".join(written.values())
    sections = {title.strip("`") for title in re.findall(r"^## (.+)$", whole, re.MULTILINE)}
    assert [page.title for page in pages() if page.title not in sections] == []
    keys = {entry.name for page in pages() for entry in page.entries}
    assert [key for key in keys if f"\n| `{key}` |" not in whole] == []


def test_every_link_leads_to_a_page(written):
    links = re.findall(r"\]\(([^)]+)\)", "\n".join(written.values()))
    assert {link for link in links if "://" not in link and link not in written} == set()


def test_every_public_name_of_python_is_on_its_page(written):
    shown = {line.rpartition(".")[2] for line in written["python.md"].splitlines() if line.startswith("::: ")}
    assert shown == set(valsim.__all__) - {"__version__"}
