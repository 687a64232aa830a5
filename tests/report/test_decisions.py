"""What investors decided, on the page and on a terminal."""

from typing import Any

from tests.report.sample_summary import sample_summary
from tests.report.test_redemptions import shown
from valsim.report.section.decisions import SAID, decided, decision_tables, outcome_tables
from valsim.report.section.tranches import section


def chance(mean: float) -> dict[str, float]:
    return {"mean": mean, "standard_error": 0.002}


TRANCHE = {"round": "follow-on", "tranche": "milestone closing"}
TAKEN = TRANCHE | {
    "question": "met", "asked": chance(0.42), "chosen_if_asked": {"fund": chance(0.7), "walk": chance(0.3)},
}  # fmt: skip
DECISIONS = {"policy": "myopic", "decided_by": "requisite_holders", "taken": [TAKEN]}
FUNDED = TRANCHE | {"outcomes": dict.fromkeys(SAID, chance(0.0)) | {"funded": chance(0.6), "lapsed": chance(0.4)}}


def summary(**changes: Any) -> dict[str, Any]:
    return sample_summary() | changes


def test_the_page_says_who_decides_and_what_they_chose() -> None:
    (table,) = decision_tables(summary(decisions=DECISIONS))
    assert [row[3].text for row in table.rows] == ["pay", "walk away"]
    assert [(row[4].text, row[2].text) for row in table.rows] == [("70.0 %", "42.0 %"), ("30.0 %", "42.0 %")]
    assert table.note.startswith("All investors of a closing decide as one. By the price alone")
    parts = section(summary(decisions=DECISIONS)).parts
    assert "What investors decided" in [getattr(part, "caption", "") for part in parts]


def test_one_holder_is_named_as_the_one_who_decides() -> None:
    (table,) = decision_tables({"decisions": DECISIONS | {"decided_by": "lead fund", "policy": "rule"}})
    assert table.note == "Lead fund decides alone. By the formulas of the document."


def test_what_became_of_tranches_is_told_where_it_is_more_than_funded_or_not() -> None:
    assert outcome_tables([FUNDED]) == []
    walked = FUNDED | {"outcomes": FUNDED["outcomes"] | {"funded": chance(0.5), "walked": chance(0.1)}}
    (table,) = outcome_tables([walked])
    assert [column.title for column in table.columns] == ["Tranche", "Funded", "Lapsed", "Walked away"]
    assert [cell.text for cell in table.rows[0]] == ["follow-on: milestone closing", "50.0 %", "40.0 %", "10.0 %"]


def test_a_terminal_says_it_in_a_line() -> None:
    said = "where its condition is met (42 % of paths), they pay (70 %) or walk away (30 %)"
    assert decided(TAKEN) == said
    terminal, page = shown(summary(decisions=DECISIONS))
    assert said in terminal
    assert "What investors decided" in page
    terminal, page = shown(summary(decisions=None))
    assert "they pay" not in terminal
    assert "What investors decided" not in page
