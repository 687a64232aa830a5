"""The README says what is so: its commands print what stands under them, its Python runs, its YAML is the scenario's."""

import re
from pathlib import Path
from typing import Any

import pytest
from sybil import Example
from sybil.evaluators.python import PythonEvaluator

from tests.docs.blocks import ROOT, examples, printed_as_written
from valsim.scenario.load import parse_document, read_document

README = ROOT / "README.md"
SCENARIO = Path("scenarios/moonshot-2026-10b.yaml")


@pytest.fixture(autouse=True)
def at_the_root(monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "80")


def part_of_the_scenario(example: Example) -> None:
    """Find every key and value of a block in the scenario."""
    assert missing(parse_document(example.parsed).data, read_document(SCENARIO).data) == []


def named_files_exist(example: Example) -> None:
    """Look for the files that the commands of a block are given; the commands themselves make an environment."""
    named = re.findall(r"\S+\.yaml|\bdev\b", example.parsed)
    assert named
    assert all((ROOT / name).is_file() for name in named)


EVALUATORS = {
    "console": printed_as_written,
    "yaml": part_of_the_scenario,
    "sh": named_files_exist,
    "python": PythonEvaluator(),
}


def missing(part: Any, whole: Any, place: str = "") -> list[str]:
    """What a part says that the whole does not; an entry of a list may stand anywhere in it."""
    if isinstance(part, dict) and isinstance(whole, dict):
        return [gap for key in part for gap in missing(part[key], whole.get(key), f"{place}.{key}")]
    if isinstance(part, list) and isinstance(whole, list):
        return [gap for each in part for gap in min((missing(each, other, place) for other in whole), key=len)]
    return [] if part == whole else [f"{place}: {part!r}, and in the scenario {whole!r}"]


@pytest.mark.parametrize("example", examples(README, EVALUATORS), ids=lambda each: f"line {each.line}")
def test_the_readme_is_right(example):
    example.evaluate()


def test_every_block_is_tried():
    assert len(examples(README, EVALUATORS)) == README.read_text(encoding="utf-8").count("```") // 2


def test_every_link_leads_to_a_file():
    links = re.findall(r"\]\(([^)#]+)\)", README.read_text(encoding="utf-8"))
    assert links
    assert [link for link in links if "://" not in link and not (ROOT / link).exists()] == []


def test_the_picture_is_small():
    assert (ROOT / "docs" / "images" / "report.png").stat().st_size < 300_000


def test_a_difference_between_readme_and_scenario_would_be_seen():
    assert missing({"a": [{"n": "x", "v": "1"}]}, {"a": [{"n": "y"}, {"n": "x", "v": "2"}]}) == [
        ".a.v: '1', and in the scenario '2'"
    ]
