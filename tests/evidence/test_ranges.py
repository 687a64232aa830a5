"""Every range is in order, rests on figures that were read, and says so."""

import pytest

from valsim.evidence.ranges import GRADES, all_evidence, evidence_beside, evidence_for

RANGES = all_evidence()


@pytest.mark.parametrize("each", RANGES, ids=lambda each: each.id)
def test_the_three_figures_are_in_order_and_in_one_unit(each) -> None:
    low, middle, high = each.figures
    assert low < middle < high
    assert len({figure.endswith("%") for figure in (each.low, each.middle, each.high)}) == 1
    assert each.grade in GRADES


@pytest.mark.parametrize("each", RANGES, ids=lambda each: each.id)
def test_a_range_rests_on_figures_and_none_of_them_is_recalled(each) -> None:
    assert each.facts
    assert [fact.id for fact in each.known_by if not fact.is_known] == []


def test_ranges_are_told_apart_by_their_names() -> None:
    assert len({each.id for each in RANGES}) == len(RANGES)


def test_a_range_is_found_by_what_it_informs_and_by_what_it_is_beside() -> None:
    assert [each.id for each in evidence_for("ipo.discount")] == ["first_day_return"]
    assert {each.of for each in evidence_beside("dilution")} == {"ai_lab", "venture"}


def test_the_ends_of_a_company_are_beside_both_counts_of_them() -> None:
    (listed,) = evidence_beside("listed")
    assert {fact.id for fact in listed.known_by} == {"exit.ks_outcomes", "exit.carta2018"}
    assert (listed.low, listed.middle) == ("0.3%", "10%")
