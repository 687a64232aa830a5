"""The pages of the documentation say what is so: their files are read, their commands print what stands under them."""

import re
import shutil
from pathlib import Path

import pytest
from sybil import Example
from sybil.evaluators.python import PythonEvaluator

from tests.docs.blocks import ROOT, examples, printed_as_written
from valsim.scenario.text.document import Source
from valsim.scenario.text.reading import parsed

PAGES = sorted((ROOT / "docs").rglob("*.md"))
CHANGES_VALSIM = {ROOT / "docs" / "how-to" / f"add-a-{kind}.md" for kind in ("security", "process")}
"""The pages that are tried on a copy of the project, each by a test of its own."""
NAME = re.compile(r"# ([\w-]+\.yaml)\n")


def written_or_read(example: Example) -> None:
    """Write a block that begins with the name of a file, for the commands after it; what has none is read as YAML."""
    name = NAME.match(example.parsed)
    if name:
        Path(name[1]).write_text(example.parsed, encoding="utf-8")
    assert parsed(Source("a block", str(example.parsed)), 0).problems == ()


EVALUATORS = {"console": printed_as_written, "yaml": written_or_read, "python": PythonEvaluator()}


def called(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", [page for page in PAGES if page not in CHANGES_VALSIM], ids=called)
def test_a_page_is_right_beside_the_shipped_scenarios(page: Path, tmp_path, monkeypatch):
    for scenario in (ROOT / "scenarios").glob("*.yaml"):
        shutil.copy(scenario, tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    for example in examples(page, EVALUATORS):
        example.evaluate()


@pytest.mark.parametrize("page", PAGES, ids=called)
def test_every_block_of_a_page_is_tried(page: Path):
    assert len(examples(page, EVALUATORS)) == page.read_text(encoding="utf-8").count("```") // 2


@pytest.mark.parametrize("page", PAGES, ids=called)
def test_every_link_of_a_page_leads_to_a_file(page: Path):
    links = re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []
