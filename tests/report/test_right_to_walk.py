"""The page of the right to walk away, from numbers that were made up for it."""

import plotly.graph_objects as go
import pytest

from valsim.report.right_to_walk_page import render_right_to_walk
from valsim.report.section import right_to_walk as section


def estimate(mean, error=1e5):
    return {"mean": mean, "standard_error": error}


def compared(mean, more):
    return {"contractual": estimate(mean), "more": {name: estimate(more) for name in ("myopic", "trained", "rule")}}


def region(boundary):
    sides = {"across": ("arr", "USD/year", [1e6, 2e7, 9e7]), "up": ("cash", "USD", [-5e6, 1e6, 2e6])}
    shown = {side: {"row": row, "unit": unit, "values": values} for side, (row, unit, values) in sides.items()}
    rule = {
        "formula": "arr >= 10M USD/year",
        "join": "and",
        "conditions": [{"row": "arr", "level": 1e7, "above": True}],
    }
    return {
        "round": "b",
        "tranche": "second",
        "question": "met",
        "refusal": "walk",
        "paid": estimate(0.6),
        "rules": {"fund": rule},
        "picture": {**shown, "pays": [False, True, True], "boundary": boundary},
    }


def told(gain=4e6, **changes):
    chances = {
        name: {one: estimate(share, 0.01) for one, share in {"funded": 0.7, "walked": 0.3}.items()}
        for name in section.POLICIES
    }
    nothing = dict.fromkeys(set(section.SAID) - {"funded", "walked"}, estimate(0.0, 0.0))
    outcomes = {name: {**nothing, **each} for name, each in chances.items()}
    boundary = {"across": [1e6, 9e7], "up": [-5e6, 2e6], "advantage": [[-1.0, 2.0], [-1.0, 3.0]]}
    return {
        "valsim": "0",
        "scenario": {"name": "A deal", "company": "Lab", "as_of": "2026-01-01", "currency": "USD"},
        "run": {"paths": 1000, "seed": 1, "training_paths": 500},
        "deciders": ["Fund"],
        "right_to_walk": estimate(gain),
        "deciders_together": compared(5e7, gain),
        "everybody": compared(4e8, -1e7),
        "holders": [{"holder": "Fund", "decides": True, **compared(5e7, gain)}],
        "tranches": [{"round": "b", "tranche": "second", "decided": True, "outcomes": outcomes}],
        "rule": {"keeps": 0.97, "document": "decisions: {}"},
        "regions": [region(boundary)],
        **changes,
    }


def test_the_page_says_what_is_gained_and_what_it_costs_others():
    page = render_right_to_walk(told())
    assert "gain $4.0M" in page.replace("\u00a0", " ")
    assert "cost everybody else $14M" in page.replace("\u00a0", " ")
    assert "arr &gt;= 10M USD/year" in page


def test_a_gain_within_the_noise_is_called_none():
    assert "nothing that can be told from zero" in section.lead(told(gain=1e5))


def test_what_is_left_of_rounding_is_nothing_to_anybody_else():
    made_up = told()
    made_up["everybody"]["more"]["trained"]["mean"] = made_up["right_to_walk"]["mean"] + 4e-9
    assert "their decisions bring everybody else nothing." in section.lead(made_up)


@pytest.mark.parametrize(
    "boundary", [None, {"across": [1e6, 9e7], "up": [-5e6, 2e6], "advantage": [[-1.0, 2.0], [-1.0, 3.0]]}]
)
def test_the_region_is_one_that_plotly_knows_how_to_draw(boundary):
    (chart,) = section.when(told(regions=[region(boundary)])).charts
    assert go.Figure(chart.figure).to_plotly_json() == chart.figure
    assert len(chart.figure["data"]) == (2 if boundary is None else 3)


def test_a_decision_that_is_always_taken_alike_has_no_picture():
    alike = region(None) | {"picture": None}
    alike["rules"] = {"fund": {"formula": "1 == 1", "join": "and", "conditions": []}}
    assert section.when(told(regions=[alike])).charts == ()
    (words,) = section.rule_words(told(regions=[alike]))
    assert "pay, always" in words


def test_outcomes_are_told_in_a_line_the_likeliest_first():
    lines = dict(section.outcome_words(told()))
    assert next(iter(lines.values())) == "70 % funded as agreed and 30 % walked away"
