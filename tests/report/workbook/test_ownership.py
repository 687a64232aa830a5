"""Who owns what in the workbook: stage by stage, and by date with a chart of the whole."""

from typing import Any

from valsim.report.workbook.sheet import ownership, ownership_by_date

DATES = ["2026-02-20", "2026-02-20", "2027-02-20"]


def group(name: str, *parts: float) -> dict[str, Any]:
    after = {"round": "b", "tranche": "first", "paths": 90, "quantiles": {"0.05": 0.1, "0.5": parts[1], "0.95": 0.9}}
    never = {"round": "b", "tranche": "second", "paths": 0, "quantiles": dict.fromkeys(("0.05", "0.5", "0.95"))}
    own = {"mean": list(parts), "standard_error": [0.0, 0.01, 0.02], "opening": parts[0], "after": [after, never]}
    return {"name": name, **own, "at_exit": {"mean": parts[2], "standard_error": 0.003}}


SUMMARY = {
    "ownership": {
        "noted_paths": 8192,
        "dates": DATES,
        "alive": [1.0, 1.0, 0.8],
        "groups": [group("=me", 0.0, 0.25, 0.2), group("founders", 1.0, 0.75, 0.8)],
    }
}


def test_a_holder_has_its_part_at_the_opening_after_each_closing_that_is_ever_funded_and_at_the_exit() -> None:
    found = ownership.sheet(SUMMARY)
    assert [column.title for column in found.columns] == [
        "Holder",
        "Opening",
        "After B: first, median",
        "After B: first, 5th percentile",
        "After B: first, 95th percentile",
        "At the exit, mean",
        "At the exit, mean, standard error",
    ]
    assert found.rows == (("=me", 0.0, 0.25, 0.1, 0.9, 0.2, 0.003), ("Founders", 1.0, 0.75, 0.1, 0.9, 0.8, 0.003))


def test_the_whole_company_is_shared_out_on_each_date() -> None:
    found = ownership_by_date.sheet(SUMMARY)
    assert found.rows[2] == ("2027-02-20", 0.8, 0.2, 0.02, 0.8, 0.02)
    assert [row[2] + row[4] for row in found.rows] == [1.0, 1.0, 1.0]
    (chart,) = found.charts
    assert [line.column for line in chart.lines] == ["Owned by =me", "Owned by Founders"]
    assert chart.finding == "Founders has most by 2027-02-20: 80 % on average."


def test_where_no_series_are_kept_there_is_no_sheet() -> None:
    assert ownership.sheet({"ownership": {}}) is None
    assert ownership_by_date.sheet({}) is None
