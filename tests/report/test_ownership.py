"""The section on ownership and dilution: what it says, and what its figures add up to."""

import pytest

from tests.report.sample_summary import sample_summary
from valsim.report.figures.ownership import stacked, thinned
from valsim.report.section import ownership

SUMMARY = sample_summary()
TOLD = SUMMARY["ownership"]


def table(caption):
    section = ownership.section(SUMMARY)
    tables = [part for part in section.parts if part.kind == "table"] + [
        chart.table for chart in section.charts if chart.table
    ]
    return next(each for each in tables if each.caption == caption)


def test_the_lead_says_what_a_share_of_today_comes_to():
    assert ownership.section(SUMMARY).lead == (
        "One percent of the company today is 0.78 % of it at the end if nothing is added (0.40 to 0.93 % on nine paths in ten); "
        "your position owns 3.0 % at the exit on average (real-world)."
    )


def test_the_areas_fill_the_company_on_each_date():
    figure = stacked(TOLD)
    dates = {tuple(trace["x"]) for trace in figure["data"]}
    assert len(dates) == 1
    sums = [sum(row) for row in zip(*(trace["y"] for trace in figure["data"]), strict=True)]
    assert sums == pytest.approx([1.0] * len(sums), abs=1e-4)
    assert len({trace["fillcolor"] for trace in figure["data"]}) == len(TOLD["groups"])


def test_the_stages_go_from_the_opening_over_the_closings_to_the_exit():
    found = table("Who owns what, stage by stage")
    assert [column.title for column in found.columns] == [
        "Holder",
        "Opening",
        "follow-on: anchor closing",
        "At the exit",
    ]
    assert [cell.text for cell in found.rows[1]] == ["Alibaba", "90 %", "72 %", "55.0 %"]
    assert found.rows[1][3].error == "± 0.1"


def test_a_closing_that_was_never_funded_has_no_column():
    groups = [each | {"after": [{**each["after"][0], "paths": 0}]} for each in TOLD["groups"]]
    found = ownership.stage_table(TOLD | {"groups": groups})
    assert [column.title for column in found.columns] == ["Holder", "Opening", "At the exit"]


def test_causes_that_take_nothing_are_left_out_and_the_others_are_summed():
    found = table("What dilutes a share of today")
    assert [row[0].text for row in found.rows] == [
        "New shares of follow-on",
        "Set off by closings: pool increases",
        "All together",
    ]


def test_dates_are_few_and_hold_both_ends():
    places = thinned(TOLD)
    assert places[0] == 0
    assert places[-1] == len(TOLD["dates"]) - 1
    assert len(places) <= 18


def test_a_company_that_nobody_dilutes_has_no_chart_of_causes():
    none = {"mean": 0.0, "standard_error": 0.0}
    calm = TOLD["dilution"] | {"new_shares": [], "set_off_by_closings": none | {"what": []}, "total": none}
    section = ownership.section(SUMMARY | {"ownership": TOLD | {"dilution": calm}})
    assert "dilution" not in [chart.name for chart in section.charts]
    assert ownership.section(SUMMARY | {"ownership": {}}) is None
