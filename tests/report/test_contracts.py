"""What contract terms did, on the page and on a terminal; a term that a document does not have does not show."""

from typing import Any

import pytest

from tests.report.sample_parts import spread
from tests.report.sample_summary import sample_summary
from tests.report.test_redemptions import shown
from valsim.report.section import contracts
from valsim.report.section.convertibles import convertible_table
from valsim.report.section.investor_rights import penalty_words
from valsim.report.section.senior_claims import senior_table
from valsim.report.section.tranches import spared_words


def chance(mean: float, error: float = 0.002) -> dict[str, float]:
    return {"mean": mean, "standard_error": error}


def end(mean: float, error: float = 0.002) -> dict[str, float]:
    return {"probability": mean, "standard_error": error}


CLOSING = {"round": "series_a", "tranche": "first closing"}
PAID = spread(2e6, 1e4, 0.0, 1e6, 1.5e6, 3e6, 6e6)
OWED = {
    "probability_repaid_before_exit": chance(0.52), "probability_left_owed": chance(0.007), "left_owed": chance(3.9e6, 3e4),
}  # fmt: skip
TERMS: dict[str, Any] = {
    "senior_claims": [
        {"name": "loan", "paid_at_exit": chance(1.7e6, 3e4), "probability_paid_at_exit": chance(0.47), "debt": OWED},
        {"name": "carve_out", "paid_at_exit": chance(5.7e6, 3e5), "probability_paid_at_exit": chance(0.35), "debt": None},
    ],
    "convertibles": [
        {
            "name": "safe", "kind": "safe", "converted": [CLOSING | end(0.8)], "repaid": end(0.0, 0.0),
            "shares_at_exit": end(0.15) | {"paid": PAID}, "money_at_exit": end(0.05) | {"paid": PAID}, "nothing_at_exit": end(0.0, 0.0),
        }
    ],
    "pro_rata": [CLOSING | {"holder": "Seed Fund", "taken_if_funded": chance(0.6), "money": PAID}],
    "penalties": [CLOSING | {"holder": who, "because": "pay_to_play"} | end(p) for who, p in (("Angels", 0.05), ("Seed Fund", 0.08))],
    "vetoes": {"classes": ["series_b"], "planned": chance(0.28), "blocked_if_planned": chance(0.05)},
    "ipo_ratchets": [{"class": "series_a", "struck_if_listed": chance(0.07), "added": PAID}],
}  # fmt: skip
SHOWN = {
    "senior_claims": ("Paid before shareholders", "loan $1.7M (repaid before on 52 % of paths"),
    "convertibles": ("How SAFEs and notes end", "SAFE: converted in a closing 80 %"),
    "pro_rata": ("Pro-rata rights", "most often Seed Fund (60 %"),
    "penalties": ("Whose shares are struck", "Struck Shares are struck of Seed Fund"),
    "vetoes": ("Listings that a class stops", "of planned listings are stopped by series B"),
    "ipo_ratchets": ("IPO ratchets", "Ratchets add shares to series A at 7.0 %"),
}


@pytest.mark.parametrize("term", TERMS)
def test_a_term_stands_on_page_and_terminal_and_only_where_there_is_one(term: str) -> None:
    caption, words = SHOWN[term]
    terminal, text = shown(sample_summary() | {term: TERMS[term]})
    assert words in terminal
    assert caption in text
    terminal, text = shown(sample_summary())
    assert words not in terminal
    assert caption not in text


def test_without_any_term_there_is_no_section() -> None:
    assert contracts.section(sample_summary()) is None


def test_only_a_lender_is_repaid_before_or_left_owed() -> None:
    loan, carve_out = ([cell.text for cell in row] for row in senior_table(sample_summary() | TERMS).rows)
    assert loan == ["Loan", "47.0 %", "$1.70M", "52.0 %", "0.7 %", "$3.90M"]
    assert carve_out == ["Carve-out", "35.0 %", "$5.7M", "–", "–", "–"]


def test_a_convertible_has_a_row_for_each_end_that_came_about() -> None:
    rows = [[cell.text for cell in row] for row in convertible_table(sample_summary() | TERMS).rows]
    assert rows == [
        ["SAFE", "converted in Series A: first closing", "80.0 %", ""],
        ["SAFE", "took shares at the exit", "15.0 %", "$1.5M"],
        ["SAFE", "paid back in money at the exit", "5.0 %", "$1.5M"],
    ]


def test_a_sentence_names_those_who_are_struck_most_and_counts_the_others() -> None:
    many = {
        "penalties": [CLOSING | {"holder": f"Fund {i}", "because": "consequence"} | end(i / 100) for i in range(1, 6)]
    }
    said = penalty_words(many)
    assert said.startswith("Shares are struck of Fund 5 in Series A: first closing on 5.0 % of paths, Fund 4")
    assert said.endswith("and 2 more less often.")


def test_late_and_repriced_are_parts_of_the_funded() -> None:
    funded = {"probability_funded": 0.5, "probability_late": 0.05, "probability_repriced": 0.01}
    assert spared_words(funded) == "late: 10 %, repriced: 2.0 %"
    assert spared_words({"probability_funded": 0.5, "probability_late": 0.0, "probability_repriced": 0.0}) == ""
