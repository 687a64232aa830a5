"""Where a reader looks for how paths end, the shares that were sold back before stand too."""

import io
import re

from rich.console import Console

from tests.report.sample_parts import spread
from tests.report.sample_summary import sample_summary
from valsim.report import page
from valsim.report.section.exits import redemption_table, redemption_words
from valsim.report.terminal import print_summary

DEMANDED = {
    "class": "series_b", "opens": "2029-06-30", "probability_demanded": 0.2214, "standard_error": 0.0013,
    "probability_paid_in_full": 0.04, "paid": spread(3.1e8, 4e6, 0.0, 6e7, 2.2e8, 5e8, 1.1e9),
}  # fmt: skip
NEVER = {
    **DEMANDED,
    "class": "series_c",
    "probability_demanded": 0.0,
    "standard_error": 0.0,
    "probability_paid_in_full": 0.0,
    "paid": {"mean": None},
}


def test_a_row_says_how_often_it_is_demanded_how_often_met_and_what_is_paid() -> None:
    (cells,) = redemption_table([DEMANDED], "USD").rows
    assert [cell.text for cell in cells] == ["Series B", "2029-06-30", "22.1 %", "4.0 %", "$310M", "$220M"]
    assert cells[-1].note == "$0 to $1.1B"


def test_a_right_that_nobody_uses_has_a_row_and_no_amounts() -> None:
    (cells,) = redemption_table([NEVER], "USD").rows
    assert [cell.text for cell in cells[2:]] == ["0 %", "0 %", "–", "–"]


def test_a_sentence_names_the_rights_that_are_used() -> None:
    assert redemption_words([DEMANDED, NEVER]) == "Series B: demanded on 22 % of paths and paid in full on 4.0 %."
    assert redemption_words([NEVER]) == "demanded on no path."


def shown(summary: dict) -> tuple[str, str]:
    file = io.StringIO()
    print_summary(summary, Console(file=file, width=80))
    text = re.sub(r"<script.*?</script>", "", page.render(summary), flags=re.DOTALL)
    return " ".join(file.getvalue().split()), text


def test_page_and_terminal_show_it_where_there_is_a_right_and_nothing_elsewhere() -> None:
    for summary, there in (
        (sample_summary() | {"redemptions": [DEMANDED]}, True),
        (sample_summary() | {"redemptions": []}, False),
    ):
        terminal, text = shown(summary)
        assert ("Redeem Series B: demanded on 22 %" in terminal) is there
        assert ("Shares sold back to the company" in text) is there
