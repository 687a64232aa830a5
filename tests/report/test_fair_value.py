"""The fair value of one cap table: its page, its charts and its tables."""

import io
import json

import plotly.graph_objects as go
import pytest
from rich.console import Console

import valsim
from tests.value.fair_value.test_terms import EVERYTHING
from valsim.report.fair_value_page import render_fair_value
from valsim.report.fair_value_terminal import print_fair_value
from valsim.report.figures.fair_value import bridge, class_values
from valsim.report.section import attribution, fair_value


@pytest.fixture(scope="module")
def told():
    return valsim.fair_value(EVERYTHING, method={"kind": "exit_mix", "exit_times": 4}).as_dict()


def drawn(figure) -> go.Figure:
    return go.Figure(json.loads(json.dumps(figure, allow_nan=False)))


def test_both_charts_are_ones_that_plotly_knows_how_to_draw(told):
    names = [each["term"] for each in told["attribution"]]
    assert len(drawn(class_values(told["classes"], "USD")).data) == 3
    assert len(drawn(bridge(told, names)).data[0].x) == len(names) + 2


def test_the_bridge_goes_from_the_fair_value_to_the_headline_without_a_gap(told):
    (bars,) = bridge(told, [each["term"] for each in told["attribution"]])["data"]
    steps = list(zip(bars["base"], bars["x"], strict=True))[1:-1]
    assert steps[0][0] == told["fair_value"]
    assert [base + add for base, add in steps[:-1]] == pytest.approx([base for base, _ in steps[1:]])
    assert sum(steps[-1]) == pytest.approx(told["post_money_valuation"])


def test_each_class_stands_at_what_it_is_worth_and_at_the_last_price(told):
    _, headline, worth = class_values(told["classes"], "USD")["data"]
    assert headline["x"] == pytest.approx([6.0] * 4)
    assert worth["x"][-1] == pytest.approx(6.0)
    assert worth["customdata"][-1] == "$6.00"


def test_a_class_that_nobody_holds_is_in_the_table_and_not_in_the_chart():
    table = EVERYTHING.replace("allocated: 400k, exercise_price: 0.2, vested: 50%", "allocated: 0")
    told = valsim.fair_value(table, method={"kind": "exit_mix", "exit_times": 4}).as_dict()
    assert len(class_values(told["classes"], "USD")["data"][1]["x"]) == 3
    assert fair_value.class_table(told).rows[1][2].text == "–"


def test_the_parts_of_the_gap_and_their_sum_stand_in_the_table(told):
    table = attribution.table(told)
    assert table.rows[0][0].text == "Unissued pool"
    assert table.rows[-1][2].text.startswith("+$")
    assert len(table.rows) == len(told["attribution"]) + 1


def test_the_page_holds_every_section_and_no_markup_of_a_name(told):
    page = render_fair_value({**told, "name": "<b>Deal</b>", "warnings": ["mind the <gap>"]}, "0.0")
    assert "&lt;b&gt;Deal&lt;/b&gt;" in page
    assert "mind the &lt;gap&gt;" in page
    assert all(f'id="{name}"' in page for name in ("fair-value", "gap", "valued"))


def test_the_terminal_fits_80_columns_and_tells_every_root(told):
    console = Console(width=80, file=io.StringIO())
    print_fair_value({**told, "roots": [20e6, 40e6], "name": "[bold]Deal"}, console)
    lines = console.file.getvalue().splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[0] == "[bold]Deal"
    assert "fair at $20M and $40M" in " ".join(" ".join(lines).split())


def test_every_term_of_the_attribution_has_words(told):
    from valsim.value.fair_value.terms import TERMS

    assert {term.name for term in TERMS} | {"unissued_pool", "remainder"} == attribution.TERMS.keys()
    assert all(each["term"] in attribution.TERMS for each in told["attribution"])
