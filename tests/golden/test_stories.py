"""A story of a shipped scenario, as the report tells it."""

from tests.golden.shipped import found
from valsim.report.section.story.in_one_sentence import in_one_sentence
from valsim.report.section.story.titles import headings


def test_the_good_case_of_the_flagship_is_told_in_one_sentence() -> None:
    told = found("moonshot-2026-10b")
    story = told["stories"]["stories"][2]
    assert headings(story, told)[0] == "P90: 2.8x"
    assert in_one_sentence(story, told) == (
        "2026-Q1 anchor closing raises $700M, up 12 %; 2026-Q3 benchmark audit true and enterprise procurement true; 2026-Q4 cloud "
        "partnership true and milestone closing raises $500M, up 82 %; 2027-Q4 IPO at $15.6B; your position “me” gets 2.8x."
    )
