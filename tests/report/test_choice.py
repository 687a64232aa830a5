import pytest

from tests.report.sample_summary import sample_summary
from valsim.report.section import assumptions, choice, drivers, holders, payoff, quality, tranches
from valsim.report.section.parts import Folded
from valsim.report.terminal import print_summary


@pytest.fixture
def summary():
    return sample_summary()


def test_the_next_tranche_is_a_milestone_still_to_open_and_never_a_bridge(summary):
    assert choice.next_tranche(summary)["tranche"] == "milestone closing"
    summary["tranches"] = [each for each in summary["tranches"] if each["tranche"] != "milestone closing"]
    assert choice.next_tranche(summary)["tranche"] == "anchor closing"


def test_a_milestone_comes_before_a_dated_closing_that_is_earlier(summary):
    summary["tranches"][0]["window"] = ["2026-03-20", "2026-03-20"]
    assert choice.next_tranche(summary)["tranche"] == "milestone closing"


def test_the_value_of_all_classes_is_the_one_given_with_its_error(summary):
    assert choice.present_value(summary).standard_error == 3.1e7


def test_the_headline_counts_every_share_with_the_pool_at_the_last_price(summary):
    assert choice.at_last_price(summary) == pytest.approx(1754e6 * 2.452)


def test_a_combination_of_missed_conditions_is_one_reason_and_nothing_is_lost():
    because = {"missed a >= 1; b": 0.1, "missed a >= 1": 0.15, "missed b; c": 0.2}
    assert choice.grouped(because) == {choice.SEVERAL: pytest.approx(0.3), "missed a >= 1": 0.15}


def test_a_condition_without_a_deadline_is_not_missed_it_never_came_true():
    bridge = {"at_any_time": True, "milestones": {"runway < 6 months": 0.1}, "not_funded_because": {
        "missed runway < 6 months": 0.2, "the company had ended before": 0.5}}  # fmt: skip
    assert choice.reasons(bridge) == {"the company had ended before": 0.5, "never reached runway < 6 months": 0.2}
    assert "missed runway < 6 months" in choice.reasons(bridge | {"at_any_time": False})


def test_of_several_conditions_without_a_deadline_those_that_failed_at_the_end_are_no_more_than_that():
    because = {"missed a": 0.1, "missed b": 0.25, "missed a; b": 0.2}
    tranche = {"at_any_time": True, "milestones": {"a": 0.5, "b": 0.5}, "not_funded_because": because}
    assert choice.reasons(tranche) == {choice.NEVER_TOGETHER: pytest.approx(0.55)}
    assert choice.reworded("missed a; b", tranche) == "the conditions never came true together, at the end not a; b"


def test_who_does_not_pay_has_a_row_each_and_one_for_any_of_them(summary):
    table = tranches.section(summary).parts[-1].inside
    assert [[cell.text for cell in row][1:] for row in table.rows] == [
        ["any of them", "26.3 %"], ["Alibaba", "24.1 %"], ["Tencent", "3.10 %"]
    ]  # fmt: skip
    del summary["tranches"][1]["paid_short_if_funded"]
    assert tranches.default_tables(summary["tranches"]) == []


@pytest.mark.parametrize(
    ("name", "again"), [("bridge", False), ("bridge 1", False), ("bridge 2", True), ("bridge 12", True)]
)
def test_the_second_time_of_a_round_is_known_by_its_number(name, again):
    assert choice.again({"round": name}) is again


def test_a_chance_of_loss_finds_its_error_beside_it(summary):
    alibaba, other = summary["holders"][0], next(each for each in summary["holders"] if each["name"] == "other holders")
    assert choice.loss(alibaba).standard_error == alibaba["probability_of_loss_standard_error"]
    assert choice.loss(other).mean is None


def test_an_unissued_pool_stands_where_ownership_is_shown_and_not_among_the_returns(summary):
    parts = holders.section(summary).parts
    returns = parts[0]
    (proceeds,) = (part for part in parts if part.kind == "folded" and part.title == "Proceeds, realised and not")
    assert "unissued pool" not in [row[0].text for row in returns.rows]
    assert "unissued pool" in [row[0].text for row in proceeds.inside.rows]


def test_who_is_never_paid_has_no_line_in_the_payoffs(summary):
    summary["payoffs"]["holders"]["unissued pool"] = [0.0] * len(summary["payoffs"]["exit_values"])
    assert "unissued pool" not in payoff.paid_only(summary["payoffs"])["holders"]


def test_numbers_with_a_source_are_counted_and_each_key_is_cited_by_its_title(summary):
    parts = assumptions.section(summary).parts
    rows = {row[0].text: row for part in parts if isinstance(part, Folded) for row in part.inside.rows}
    both = rows["captable.classes.series_c.post_money_valuation"]
    assert assumptions.counted(summary["assumptions"]) == 6
    assert both[3].text.splitlines() == [
        "Moonshot Targets $10 Billion Valuation in New Funding Push",
        "Moonshot raises at $4.8 billion",
    ]
    assert (rows["measure.beta"][2].text, rows["measure.beta"][3].text) == ("Assumption", "")


def test_numbers_are_folded_by_the_part_of_the_document_they_stand_in_and_disputed_ones_come_first(summary):
    disputed, *folded = assumptions.section(summary).parts
    assert disputed.caption == "Where sources disagree"
    assert [part.title for part in folded if part.title.startswith("Measure")] == ["Measure: 1 number, 0 with a source"]
    held = [part for part in folded if not part.title.startswith("Sources")]
    assert sum(len(part.inside.rows) for part in held) == len(summary["assumptions"])


def test_the_quantiles_of_a_number_are_in_the_form_in_which_it_was_written():
    growth = {"value": 0.5, "p10": 0.25, "p90": 1.8, "unit": "1/year", "percentage": True}
    multiple = {"value": 1.4, "p10": 0.8, "p90": 2.4, "unit": "1", "percentage": False}
    assert assumptions.spread(growth) == "P10 25 %/year, median 50 %/year, P90 180 %/year"
    assert assumptions.spread(multiple) == "P10 0.8, median 1.4, P90 2.4"


def test_what_the_two_measures_are_is_said_once(summary):
    summary["measure"]["text"] = summary["run"]["measure_note"]
    texts = [part.text for part in quality.section(summary).parts[1:]]
    assert texts.count(summary["run"]["measure_note"]) == 1


def test_a_missed_condition_has_its_reason_and_how_often_it_was_met_in_one_row(summary):
    rows = [[cell.text for cell in row] for row in tranches.reason_rows(summary["tranches"])]
    assert ["Follow-on: milestone closing", "missed benchmark_audit", "14 %", "70 %"] in [
        [text[:1].upper() + text[1:] if place == 0 else text for place, text in enumerate(row)] for row in rows
    ]


@pytest.mark.parametrize(
    ("name", "unit", "shown"), [("paying_share", "1", "%"), ("shared", "1", "1"), ("margin", "USD", "USD")]
)
def test_a_plain_number_that_is_called_a_share_is_read_in_percent(name, unit, shown):
    assert drivers.unit(name, {"unit": unit}) == shown


def test_the_revenue_of_the_multiple_is_drawn_once(summary):
    values = summary["values"]
    assert drivers.told_twice(values | {"valued_revenue": values["revenue"]}) == {"equity_value", "valued_revenue"}
    assert drivers.told_twice(values | {"valued_revenue": values["cash"] | {"quantiles": {}}}) == {"equity_value"}


def test_a_summary_of_nothing_but_nulls_can_be_told(summary):
    from rich.console import Console

    from valsim.report.page import render

    def emptied(data):
        return {key: emptied(value) if isinstance(value, dict) else None for key, value in data.items()}

    summary["holders"] = [emptied(each) | {"name": each["name"]} for each in summary["holders"]]
    summary["classes"] = [each | {"present_value_per_share": None, "last_price": None} for each in summary["classes"]]
    summary["health"] = emptied(summary["health"]) | {"notes": []}
    for each in summary["values"].values():
        each["quantiles"] = {level: [None] * len(row) for level, row in each["quantiles"].items()}
        each["mean"] = each["standard_error"] = [None] * len(each["dates"])
    assert "<h1" in render(summary)
    print_summary(summary, Console(quiet=True))
