"""Where a reader looks for how paths end, the promises that were missed before stand too."""

from tests.report.sample_parts import spread
from tests.report.sample_summary import sample_summary
from tests.report.test_redemptions import shown
from valsim.report.section.adjustments import adjustment_table, adjustment_words

MISSED = {
    "class": "series_b", "at": "2027-12-31", "when": "arr < 50M USD/year", "by": "conversion_price",
    "probability_struck": 0.2214, "standard_error": 0.0013, "factor": spread(0.7, 0.01, 0.5, 0.6, 0.72, 0.8, 0.95),
    "founder_shares": spread(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
}  # fmt: skip
SHARES = {**MISSED, "by": "founder_shares", "founder_shares": spread(2.5e6, 1e4, 0.0, 1e6, 2e6, 3e6, 6e6)}
NEVER = {
    **SHARES,
    "probability_struck": 0.0,
    "standard_error": 0.0,
    "factor": {"mean": None},
    "founder_shares": {"mean": None},
}


def test_a_row_says_how_often_it_is_missed_by_which_factor_and_what_founders_give() -> None:
    rows = [[cell.text for cell in cells] for cells in adjustment_table([MISSED, SHARES, NEVER]).rows]
    assert rows[0] == ["Series B", "2027-12-31", "arr < 50M USD/year", "22.1 %", "0.72x", "–"]
    assert rows[1][-1] == "2.5M"
    assert rows[2][3:] == ["0 %", "–", "–"]


def test_a_sentence_names_the_promises_that_are_missed() -> None:
    assert adjustment_words([MISSED, NEVER]) == "Series B: missed on 22 % of paths, factor 0.72x in the median."
    assert adjustment_words([NEVER]) == "missed on no path."


def test_page_and_terminal_show_it_where_there_is_a_promise_and_nothing_elsewhere() -> None:
    for found, there in (([MISSED], True), ([], False)):
        terminal, text = shown(sample_summary() | {"valuation_adjustments": found})
        assert ("Adjust Series B: missed on 22 %" in terminal) is there
        assert ("Valuation adjustments" in text) is there
