"""Paths told as stories: what they stand for, in one sentence, by date, and in a browser one at a time."""

import re

import pytest

import valsim
from tests.companies import lively
from tests.report.sample_summary import sample_summary
from valsim.analysis.summary import summary
from valsim.report.page import render
from valsim.report.section import paths
from valsim.report.section.story.end import ending
from valsim.report.section.story.in_one_sentence import in_one_sentence, quarter
from valsim.report.section.story.titles import headings, why
from valsim.report.section.story.words import SENTENCES, Speaker, condition, row, sentence

SUMMARY = sample_summary()
POOR, GOOD = SUMMARY["stories"]["stories"]
SAYS = Speaker("USD", lambda name: "your position" if name == "me" else name)
TRANCHE = {"round": "series_b", "tranche": "milestone closing"}
CLOSING = {
    **TRANCHE,
    "kind": "closing",
    "new_money": 5e8,
    "price_per_share": 6.1,
    "post_money_valuation": 5.5e9,
    "change_of_price": 0.12,
    "unraised": 0.0,
    "how": "in_time",
}


def test_a_story_is_told_in_one_sentence():
    assert in_one_sentence(POOR, SUMMARY) == (
        "2026-Q3 benchmark audit false; 2027-Q1 milestone closing not funded; 2028-Q2 bridge 1 raises $120M, down 40 % and "
        "anti-dilution gives Series B 1.80x shares; 2030-Q4 acquired for $2.1B; your position gets 0.36x."
    )


def test_a_story_says_what_it_stands_for_and_for_how_many():
    assert headings(POOR, SUMMARY) == ["P10: 0.36x", "Loss: a lower multiple than it paid"]
    assert [why(each, SUMMARY) for each in POOR["stands_for"]] == [
        "Your position gets 0.36x: 9.8 % of the paths on which it is bought bring less and 90 % more. Typical of those near this percentile.",
        "Typical of the 21.4 % ± 0.1 of all paths on which your position loses money by a lower multiple than it paid.",
    ]


def test_a_story_says_what_everybody_got_in_the_end():
    assert ending(POOR, SUMMARY) == (
        "All shareholders together get $2.1B, for a company with $310M of yearly revenue and −$12M of net cash. Paid first: "
        "carve-out $21M. Your position paid $50M and gets $18M, 0.36x, −19 % a year. It bought 0.8 % of the company and has 0.5 % at the "
        "end. The loss comes from a lower multiple than it paid."
    )


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ({"kind": "signal", "name": "audit", "observed": True, "effects": [{"row": "arr.growth", "times": 1.15}]}, "Audit comes out true (ARR growth ×1.15)."),
        ({"kind": "came_out", "name": "audit", "true": False}, "Audit was observed true, and is really false."),
        ({"kind": "risk", "name": "outage", "effects": [{"row": "latency", "plus": -200.0, "unit": "ms"}]}, "Outage strikes (latency −200 ms)."),
        (CLOSING, "Series B: milestone closing raises $500M at $5.5B post-money, $6.10 a share, an up round of 12 %."),
        (
            {**CLOSING, "change_of_price": -0.4, "how": "repriced", "unraised": 2e7},
            ("Series B: milestone closing raises $500M at $5.5B post-money, $6.10 a share, a down round of 40 %; its condition was missed, "
             "and the price cut; $20M of what it asked for is not paid."),
        ),
        ({**CLOSING, "change_of_price": 0.0}, "Series B: milestone closing raises $500M at $5.5B post-money, $6.10 a share, the last price."),
        ({**TRANCHE, "kind": "not_funded", "why": "missed audit"}, "Series B: milestone closing is not funded: missed audit."),
        ({**TRANCHE, "kind": "default", "holder": "New Fund"}, "New Fund does not pay all that it committed to Series B: milestone closing."),
        ({"kind": "converted", "name": "safe"}, "SAFE becomes shares."),
        ({"kind": "pay_to_play", "holder": "Ada"}, "Ada does not pay its part of the round, and loses preferred shares (pay-to-play)."),
        ({"kind": "consequence", "holder": "Ada"}, "Ada bears the consequence of its default."),
        ({"kind": "anti_dilution", "classes": {"series_b": 1.8}}, "Anti-dilution: Series B counts as 1.80x as many common shares as before."),
        (
            {"kind": "anti_dilution", "classes": {"series_b": 1.8, "series_a": 1.25}},
            "Anti-dilution: 2 classes count as 1.25x (Series A) to 1.80x (Series B) as many common shares as before.",
        ),
        ({"kind": "pool", "part": 0.12}, "The unissued option pool grows to 12 % of all shares."),
        ({"kind": "split", "ratio": "10 for 1"}, "Shares are split 10 for 1."),
        (
            {"kind": "adjustment", "series": "series_a", "factor": 0.8},
            "Series A: the company missed a number that it promised, and the valuation paid is cut to 80 %.",
        ),
        ({"kind": "paid", "holder": "me", "money": -5.1e6}, "Your position pays $5.1M."),
        ({"kind": "not_bought", "holder": "me", "why": "the transfer is refused"}, "Your position is not bought: the transfer is refused."),
        ({"kind": "low_on_cash", "years": 0.34, "cash": 44e6}, "Cash is down to $44M, which lasts 4 months."),
        ({"kind": "redemption", "series": "series_a", "money": 0.0}, "Series A demands its money back, and the company cannot pay."),
        ({"kind": "note_repaid", "series": "note", "money": 1e6}, "Note matures, and is repaid $1M."),
        ({"kind": "loan_repaid", "name": "bank", "part": 0.5}, "Bank matures, and 50 % of it is repaid."),
        (
            {**TRANCHE, "kind": "decision", "question": "missed", "choice": "waive", "by": "requisite_holders"},
            "Series B: milestone closing: the condition was missed. Its investors decide to waive it.",
        ),
        ({"kind": "exit", "exit": "ipo", "proceeds": 1.56e10, "raised": 2.1e9}, "IPO: $15.6B for all shareholders; the company itself raises $2.1B."),
        ({"kind": "earned", "money": 1e8}, "The earn-out brings shareholders $100M more."),
    ],
    ids=lambda value: value["kind"] if isinstance(value, dict) else "",
)  # fmt: skip
def test_each_event_is_told(event, said):
    assert sentence(event, SAYS) == said


def test_no_kind_of_event_is_without_words():
    told = valsim.stories(valsim.simulate(lively(), paths=400, threads=1, kept=0))
    kinds = {event["kind"] for story in told["stories"] for event in story["events"]}
    assert len(kinds) > 8
    assert kinds <= SENTENCES.keys()


def test_fields_and_conditions_are_words():
    assert row("enterprise_arr.growth") == "enterprise ARR growth"
    assert condition("missed cost_per_inference <= 80% of cost_per_inference.start; audit") == (
        "missed cost per inference ≤ 80% of cost per inference at the start and audit"
    )
    assert [quarter(day) for day in ("2026-03-31", "2026-04-01", "2026-12-31")] == ["2026-Q1", "2026-Q2", "2026-Q4"]


def test_what_strikes_again_is_told_once():
    form = paths.story_form(POOR, SUMMARY)
    assert sum("Export control strikes" in each for _, found in form["timeline"] for each in found) == 1
    assert form["again"] == f"Struck again: export control once, last on {POOR['events'][4]['at']}."


def test_without_a_script_every_story_stands_on_the_page():
    page = render(SUMMARY)
    assert page.count("<article") == 2
    assert re.search(r"<fieldset class=\"choice\" hidden><legend>Story", page)


def test_a_summary_without_stories_has_no_section():
    assert paths.section({**SUMMARY, "stories": {"stories": []}}) is None
    assert paths.section({key: SUMMARY[key] for key in SUMMARY.keys() - {"stories"}}) is None


def test_names_are_text():
    hostile = {**POOR["events"][1], "name": "<script>alert(1)</script>"}
    story = {**POOR, "events": [hostile]}
    page = render({**SUMMARY, "stories": {**SUMMARY["stories"], "stories": [story]}})
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; comes out false" in page


def test_a_company_without_positions_or_series_has_stories_too():
    quiet = lively("positions={}", "simulation.paths=100")
    told = summary(valsim.simulate(quiet, threads=1, kept=0))
    section = paths.section(told)
    assert "what all shareholders get" in section.lead
    assert section.parts[0].form["titles"][0].startswith("P10: $")


@pytest.mark.browser
def test_a_story_is_chosen_by_keyboard_and_the_chart_follows(shown):
    page = shown(render(SUMMARY))
    drawn = "document.querySelector('[data-chart=path]').data.slice(-3).map(each => each.x.length)"
    shows = "[...document.querySelectorAll('#paths article')].map(each => each.checkVisibility())"
    assert page.evaluate(shows) == [True, False]
    assert page.evaluate(drawn) == [20, 20, 7]
    page.focus("#paths input")
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"() => {shows}[1]")
    assert page.evaluate(shows) == [False, True]
    assert page.evaluate(drawn) == [8, 8, 4]
    assert "IPO" in page.evaluate("document.querySelector('[data-chart=path]').data.at(-1).hovertext.at(-1)")
    page.emulate_media(media="print")
    assert page.evaluate(shows) == [True, True]
