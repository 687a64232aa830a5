"""What each way to end gives, on the page."""

from tests.report.sample_summary import sample_summary
from valsim.report.figures.exits import exits_by_year
from valsim.report.section import exit_kinds, exits

SUMMARY = sample_summary()
KINDS = SUMMARY["exit_kinds"]


def test_a_row_has_the_chance_the_years_what_is_left_and_who_has_most() -> None:
    (row,) = [row for row in exit_kinds.kind_table(KINDS, "USD").rows if row[0].text == "Acquisition"]
    assert (row[2].text, row[2].note) == ("3.2", "0.4 to 7.4")
    assert (row[4].text, row[4].note) == ("$3B", "$100M to $30B")
    assert row[5].text == "Alibaba 33 %, Founders and staff 29 %, Tencent 9.8 %"


def test_a_company_that_is_still_private_has_no_year() -> None:
    (row,) = [row for row in exit_kinds.kind_table(KINDS, "USD").rows if row[0].text.startswith("Still private")]
    assert row[2].text == "–"
    chart = exit_kinds.by_year_chart(KINDS)
    assert "Still private at the horizon" not in [column.title for column in chart.table.columns]
    assert len(chart.figure["data"]) == len(KINDS) - 1


def test_the_bars_of_a_year_are_the_chances_of_its_ends() -> None:
    ended = [each for each in KINDS if each["by_year"]]
    for bars, kind in zip(exits_by_year(ended)["data"], ended, strict=True):
        assert list(bars["y"]) == [year["mean"] for year in kind["by_year"]]


def test_the_year_in_which_an_end_is_likeliest_is_said() -> None:
    years = [{"year": 2027, "mean": 0.02}, {"year": 2028, "mean": 0.05}]
    assert (
        exit_kinds.finding([{"exit": "ipo", "by_year": years}])
        == "Each end is likeliest in one year: IPO in 2028 (5.0 % of all paths)."
    )


def test_a_summary_without_it_has_the_mix_alone() -> None:
    bare = {key: value for key, value in SUMMARY.items() if key not in {"exit_kinds", "horizons"}}
    assert [chart.name for chart in exits.section(bare).charts] == ["exit-mix"]
