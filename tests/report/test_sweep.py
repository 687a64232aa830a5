"""A sweep in words, as a table, in pictures and on a page."""

import csv

import plotly.graph_objects as go
import pytest
from markupsafe import Markup

from valsim.report.section import sweep as words
from valsim.report.section import swept as sections
from valsim.report.sweep_page import render_sweep
from valsim.report.sweep_table import csv_text

CASH, BETA = "company.cash", "measure.beta"


def estimate(mean, away=None):
    error = None if mean is None else 0.1
    apart = away and {"mean": away, "standard_error": 0.01, "told_apart": abs(away) > 0.02}
    return {"mean": mean, "standard_error": error, "difference": apart}


def case(number, values, mean, away=None, failed="", scale=1.0):
    measures = {} if failed else {"moic(me)": estimate(mean, away)}
    name = ", ".join(f"{path.split('.')[-1]}={value}" for path, value in values.items()) or "as written"
    return {
        "number": number, "name": name, "source": "deal.yaml", "variant": "base", "values": values, "measures": measures,
        "anchor_scale": None if failed else scale, "anchor_standard_error": None if failed else 0.0,
        "input_hash": "0", "seconds": 0.1, "failed": failed,
    }  # fmt: skip


def entry(path, *texts, unit="1"):
    numbers = {} if unit is None else {text: float(text) for text in texts}
    return {"path": path, "called": path.split(".")[-1], "unit": unit, "numbers": numbers}


def told(cases, inputs, anchor="none"):
    measure = {"formula": "moic(me)", "measure": "moic", "of": "me", "counts": "multiple", "under": ["real-world"]}
    return {
        "valsim": "0", "currency": "USD", "scenario": {"name": "Deal", "company": "Co", "as_of": "2026-01-01"},
        "run": {"paths": 1000, "seed": 1, "seconds": 1.0, "anchor": anchor, "anchored_by": "none"}, "base": 1,
        "inputs": inputs, "measures": [measure], "cases": cases, "order": [each["number"] for each in cases],
    }  # fmt: skip


def one_input(**how):
    cases = [case(1, {CASH: "1"}, 1.0), case(2, {CASH: "4"}, 2.0, 1.0), case(3, {CASH: "9"}, 1.5, 0.001)]
    return told(cases, [entry(CASH, "1", "4", "9")], **how)


def two_inputs():
    grid = [(cash, beta) for cash in ("1", "2") for beta in ("1", "2", "3")]
    cases = [case(place, {CASH: c, BETA: b}, float(c) + float(b)) for place, (c, b) in enumerate(grid, start=1)]
    return told(cases, [entry(CASH, "1", "2"), entry(BETA, "1", "2", "3")])


def test_the_ends_of_the_first_measure_are_told() -> None:
    said = words.extremes(one_input())
    assert said == "me: MOIC is highest at 2.0x ± 0.1 with cash=4, and lowest at 1.0x ± 0.1 with cash=1."
    assert words.extremes(told([case(1, {CASH: "1"}, 1.0), case(2, {CASH: "2"}, None)], [])) == ""


@pytest.mark.parametrize(
    ("anchor", "scale", "said"),
    [
        ("none", 1.0, "No case is scaled"),
        ("held", 0.8, "keeps the scale"),
        ("solved", 0.8, "scaled to its own last price"),
        ("solved", 1.0, "share one scale"),
    ],
)
def test_it_is_said_at_which_scale_the_cases_are_played(anchor, scale, said) -> None:
    cases = [case(1, {CASH: "1"}, 1.0), case(2, {CASH: "2"}, 1.0, scale=scale)]
    assert said in words.scales(told(cases, [], anchor))


def test_of_many_cases_that_fail_the_first_are_told() -> None:
    cases = [case(i, {CASH: str(i)}, None, failed="too rosy") for i in range(1, 8)]
    said = list(words.failures(told(cases, [])))
    assert said[0] == "7 of 7 cases could not be played:"
    assert said[1] == "cash=1: too rosy"
    assert said[-1] == "and 2 more: see the JSON or the table"


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-1+cmd|' /C calc'!A0", "@SUM(A1)", "\t=1"])
def test_no_cell_of_the_table_is_a_formula_to_a_spreadsheet(text) -> None:
    found = told([case(1, {CASH: text}, 1.0) | {"name": text}], [entry(CASH, unit=None)])
    (row,) = csv.DictReader(csv_text(found).splitlines())
    assert (row["case"], row[CASH]) == (f"'{text}", f"'{text}")


@pytest.mark.parametrize("text", ["-5%", "-5M USD", "+2.5", "-1e-05", "-3 USD/year", "1 - 2"])
def test_a_quantity_stands_in_the_table_as_it_was_written(text) -> None:
    (row,) = csv.DictReader(csv_text(told([case(1, {CASH: text}, -1.0)], [entry(CASH, unit=None)])).splitlines())
    assert (row[CASH], row["moic(me)"]) == (text, "-1.0")


def test_the_table_has_a_line_a_case_and_an_empty_cell_for_what_is_not_there() -> None:
    cases = [case(1, {CASH: "1", BETA: "{a: 1, b: 2}"}, 0.1 + 0.2), case(2, {CASH: "2"}, None, failed='no "scale"')]
    rows = list(csv.DictReader(csv_text(told(cases, [entry(CASH, "1", "2"), entry(BETA, unit=None)])).splitlines()))
    assert float(rows[0]["moic(me)"]) == 0.1 + 0.2
    assert rows[0][BETA] == "{a: 1, b: 2}"
    assert (rows[1][BETA], rows[1]["moic(me)"], rows[1]["anchor_scale"]) == ("", "", "")
    assert rows[1]["failed"] == 'no "scale"'


def test_one_input_makes_a_line_at_its_numbers_with_two_standard_errors() -> None:
    (chart,) = sections.charts(one_input()).charts
    (line,) = chart.figure["data"]
    assert (line["type"], line["x"], line["y"]) == ("scatter", [1.0, 4.0, 9.0], [1.0, 2.0, 1.5])
    assert line["error_y"]["array"] == [0.2, 0.2, 0.2]
    assert chart.figure["layout"]["xaxis"]["ticktext"] == ["1", "4", "9"]


def test_values_that_are_no_numbers_stand_one_after_the_other() -> None:
    cases = [case(1, {CASH: "some"}, 1.0), case(2, {CASH: "more"}, 2.0)]
    (chart,) = sections.charts(told(cases, [entry(CASH, unit=None)])).charts
    assert chart.figure["data"][0]["x"] == [0.0, 1.0]


def test_two_inputs_make_a_map_with_numbers() -> None:
    (chart,) = sections.charts(two_inputs()).charts
    (heat,) = chart.figure["data"]
    assert (heat["type"], heat["z"]) == ("heatmap", [[2.0, 3.0, 4.0], [3.0, 4.0, 5.0]])
    assert heat["text"][1][2] == "5.0x<br>± 0.1"


@pytest.mark.parametrize("made", [one_input, two_inputs])
def test_plotly_knows_how_to_draw_each_picture(made) -> None:
    (chart,) = sections.charts(made()).charts
    assert go.Figure(chart.figure).to_plotly_json() == chart.figure


def test_a_list_makes_a_table_alone_that_can_be_sorted() -> None:
    listed = told([case(1, {CASH: "1"}, 1.0), case(2, {}, 2.0, 1.0)], [entry(CASH, "1")])
    assert sections.charts(listed) is None
    table = sections.cases(listed).parts[0]
    assert [cell.value for row in table.rows for cell in row] == [1, 1.0, 2, 2.0]
    assert [row[0].text for row in table.rows] == ["cash=1", "as written"]


def test_below_a_value_stands_its_difference_where_it_is_told_apart() -> None:
    table = sections.cases(one_input()).parts[0]
    assert [row[-1].note for row in table.rows] == ["", "+1.00x ± 0.01", "not told apart"]


def test_a_name_on_the_page_is_text() -> None:
    page = render_sweep(told([case(1, {CASH: "<b>"}, 1.0), case(2, {CASH: "2"}, 2.0)], [entry(CASH, unit=None)]))
    assert "<b>" not in Markup(page)


def test_a_measure_that_no_value_changes_is_told_once() -> None:
    alike = told([case(1, {CASH: "1"}, 1.0), case(2, {CASH: "4"}, 1.0, 0.0)], [entry(CASH, "1", "4")])
    assert words.extremes(alike) == "me: MOIC is 1.0x \u00b1 0.1 in every case."


def test_cases_with_names_of_their_own_are_shown_by_them() -> None:
    grid = one_input()
    assert not words.is_named(grid)
    named = {**grid, "cases": [{**each, "name": f"case {each['number']}"} for each in grid["cases"]]}
    assert words.is_named(named)
    (table, *_) = sections.cases(named).parts
    assert [(row[0].text, row[1].text) for row in table.rows] == [("case 1", "1"), ("case 2", "4"), ("case 3", "9")]
