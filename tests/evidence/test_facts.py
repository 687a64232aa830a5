"""Every figure says where it was read and how well it is known; what is only remembered is told apart."""

import pytest

from valsim.evidence.facts import PREFIX, STATUSES, all_facts, fact, near

FACTS = all_facts()


@pytest.mark.parametrize("each", FACTS.values(), ids=lambda each: each.id)
def test_a_figure_says_what_it_is_and_how_it_is_known(each) -> None:
    assert each.what
    assert each.values
    assert all(each.values.values())
    assert each.status in STATUSES
    assert set(each.derived_from) <= FACTS.keys()


@pytest.mark.parametrize("each", [each for each in FACTS.values() if each.is_known], ids=lambda each: each.id)
def test_a_figure_that_was_read_names_the_page(each) -> None:
    assert each.sources
    assert all(read.publisher for read in each.sources)
    assert all(read.url.startswith("http") or read.publisher.startswith("press article") for read in each.sources)


@pytest.mark.parametrize("each", [each for each in FACTS.values() if not each.is_known], ids=lambda each: each.id)
def test_a_figure_that_is_recalled_names_no_page_and_says_so(each) -> None:
    assert each.sources == ()
    assert "recalled, not verified" in each.text


@pytest.mark.parametrize(
    "name", ["vol.cochrane_sigma", "vol.ks_beta", "vol.gs_sigma", "mkt.damodaran", "kpi.price.epoch_median"]
)
def test_what_nobody_has_read_again_is_among_the_recalled(name: str) -> None:
    assert not fact(name).is_known


def test_what_is_worked_out_never_rests_on_what_is_recalled() -> None:
    derived = [each for each in FACTS.values() if each.status == "derived"]
    assert derived
    assert [each.id for each in derived for name in each.derived_from if not fact(name).is_known] == []


def test_a_figure_is_found_with_the_prefix_too() -> None:
    assert fact(f"{PREFIX}mm.gm") is fact("mm.gm")
    assert near("fact:mkt.saas.volume")[0] == "mkt.saas.vol"
