"""The workbook, read back as somebody's spreadsheet would: numbers are numbers, text is text, and charts are there."""

import io
import math
import re
import zipfile
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.report.sample_summary import sample_summary
from valsim.report.workbook.book import SHEETS, render, write_xlsx

START = "2026-02-20T00:00:00"
HOSTILE = '=HYPERLINK("http://x.example","<script>alert(1)</script>")'
LONG = "Ünïcödé 🚀 & Söns \"quoted\" 'n' <b>" + "x" * 200
ORDER = (
    "Summary", "Charts", "Cap table", "Tranches", "Why not funded", "Holders", "Ownership", "Ownership by date", "Cash by year",
    "Distributions", "Paths", "Values by date", "Payoff", "Exits", "Assumptions", "Sources", "Quality", "Reproduce",
)  # fmt: skip
DIGITS = 1e-15
"""A spreadsheet file has sixteen digits of a number."""
GUARDS = ("+1", "-1+1", "@SUM(A1)", "\tcmd", "\rcmd")


def read(summary: dict[str, Any]) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(render(summary)))


@pytest.fixture(scope="module")
def book() -> openpyxl.Workbook:
    return read(sample_summary())


def heading(page: Worksheet) -> int:
    """The row of the headings: the one that the filter is on."""
    return int(re.search(r"\d+", page.auto_filter.ref)[0])


def table(page: Worksheet) -> list[dict[str, Any]]:
    first = heading(page)
    titles = [cell.value for cell in page[first]]
    return [dict(zip(titles, (cell.value for cell in row), strict=True)) for row in page.iter_rows(min_row=first + 1)]


def row(page: Worksheet, of: str) -> dict[str, Any]:
    return next(each for each in table(page) if next(iter(each.values())) == of)


def cell(page: Worksheet, of: str, title: str) -> Any:
    titles = [each.value for each in page[heading(page)]]
    return next(each for each in page.iter_rows(min_row=heading(page) + 1) if each[0].value == of)[titles.index(title)]


def bare() -> dict[str, Any]:
    """The least that a summary has."""
    return {key: part for key, part in sample_summary().items() if key in {"valsim", "scenario", "run"}}


@pytest.fixture(scope="module")
def bad() -> bytes:
    return render(hostile())


def hostile() -> dict[str, Any]:
    """A summary whose names are as bad as names can be."""
    summary = sample_summary()
    summary["scenario"] |= {"name": HOSTILE, "company": LONG}
    summary["holders"][0]["name"], summary["holders"][1]["name"] = HOSTILE, LONG
    for each, name in zip(summary["assumptions"], GUARDS, strict=False):
        each["note"] = name
    summary["tranches"][0]["tranche"] = "@tranche"
    summary["payoffs"]["holders"] = {HOSTILE: next(iter(summary["payoffs"]["holders"].values()))} | summary["payoffs"][
        "holders"
    ]
    summary["distributions"][1]["holder"] = "=Holders!$A$1"
    summary["warnings"] = ["=1+1", "y" * 40_000]
    return summary


def test_the_sheets_stand_in_the_order_of_the_page(book) -> None:
    assert [name for name in ORDER if name in book.sheetnames] == book.sheetnames


def test_an_amount_is_a_whole_number_of_the_currency_that_is_shown_in_millions(book) -> None:
    found = cell(book["Holders"], "Alibaba", "Invested (USD), mean")
    assert (found.value, found.data_type) == (1.1e9, "n")
    assert '"$"#,##0.00,,,"B"' in found.number_format
    chance = cell(book["Tranches"], "follow-on: anchor closing", "Chance funded")
    assert (chance.value, chance.number_format) == (0.9003, "0.0%")
    assert cell(book["Holders"], "Alibaba", "MOIC, mean").number_format == '0.00"x"'


def test_beside_a_number_stands_its_standard_error_and_above_it_its_measure(book) -> None:
    page, alibaba = book["Holders"], sample_summary()["holders"][0]
    told = alibaba["probability_of_loss_standard_error"]
    assert row(page, "Alibaba")["Chance of loss, standard error"] == pytest.approx(told, rel=DIGITS)
    head = heading(page)
    measures = {title.value: measure.value for title, measure in zip(page[head], page[head - 1], strict=True)}
    assert measures.pop("Holder") is None
    worth = {measures.pop("Worth today (USD)"), measures.pop("Worth today (USD), standard error")}
    assert (worth, set(measures.values())) == ({"risk-neutral"}, {"real-world"})


def test_dates_are_dates(book) -> None:
    assert cell(book["Tranches"], "follow-on: milestone closing", "Opens").value.isoformat() == "2026-06-30T00:00:00"
    assert table(book["Values by date"])[0]["Date"].isoformat() == START
    assert row(book["Summary"], "As of")["Value"].isoformat() == START


def test_what_is_not_known_is_an_empty_cell_and_never_zero() -> None:
    summary = sample_summary()
    summary["values"]["cash"]["mean"][3], summary["values"]["cash"]["mean"][4] = None, math.nan
    summary["values"] = {"cash": summary["values"]["cash"]}
    book = read(summary)
    found = [each["Mean"] for each in table(book["Values by date"]) if each["Quantity"] == "Cash"]
    assert (found[3], found[4]) == (None, None)
    assert found[2] == summary["values"]["cash"]["mean"][2]
    founders = row(book["Holders"], "Founders and staff")
    assert (founders["MOIC, mean"], founders["Invested (USD), mean"]) == (None, 0)


def test_every_value_of_the_fans_is_in_the_table(book) -> None:
    values, found = sample_summary()["values"], table(book["Values by date"])
    assert len(found) == sum(len(each["dates"]) for each in values.values())
    last = [each for each in found if each["Quantity"] == "Equity value"][-1]
    fan = values["equity_value"]
    shown = [last[title] for title in ("Mean", "Standard error", "95th percentile", "Still private")]
    told = [fan["mean"][-1], fan["standard_error"][-1], fan["quantiles"]["0.95"][-1], fan["alive"][-1]]
    assert shown == pytest.approx(told, rel=DIGITS)


def test_bins_and_what_is_nothing_are_all_paths(book) -> None:
    found = [each for each in table(book["Distributions"]) if each["What"] in {"nothing", "bin"}]
    parts: dict[str, float] = {}
    for each in found:
        parts[each["Of"]] = parts.get(each["Of"], 0.0) + each["Part of paths"]
    assert len(parts) == len(sample_summary()["distributions"])
    assert [*parts.values()] == pytest.approx([1.0] * len(parts), abs=1e-12)
    assert (found[-1]["From"] is not None, found[-1]["To below"]) == (True, None)


def test_charts_are_drawn_by_the_spreadsheet_from_the_cells_with_titles_and_words(book) -> None:
    charts = book["Charts"]._charts
    kinds = [type(each).__name__ for each in charts]
    assert (kinds.count("BarChart"), kinds.count("LineChart"), kinds.count("ScatterChart")) == (5, 3, 2)
    fan = charts[kinds.index("LineChart")]
    place = re.fullmatch(r"'Values by date'!\$I\$(\d+):\$I\$(\d+)", fan.series[2].val.numRef.f)
    rows = book["Values by date"][f"I{place[1]}" : f"I{place[2]}"]
    told = sample_summary()["values"]["equity_value"]["quantiles"]["0.5"]
    assert [each[0].value for each in rows] == pytest.approx(told, rel=DIGITS)


def test_every_chart_says_in_words_what_it_shows() -> None:
    with zipfile.ZipFile(io.BytesIO(render(sample_summary()))) as parts:
        drawing = parts.read("xl/drawings/drawing1.xml").decode()
        charts = [parts.read(name).decode() for name in parts.namelist() if "charts/chart" in name]
    assert {each.count("<c:title>") for each in charts} == {3}  # of the chart and of its axes
    described = re.findall(r'descr="([^"]+)"', drawing)
    assert len(described) == sum(len(sheet.charts) for build in SHEETS if (sheet := build(sample_summary())))
    assert described[0].startswith("Funded, and why not. ")
    assert all(len(text) > 40 for text in described)


def test_bad_names_stay_text_and_no_cell_is_a_formula_or_a_link(bad: bytes) -> None:
    found = openpyxl.load_workbook(io.BytesIO(bad))
    texts = [
        each
        for page in found
        for line in page.iter_rows()
        for each in line
        if each.data_type in {"s", "inlineStr", "f", "str"}
    ]
    assert {each.data_type for each in texts} == {"s"}
    assert {HOSTILE, *GUARDS} <= {each.value.replace("_x000D_", "\r") for each in texts}
    assert all(each.quotePrefix for each in texts if each.value.startswith(("=", "+", "-", "@", "\t")))
    with zipfile.ZipFile(io.BytesIO(bad)) as parts:
        charts = b"".join(parts.read(name) for name in parts.namelist() if "charts/chart" in name).decode()
        places = set(re.findall(r"<c:f>(.*?)!", charts))
        assert places >= {"Charts", "Holders", "Payoff", "Tranches", "Distributions", "'Values by date'"}
        assert {place.strip("'") for place in places} <= set(ORDER)
        assert "<c:v>MOIC: =Holders!$A$1</c:v>" in charts
        assert not any("hyperlink" in name or "externalLink" in name for name in parts.namelist())
        assert not any(
            b"<hyperlink" in parts.read(name) or b"<f>" in parts.read(name)
            for name in parts.namelist()
            if "sheet" in name
        )
    assert found["Holders"].cell(heading(found["Holders"]) + 2, 1).value == LONG


def test_a_text_that_no_cell_holds_is_cut() -> None:
    quality = read(bare() | {"health": sample_summary()["health"], "warnings": ["y" * 40_000]})["Quality"]
    longest = max((each.value for line in quality.iter_rows() for each in line if isinstance(each.value, str)), key=len)
    assert len(longest) == 32_767
    assert longest.endswith("y…")


def test_headings_stay_in_sight_and_can_be_filtered_and_printed(book) -> None:
    for page in book:
        if page.title == "Charts":
            continue
        first = heading(page)
        assert page.freeze_panes == f"B{first + 1}"
        assert page.print_title_rows == f"${first}:${first}"
        assert page.page_setup.orientation == "landscape"
        assert page.page_setup.fitToHeight == 0
        assert "Moonshot AI" in page.oddFooter.left.text
        titles = [each.value for each in page[first]]
        assert len(set(titles)) == len(titles)


def test_the_file_says_what_it_is_and_is_the_same_each_time(book, bad: bytes) -> None:
    about = book.properties
    assert (about.title, about.creator) == ("Moonshot AI, follow-on toward $10B", "valsim 0.1.0")
    assert "not advice" in about.description
    assert about.created.isoformat() == START
    assert render(hostile()) == bad


@pytest.mark.parametrize("key", sorted(sample_summary().keys() - {"valsim", "scenario", "run"}))
def test_without_a_part_of_the_summary_its_sheets_are_left_out(key: str) -> None:
    summary = sample_summary()
    del summary[key]
    built = [build(summary) for build in SHEETS]
    assert all(sheet is None or sheet.columns for sheet in built)


def test_nothing_but_what_was_run_makes_a_workbook() -> None:
    assert read(bare()).sheetnames == ["Summary", "Reproduce"]


def test_a_footer_does_not_obey_the_name_of_a_company() -> None:
    summary = bare()
    summary["scenario"]["company"] = "A&B &P " + "z" * 300
    footer = read(summary)["Summary"].oddFooter.left.text
    assert footer.startswith("A&&B &&P z")
    assert len(footer) < 255


def test_a_file_appears_whole_or_not_at_all(tmp_path, monkeypatch) -> None:
    write_xlsx(bare(), tmp_path / "deal.xlsx")
    assert openpyxl.load_workbook(tmp_path / "deal.xlsx").sheetnames[0] == "Summary"
    with pytest.raises(FileNotFoundError):
        write_xlsx(bare(), tmp_path / "nowhere" / "deal.xlsx")
