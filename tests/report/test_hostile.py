"""A document whose names try to break what shows them, through the commands: they stay text, whole and where they belong."""

import json
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml
from openpyxl import Workbook, load_workbook
from rich.cells import cell_len
from typer.testing import CliRunner

from valsim.cli import app

FILE = Path(__file__).with_name("hostile.yaml")
WRITTEN = yaml.safe_load(FILE.read_text(encoding="utf-8"))
CAPTABLE = WRITTEN["captable"]
HOLDERS = {*CAPTABLE["positions"], *WRITTEN["positions"]}
CLOSINGS = [closing["name"] for closing in WRITTEN["rounds"][0]["closings"]]
FEW = ("--paths", "300")
COMMANDS = {
    "run": FEW,
    "check": (),
    "waterfall": ("--proceeds", "100M,1B"),
    "fair-value": (),
    "break-even": ("--investment", "5M", "--holder", next(iter(CAPTABLE["positions"]))),
    "decide": FEW,
    "sanity": FEW,
    "sweep": (*FEW, "--over", "company.cash=40M USD, 60M USD", "--measure", f'present_value("{CLOSINGS[0]}")'),
}


def shown(command: str, *arguments: str) -> str:
    ran = CliRunner().invoke(app, [command, str(FILE), *arguments], env={"COLUMNS": "80"})
    assert ran.exit_code == 0, ran.output
    return ran.output


@pytest.fixture(scope="module")
def run(tmp_path_factory) -> tuple[str, str, dict, Workbook]:
    """What a run prints, its page, its JSON and its workbook."""
    folder = tmp_path_factory.mktemp("hostile")
    files = {name: folder / f"run.{name}" for name in ("html", "json", "xlsx")}
    printed = shown("run", *FEW, *(text for name, file in files.items() for text in (f"--{name}", str(file))))
    page, data = (files[name].read_text(encoding="utf-8") for name in ("html", "json"))
    return printed, page, json.loads(data), load_workbook(files["xlsx"])


@pytest.mark.parametrize(("command", "asked"), [item for item in COMMANDS.items() if item[0] != "sweep"])
def test_a_pipe_of_80_columns_gets_lines_that_fit_and_nothing_that_commands_a_terminal(command, asked):
    lines = shown(command, *asked).split("\n")
    lines = [line for line in lines if not line.startswith(f"{FILE}:")]  # of check: one line a file
    assert [line for line in lines if cell_len(line) > 80 or line.endswith(" ")] == []
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", "".join(lines))


def test_the_terminal_shows_every_name_whole(run):
    letters = re.sub(r"\s", "", run[0])
    for name in (WRITTEN["name"], WRITTEN["company"]["name"], *CLOSINGS, *WRITTEN["risks"], *WRITTEN["positions"]):
        assert re.sub(r"\s", "", name) in letters


def test_the_json_has_every_name_as_it_was_written(run):
    told = run[2]
    assert (told["scenario"]["name"], told["scenario"]["company"]) == (WRITTEN["name"], WRITTEN["company"]["name"])
    assert {each["name"] for each in told["holders"]} >= HOLDERS
    assert {each["name"] for each in told["classes"]} == {*CAPTABLE["classes"]}
    assert [each["tranche"] for each in told["tranches"]] == CLOSINGS
    assert told["sources"].keys() == WRITTEN["sources"].keys()


class Elements(HTMLParser):
    """Counts the elements of a page, and keeps what acts by itself and the text outside scripts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found, self.acting, self.text, self._raw = Counter[str](), list[tuple[str, str]](), "", False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found[tag] += 1
        self.acting += [(tag, name) for name, _ in attrs if name.startswith("on")]
        self._raw = tag in {"script", "style"}

    def handle_endtag(self, _tag):
        self._raw = False

    def handle_data(self, data):
        self.text += "" if self._raw else data


def test_the_page_holds_no_element_and_no_handler_that_a_name_brought(run):
    elements = Elements(run[1])
    assert elements.acting == []
    assert elements.found.keys() & {"img", "em", "b", "u", "i", "s"} == set()
    assert not re.search(r"<script>\s*alert", run[1])


def test_the_page_says_every_name_whole(run):
    text = " ".join(Elements(run[1]).text.split())
    assert [name for name in HOLDERS | {WRITTEN["name"], *CLOSINGS, *WRITTEN["risks"]} if name not in text] == []


def test_the_workbook_has_every_name_as_text_and_no_formula(run):
    cells = [cell for sheet in run[3] for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    texts = {cell.value for cell in cells if cell.data_type == "s"}
    whole = " ".join(map(str, texts))
    assert [name for name in HOLDERS | {WRITTEN["name"], *CLOSINGS} if name not in whole] == []


@pytest.mark.browser
def test_in_a_browser_nothing_of_it_runs_and_nothing_is_wider_than_a_phone(run, request):
    page = request.getfixturevalue("shown")(run[1], 390)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert page.said == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert WRITTEN["company"]["name"] in page.inner_text("main h1")


@pytest.mark.parametrize("name", [r"a\e[31mred", r"a\u202eb", r"a\x9b2J", r"\x07", r"a\rb", r"a\x7f", r"a\u2066"])
def test_a_name_that_would_command_a_terminal_is_refused_and_not_shown(name, tmp_path):
    file = tmp_path / "red.yaml"
    for text in (f'name: "{name}"\n', f'company: {{"{name}": 1}}\n'):
        file.write_text(text, encoding="utf-8")
        ran = CliRunner().invoke(app, ["check", str(file)])
        assert (ran.exit_code, "cannot contain the control character" in ran.stderr) == (2, True)
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", ran.stderr)
