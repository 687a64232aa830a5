"""The README says what is so: its commands print what stands under them, its Python runs, its YAML is the scenario's."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from sybil import Document, Example
from sybil.evaluators.python import PythonEvaluator
from sybil.parsers.markdown import CodeBlockParser
from typer.testing import CliRunner

from valsim.cli import app
from valsim.scenario.load import parse_document, read_document

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
SCENARIO = Path("scenarios/moonshot-2026-10b.yaml")
SECONDS = re.compile(r"[\d.]+ s$", re.MULTILINE)


@pytest.fixture(autouse=True)
def at_the_root(monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "80")


def printed_as_written(example: Example) -> None:
    """Run the command of a block and compare; a line of dots stands for all that follows, and seconds may differ."""
    command, _, output = example.parsed.removeprefix("$ ").partition("\n")
    program, *arguments = shlex.split(command)
    shown = CliRunner().invoke(app, arguments)
    assert (program, shown.exit_code) == ("valsim", 0), shown.stderr
    wanted, dots, _ = output.rstrip().partition("\n...")
    lines = "\n".join(line.rstrip() for line in shown.stdout.rstrip().splitlines())
    lines = "\n".join(lines.splitlines()[: len(wanted.splitlines())]) if dots else lines
    assert SECONDS.sub("s", lines) == SECONDS.sub("s", wanted), "python docs/refresh.py brings the README up to date"


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


def examples() -> list[Example]:
    parsers = [CodeBlockParser(language, evaluator) for language, evaluator in EVALUATORS.items()]
    return list(Document.parse(str(README), *parsers))


@pytest.mark.parametrize("example", examples(), ids=lambda each: f"line {each.line}")
def test_the_readme_is_right(example):
    example.evaluate()


def test_every_block_is_tried():
    assert len(examples()) == README.read_text(encoding="utf-8").count("```") // 2


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
