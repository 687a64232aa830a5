"""A scenario and every answer show themselves: as a card without script in a notebook, in lines where they are printed."""

import re
from html import unescape

import pytest

import valsim
from tests.companies import STEADY, lively, steady
from tests.contract.tables import THREE
from tests.report import test_right_to_walk as right_to_walk
from tests.value.fair_value.test_terms import EVERYTHING
from valsim.analysis.right_to_walk.decide import RightToWalk
from valsim.core.shown import Shown
from valsim.report.notebook.cards import VIEWS, bundle, html
from valsim.scenario.load import parse_document, scenario_of
from valsim.simulate import simulate

HOSTILE = "</style><script>alert('x')</script> \"quoted\" 🦄 " + "long " * 40

CLASSES = {"common": {"kind": "common", "shares": "8M"}}


@pytest.fixture(scope="module")
def result():
    return simulate(lively(), paths=200)


def words_of(html):
    """The text of a card, as a reader sees it."""
    text = re.sub(r"<style>.*?</style>|<[^>]*>", " ", html, flags=re.DOTALL)
    return re.sub(r"[\s\u00a0]+", " ", unescape(text))


def test_a_scenario_shows_its_financing_with_conditions_its_positions_and_how_much_is_sourced():
    shown = bundle(lively())
    text = words_of(shown["text/html"])
    for part in (
        "Lively Inc · as of 2026-01-01 to 2030-01-01, by the quarter · USD",
        "arr >= 25M USD/year and audit",
        "2026-06-30 to 2027-03-31",
        "18 months of burn",
        "of equity_value, discount 25%",
        "pay 5M USD, series series_a, seller Fund",
    ):
        assert part in text, part
    assert re.search(r"\d+ numbers went in: 0 have a source", text)
    assert "Series B: milestone" in text
    assert "runway < 9 months" in str(lively())


def test_a_result_shows_its_answer_its_tiles_with_their_measures_and_tables(result):
    shown = bundle(result)
    text = words_of(shown["text/html"])
    assert "as of 2026-01-01 · 200 paths · seed 11" in text
    for part in (
        "Fair value of all shares",
        "Chance of loss",
        "risk-neutral",
        "real-world",
        "± is one Monte Carlo",
    ):
        assert part in text, part
    assert shown["text/plain"] == str(result)
    assert "Lively Inc's Series A price says" in str(result).replace("\n", " ")


def test_a_card_is_small_has_no_script_and_asks_for_nothing(result):
    for shown in (lively(), result):
        html = bundle(shown)["text/html"]
        assert len(html.encode()) < 60_000
        assert not re.search(r"<script|https?:|src=|url\(", html)


def test_a_card_has_a_style_for_all_that_its_first_screen_is_made_of(result):
    html = bundle(result)["text/html"]
    style, _, body = html.partition("</style>")
    for name in ("tiles", "tile", "big", "panels", "panel", "bars", "amount", "track", "bar", "off", "note", "measure"):
        assert re.search(rf'class="{name}[ "]', body), name
        assert re.search(rf"\.{name}[ ,{{]", style), name
    assert ".tile dt, .valsim-card.valsim-card .tile dd { float: none;" in style  # notebooks float the terms of a list


def test_what_is_not_printed_is_one_line(result):
    assert repr(result) == "<Result of 'Lively': as of 2026-01-01, 200 paths, seed 11>"
    assert repr(lively()) == "<Scenario 'Lively': as of 2026-01-01, 4 tranches, 22 steps>"


def test_the_whole_document_is_what_numbers_hang_on():
    assert "name='Steady'" in steady().in_full
    assert steady().in_full != steady("company.cash=11M USD").in_full


def test_names_are_text():
    text = STEADY.replace("name: Steady Inc", f"name: {HOSTILE!r}".replace("\\'", "''"))
    for shown in (named := scenario_of(parse_document(text)), simulate(named, paths=10)):
        html = bundle(shown)["text/html"]
        assert html.count("<style>") == html.count("</style>") == 1
        assert "<script" not in html


ANSWERS = {
    "Waterfall": (lambda: valsim.waterfall(THREE, [20e6, 60e6]), "Paid to each class"),
    "FairValue": (lambda: valsim.fair_value(EVERYTHING, method={"kind": "exit_mix", "exit_times": 4}), "Fair value by class"),
    "ClosedRound": (lambda: valsim.close_round({"classes": CLASSES}, {"new_money": "5M USD", "price_per_share": "2 USD"}), "Shares sold"),
    "Comparison": (lambda: valsim.compare({"as it is": steady(), "richer": steady("company.cash=20M USD")}, paths=20), "as it is beside richer"),
    "Solution": (lambda: valsim.solve(steady(), "company.cash", "present_value(Fund) = 130M USD", paths=20), "company.cash"),
    "Sweep": (lambda: valsim.sweep(steady(), {"company.cash": ["10M USD", "20M USD"]}, paths=20), "cash=20M USD"),
}  # fmt: skip


@pytest.mark.parametrize("kind", ANSWERS)
def test_every_answer_shows_itself(kind):
    ask, said = ANSWERS[kind]
    found = ask()
    shown = found._repr_mimebundle_()
    assert said.lower() in words_of(shown["text/html"]).lower()
    assert "<script" not in shown["text/html"]
    assert len(shown["text/html"]) < 60_000
    assert shown["text/plain"] == str(found)
    assert max(map(len, str(found).splitlines())) <= 120


def test_every_public_answer_has_a_card():
    public = {name for name in valsim.__all__ if isinstance(getattr(valsim, name), type)}
    assert public - {"Process", "Until"} == set(VIEWS)


def test_the_right_to_walk_shows_what_it_is_worth():
    view = VIEWS["RightToWalk"]()
    assert "right to walk" in words_of(html(view.card(right_to_walk.told()))).lower()
    assert issubclass(RightToWalk, Shown)
