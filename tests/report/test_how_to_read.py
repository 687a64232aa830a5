"""The page says how it is read."""

from tests.report.labelled import unlabelled
from tests.report.sample_summary import sample_summary
from valsim.report.section import how_to_read
from valsim.report.section.parts import REAL_WORLD, RISK_NEUTRAL


def test_both_measures_and_the_error_are_explained():
    found = how_to_read.section(sample_summary())
    told = [row[0].text for row in found.parts[0].inside.rows]
    assert {RISK_NEUTRAL, REAL_WORLD, "± behind a number"} <= set(told)
    assert RISK_NEUTRAL in found.lead
    assert f"{sample_summary()['run']['paths']:,} paths" in found.lead


def test_it_shows_no_number_that_needs_a_measure():
    assert not [each for each in unlabelled(sample_summary()) if each.startswith("how-to-read")]
