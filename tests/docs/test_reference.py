"""The reference says what the blocks and the commands say today."""

import re
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from valsim.manual.catalogue import pages

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "reference"


def written() -> dict[str, str]:
    """What docs/reference.py writes today."""
    spec = spec_from_file_location("reference", ROOT / "docs" / "reference.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.all_pages()


PAGES = written()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_up_to_date(name):
    assert (FOLDER / name).read_text("utf-8") == PAGES[name], "python docs/reference.py brings it up to date"


def test_no_page_is_left_over():
    assert {file.name for file in FOLDER.iterdir()} == set(PAGES)


def test_every_block_has_a_section_and_every_key_a_row():
    whole = "\n".join(PAGES.values())
    assert [page.title for page in pages() if f"\n## {page.title}\n" not in whole] == []
    keys = {entry.name for page in pages() for entry in page.entries}
    assert [key for key in keys if f"\n| `{key}` |" not in whole] == []


def test_every_link_leads_to_a_page():
    links = re.findall(r"\]\(([^)]+)\)", "\n".join(PAGES.values()))
    assert {link for link in links if "://" not in link and link not in PAGES} == set()
