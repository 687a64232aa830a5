"""The waterfall of one contract: its page, its diagram and its tables."""

import io
import json

import numpy as np
import plotly.graph_objects as go
import pytest
from rich.console import Console

from tests.contract.tables import THREE, TWO
from valsim.contract.contract import Contract
from valsim.contract.curve import payoff_curve, payoff_grid
from valsim.contract.readings import readings
from valsim.contract.waterfall import waterfall_of
from valsim.report import labels
from valsim.report.figures.waterfall import payoff_diagram, payouts
from valsim.report.section import readings as readings_section
from valsim.report.section import waterfall as section
from valsim.report.waterfall_page import render_waterfall
from valsim.report.waterfall_terminal import print_waterfall

LISTED = TWO.replace(
    "seniority: 1}",
    "seniority: 1,\n    automatic_conversion: {offer_price_at_least: 3, below: blocks_ipo}}\n"
    "  series_b: {kind: preferred, shares: 1.5M, original_issue_price: 6, liquidation_preference_multiple: 1,\n"
    "    participation: none, seniority: 2}",
)


def paid(text: str, *millions: float, kind="acquisition"):
    return waterfall_of(Contract.read(text), np.array(millions) * 1e6, kind, None)


def test_a_slider_stands_at_the_proceeds_that_were_asked_for_and_says_what_the_waterfall_does():
    asked = paid(THREE, 20, 60)
    told = asked.as_dict()
    (slider,) = section.diagram(told, payoff_curve(Contract.read(THREE), asked)).controls
    assert (slider.data["at"], [value for *_, value in slider.form["known"]]) == (20e6, [20e6, 60e6])
    said = dict(slider.form["told"]["classes"])
    for name, each in asked.classes.items():
        if each.payout[0]:
            assert said[labels.name(name)][0] == labels.money(float(each.payout[0]), asked.currency)
    assert (
        section.diagram(
            told, waterfall_of(Contract.read(THREE), payoff_grid(asked), "acquisition", None).as_dict()
        ).controls
        == ()
    )


@pytest.fixture(scope="module")
def curve():
    return waterfall_of(Contract.read(THREE), payoff_grid(paid(THREE, 20, 60)), "acquisition", None).as_dict()


def shown(told) -> str:
    console = Console(width=80, file=io.StringIO())
    print_waterfall(told, console)
    return console.file.getvalue()


def test_the_diagram_is_one_that_plotly_knows_how_to_draw(curve):
    figure = payoff_diagram(curve, [20e6, 60e6], "USD")
    go.Figure(json.loads(json.dumps(figure, allow_nan=False)))


def test_the_layers_of_the_diagram_add_up_to_the_proceeds(curve):
    assert np.allclose(np.sum(list(payouts(curve).values()), axis=0), curve["proceeds"])


def test_every_breakpoint_is_a_line_and_a_corner_of_the_diagram(curve):
    lines = [shape["x0"] for shape in payoff_diagram(curve, [], "USD")["layout"]["shapes"]]
    assert lines == [9e6, 14e6, 39e6, 59e6, 69e6]
    assert set(lines) <= set(curve["proceeds"])
    assert max(curve["proceeds"]) == pytest.approx(1.25 * 69e6)


def test_a_jump_is_drawn_from_both_sides(curve):
    jumping = {**curve, "discontinuities": [20e6]}
    assert payoff_diagram(jumping, [], "USD")["layout"]["shapes"][-1]["line"]["dash"] == "solid"


def test_the_page_holds_every_section_and_no_markup_of_a_name(curve):
    told = {**paid(THREE, 20).as_dict(), "name": "<b>Deal</b>"}
    page = render_waterfall(told, curve, "0.0")
    assert "&lt;b&gt;Deal&lt;/b&gt;" in page
    assert all(f'id="{name}"' in page for name in ("payouts", "diagram", "next-dollar"))
    assert 'id="readings"' not in page


def test_what_a_class_decides_stands_under_what_it_is_paid():
    rows = {
        row[0].text: [cell.note for cell in row[1:]]
        for row in section.payout_table(paid(TWO, 4, 25, 35).as_dict()).rows
    }
    assert rows == {"Common": ["", "", ""], "Series A": ["", "indifferent", "converts"]}


def test_the_answer_is_a_sentence():
    assert (
        section.lead(paid(THREE, 60).as_dict())
        == "Out of a sale for $60M: common $40.8M, series A $10.2M and series B $9M."
    )
    assert section.lead(paid(THREE, 0).as_dict()) == "Out of a sale for $0: nobody is paid."


def test_readings_that_differ_are_a_table_and_the_others_a_remark():
    contract, proceeds = Contract.read(LISTED), np.array([20e6, 40e6])
    for kind, tables in (("ipo", 1), ("acquisition", 0)):
        told = waterfall_of(contract, proceeds, kind, None).as_dict()
        told["readings"] = [clause.as_dict() for clause in readings(contract, proceeds, kind, None)]
        found = readings_section.section(told)
        assert sum(part.kind == "table" for part in found.parts) == tables
        assert "Readings" in shown(told)


def test_a_contract_without_readings_says_so():
    told = {**paid(TWO, 20).as_dict(), "readings": []}
    assert "No clause of this contract has more than one reading." in shown(told)


def test_amounts_without_a_currency_have_no_sign():
    assert "35M" in shown(paid(TWO, 35).as_dict())
    assert "$" not in shown(paid(TWO, 35).as_dict())


SENIORS = TWO.replace(
    "positions:",
    """  pool: {kind: option_pool, shares: 1M, allocated: 500k, exercise_price: 0.10, vested: 50%}
  safe: {kind: safe, issued: 2025-01-10, purchase_amount: 125k, conversion_valuation_cap: 2M,
    conversion_valuation_cap_type: post_money, converts_into: shadow_series, seniority: 1}
debt: {bank: {kind: venture_debt, claim: 1M, seniority: 1}, fund: {kind: venture_debt, claim: 2M, seniority: 2}}
carve_out: {kind: gross, fraction: 10%, base: after_debt, paid_at: [acquisition]}
transaction_costs: {fraction: 2%, paid_at: [acquisition]}
positions:""",
)


def test_those_who_are_paid_are_named_alike_and_add_up_to_the_proceeds():
    told = paid(SENIORS, 20).as_dict()
    first = ["Transaction costs", "Debt", "\u00a0\u00a0Bank", "\u00a0\u00a0Fund", "Carve-out"]
    by_class, by_holder = (
        [row[0].text for row in table(told).rows] for table in (section.payout_table, section.holder_table)
    )
    assert by_class[:5] == by_holder[:5] == first
    assert by_holder[5:] == ["Ada", "Fund", "other holders"]
    held = sum(each["payout"][0] for each in told["positions"].values())
    before = sum(told[key][0] for key in ("transaction_costs", "debt", "carve_out"))
    assert held + before == pytest.approx(20e6)


def test_it_is_said_what_one_of_a_class_is_that_is_no_share_of_stock():
    words = " ".join(shown(paid(SENIORS, 20).as_dict()).split())
    assert "SAFE: for each unit of money that was paid in." in words
    assert "Pool: the gain over the exercise price, for each that is granted, vested or not." in words
    assert section.per_share_table(paid("currency: USD" + SENIORS, 20).as_dict()).note.startswith("SAFE: for each $1")
    assert section.per_share_table(paid(TWO, 20).as_dict()).note == ""
