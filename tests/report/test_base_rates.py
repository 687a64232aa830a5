"""The table of figures beside usual values: on the page, on a terminal and in Markdown."""

from io import StringIO
from typing import Any

from rich.console import Console

from valsim.report.base_rates_text import as_markdown, print_base_rates
from valsim.report.section import base_rates as section

USUAL = {
    "of": "ai_lab",
    "what": "a margin",
    "values": [0.12, 0.38, 0.6],
    "grade": "A",
    "rests_on": "three of them",
    "facts": ["mm.gm", "zp.gm"],
    "sources": {},
    "verdict": "above",
}
GENERAL = USUAL | {"of": "venture", "grade": "C", "verdict": "inside"}
TOLD: dict[str, Any] = {
    "scenario": {"name": "[b]A company[/b]", "as_of": "2026-01-01"},
    "run": {"paths": 8192, "seed": 7},
    "base_rates": {
        "peers": "ai_lab",
        "investor": None,
        "figures": [
            {"figure": "gross_margin_0", "label": "Gross margin at the start", "form": "percent", "values": [0.5, 0.75, None], "standard_errors": [0.004, 0.003, None], "cases": 100, "beside": [USUAL, GENERAL]},
            {"figure": "listed", "label": "Listed", "form": "percent", "values": [0.314], "standard_errors": [0.0051], "cases": 100, "beside": []},
        ],
    },
}  # fmt: skip


def test_what_is_outside_is_told_first() -> None:
    assert section.lead(TOLD["base_rates"]) == (
        "0 of 1 figures are inside what is usual for AI labs, or else for companies in general. "
        "Outside: Gross margin at the start (above)."
    )


def test_a_row_for_each_set_of_usual_values_and_one_where_none_is_known() -> None:
    first, second, third = section.table(TOLD["base_rates"]).rows
    assert [cell.text for cell in first] == [
        "Gross margin at the start, %",
        "50 / 75 / ∞",
        "12 / 38 / 60",
        "AI labs",
        "A",
        "above",
        "mm.gm, zp.gm",
    ]
    assert first[1].error == "± 0.4 / 0.3 / ∞"
    assert (second[0].text, second[3].text, second[5].text) == ("", "venture", "inside")
    assert (third[1].text, third[2].text) == ("31", "none known")


def test_without_peers_there_is_no_section() -> None:
    assert section.section({"base_rates": None}) is None
    shown = section.section(TOLD)
    assert shown is not None
    assert shown.title == "Beside the base rates"


def test_markdown_has_a_line_for_each_row() -> None:
    lines = as_markdown(TOLD).splitlines()
    assert lines[0] == "| Figure | Here | Usual | Of | Grade | Verdict | Rests on |"
    assert lines[2].startswith(
        "| Gross margin at the start, % | 50 / 75 / ∞ (± 0.4 / 0.3 / ∞) | 12 / 38 / 60 | AI labs | A | above |"
    )
    assert len(lines) == 5


def test_a_terminal_of_80_columns_holds_it_and_takes_no_name_for_markup() -> None:
    console = Console(width=80, record=True, file=StringIO())
    print_base_rates(TOLD, console)
    shown = console.export_text()
    assert "[b]A company[/b]" in shown
    assert max(map(len, shown.splitlines())) <= 80
    assert "50 / 75 / ∞" in shown
