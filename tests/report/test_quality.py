"""The checks of the health of a run, and the anchor that went too far told where nobody overlooks it."""

from io import StringIO

import pytest
from rich.console import Console

from tests.report.sample_summary import sample_summary
from valsim.report.page import render
from valsim.report.section import headline, quality
from valsim.report.terminal import print_summary


def scaled(factor: float, **anchor: object) -> dict:
    summary = sample_summary()
    summary["health"] |= {"anchor_scale": factor, "anchor_standard_error": 0.02}
    summary["health"]["anchor"] |= {"opening_multiple": 10.0, **anchor}
    return summary


def verdicts(summary: dict) -> dict[str, tuple[str, str]]:
    table = quality.section(summary).parts[0]
    return {row[0].text: (row[1].text, row[3].text) for row in table.rows}


def test_a_factor_far_from_one_is_told_in_the_answer() -> None:
    said = quality.far_scaled(scaled(9.41))
    assert said.startswith(
        "To meet the Series C price of $2.45, the median opening multiple of 10 was raised 9.41 times, to 94.1; "
    )
    assert said.endswith("opening headline equity is $4.21B at the median against a headline of $4.30B.")
    assert headline.answer(scaled(9.41))[2] == said
    assert "was lowered to 4.00, 0.4 of it" in quality.far_scaled(scaled(0.3999))


@pytest.mark.parametrize("factor", [0.5, 0.83, 1.0, 2.0])
def test_a_factor_within_its_limits_is_no_news(factor: float) -> None:
    assert quality.far_scaled(scaled(factor)) == ""
    assert verdicts(scaled(factor))[quality.SCALE.label][1] == "within the limit"


def test_a_case_at_the_scale_of_the_file_says_whose_price_it_meets() -> None:
    said = quality.far_scaled(scaled(9.41, by="base"))
    assert "price of $2.45 in the case base, whose scale this case keeps, the median opening multiple" in said


def test_a_factor_far_from_one_is_a_check_that_fails() -> None:
    assert verdicts(scaled(9.41))[quality.SCALE.label] == ("9.41", "outside the limit")
    assert quality.lead(scaled(9.41)) == (
        "Read the numbers with care. Outside the limits: factor on the opening multiple that meets the last price (9.41, limit "
        "0.5 to 2: the price and the drivers contradict each other, so change the drivers or the level that the multiple comes to)."
    )
    assert quality.lead(sample_summary()) == "The sample is healthy: all 4 checks are within their limits."


def test_without_an_anchor_nothing_is_said_of_a_factor() -> None:
    summary = sample_summary()
    summary["health"] |= {"anchor": None, "anchor_scale": 1.0, "anchor_standard_error": 0.0}
    assert quality.SCALE.label not in verdicts(summary)
    assert quality.lead(summary).startswith("The sample is healthy: all 3 checks")
    assert quality.far_scaled(summary) == ""


def test_page_and_terminal_both_tell_it() -> None:
    shown = StringIO()
    print_summary(scaled(9.41), Console(file=shown, width=80))
    told = " ".join(shown.getvalue().split())
    assert "the median opening multiple of 10 was raised 9.41 times" in told
    assert "factor on the opening multiple that meets the last price 9.41" in told
    assert "was raised 9.41 times" in render(scaled(9.41))
