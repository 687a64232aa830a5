"""Page and terminal say what the money went into, where the document splits it."""

from tests.report.sample_parts import spread
from tests.report.sample_summary import sample_summary
from tests.report.test_redemptions import shown
from valsim.report.section.use_of_proceeds import section, use_table, use_words

RESEARCH = {
    "name": "research",
    "raised": spread(3.1e8, 4e6, 0.0, 6e7, 2.2e8, 5e8, 1.1e9),
    "spent": spread(2.9e8, 4e6, 0.0, 6e7, 2.2e8, 5e8, 1.1e9),
    "stays_in_cash": False,
    "probability_cut": {"mean": 0.021, "standard_error": 0.0013},
    "factors": {
        "arr.growth": spread(1.2, 0.01, 1.0, 1.1, 1.21, 1.3, 1.4),
        "unit_cost": spread(0.9, 0.01, 0.7, 0.8, 0.88, 0.95, 1.0),
    },
}
RUNWAY = {
    **RESEARCH,
    "name": "runway",
    "stays_in_cash": True,
    "probability_cut": {"mean": 0.0, "standard_error": 0.0},
    "factors": {},
}
TOLD = sample_summary() | {"use_of_proceeds": [RESEARCH, RUNWAY]}


def test_a_row_for_each_row_that_is_moved_and_one_for_what_stays() -> None:
    first, second, kept = [[cell.text for cell in cells] for cells in use_table(TOLD).rows]
    assert first == ["Research", "$310M", "$290M", "2.1 %", "ARR growth", "1.21x"]
    assert second[4:] == ["unit cost", "0.88x"]
    assert kept == ["Runway", "$310M", "stays in cash", "0 %", "–", "–"]


def test_a_sentence_says_what_was_spent_and_what_that_moved() -> None:
    assert use_words(TOLD) == (
        "Research: $290M spent, ARR growth 1.21x and unit cost 0.88x; Runway: $310M kept in cash (means; factors are medians)."
    )


def test_page_and_terminal_show_it_where_there_are_uses_and_nothing_elsewhere() -> None:
    for summary, there in ((TOLD, True), (sample_summary() | {"use_of_proceeds": []}, False)):
        terminal, text = shown(summary)
        assert ("Use Research: $290M spent" in terminal) is there
        assert ("What the money raised was used for" in text) is there
    assert section(sample_summary()) is None
