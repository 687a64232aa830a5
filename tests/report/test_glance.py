"""The panels of the first screen."""

import pytest

from tests.report.sample_summary import sample_summary
from valsim.report import page
from valsim.report.section import glance, headline


@pytest.fixture
def summary():
    told = sample_summary()
    for holder in told["holders"]:
        holder["loss_causes"] = {
            "wind_down": {
                "probability": {"mean": 0.2, "standard_error": 0.01},
                "lost": {"mean": 0.9, "standard_error": 0.1},
            },
            "multiple": {
                "probability": {"mean": 0.3, "standard_error": 0.01},
                "lost": {"mean": 0.5, "standard_error": 0.1},
            },
        }
    return told


def by_label(panel):
    return {bar.label: bar for bar in panel.bars}


def test_the_longer_of_headline_and_fair_value_fills_its_track(summary):
    bars = by_label(glance.value(summary))
    found = summary["fair_value"]
    assert bars["Headline"].length == 1.0
    assert bars["Fair value of all shares"].length == pytest.approx(found["fair_value"] / found["post_money_valuation"])
    assert bars["Fair value of all shares"].off == pytest.approx(
        found["standard_error"] / found["post_money_valuation"]
    )


def test_a_bar_of_the_funnel_is_as_long_as_the_chance_and_says_what_it_is_once_the_one_before_is_funded(summary):
    summary["tranches"][1] |= {
        "probability_funded": 0.3,
        "not_funded_because": {glance.BEFORE: 0.25, "missed benchmark_audit": 0.4, "the deal failed": 0.05},
    }
    second = glance.funnel(summary).bars[1]
    assert second.length == 0.3
    assert second.note == "40 % once the one before is; stopped most often: missed benchmark_audit (40 %)"


def test_a_tranche_that_is_always_funded_is_stopped_by_nothing(summary):
    assert glance.funded({"probability_funded": 1.0, "not_funded_because": {"missed": 0.0}}, "first").note == ""


def test_the_causes_of_a_loss_stand_in_the_order_of_their_chance(summary):
    bars = glance.losses(summary).bars
    assert [(bar.label, bar.length) for bar in bars] == [("A lower multiple than it paid", 0.3), ("Wind-down", 0.2)]


@pytest.mark.parametrize("key", ["tranches", "holders", "fair_value"])
def test_a_panel_without_numbers_is_left_out(summary, key):
    before = len(glance.panels(summary)[0].panels)
    del summary[key]
    assert len(glance.panels(summary)[0].panels) == before - 1


def test_without_any_there_is_no_row_of_panels(summary):
    assert glance.panels({key: summary[key] for key in ("scenario", "run")}) == []


def test_the_panels_need_no_script(summary):
    text = page.render(summary)
    assert text.index('class="panels"') < text.index("<script")


def test_the_page_says_beside_the_panels_only_what_they_do_not(summary):
    short, whole = headline.short_answer(summary), headline.answer(summary)
    assert short[0] == whole[0]
    assert [sentence for sentence in whole if sentence not in short] == whole[1:3]
    assert any("loses money" in sentence for sentence in short)
