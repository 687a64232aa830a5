"""The pages of the other commands in a browser: as wide as the window, silent, drawn in full and readable by all."""

import numpy as np
import pytest

import valsim
from tests.contract.tables import THREE
from tests.report import test_comparison as comparison
from tests.report import test_right_to_walk as right_to_walk
from tests.report import test_sweep as sweep
from tests.value.fair_value.test_terms import EVERYTHING
from valsim.contract.contract import Contract
from valsim.contract.curve import payoff_curve
from valsim.contract.waterfall import waterfall_of
from valsim.report.comparison_page import render_comparison
from valsim.report.fair_value_page import render_fair_value
from valsim.report.right_to_walk_page import render_right_to_walk
from valsim.report.sweep_page import render_sweep
from valsim.report.waterfall_page import render_waterfall

pytestmark = pytest.mark.browser


def fair_value_page():
    return render_fair_value(valsim.fair_value(EVERYTHING, method={"kind": "exit_mix", "exit_times": 4}).as_dict(), "0")


def waterfall_page():
    contract = Contract.read(THREE)
    paid = waterfall_of(contract, np.array([20e6, 60e6]), "acquisition", None)
    return render_waterfall(paid.as_dict(), payoff_curve(contract, paid), "0")


PAGES = {
    "fair value": fair_value_page,
    "waterfall": waterfall_page,
    "comparison": lambda: render_comparison(comparison.everything()),
    "right to walk": lambda: render_right_to_walk(right_to_walk.told()),
    "sweep": lambda: render_sweep(sweep.two_inputs()),
}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1440, "light")])
def test_the_page_fits_is_drawn_and_has_no_accessibility_violation(shown, violations, page, width, scheme):
    opened = shown(PAGES[page](), width, scheme)
    assert violations(opened) == []
    assert opened.evaluate("[...document.querySelectorAll('[data-chart]')].every(e => !!e.querySelector('.main-svg'))")
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.said == []


def test_a_click_on_the_head_of_a_column_sorts_a_table_and_a_third_one_puts_it_back(shown) -> None:
    page = shown(render_sweep(sweep.one_input()))
    cases = page.locator("#cases table")
    orders = []
    for _ in range(3):
        cases.locator("thead button").last.click()
        orders.append([text.strip() for text in cases.locator("tbody th").all_inner_texts()])
    assert orders == [["2", "3", "1"], ["1", "3", "2"], ["1", "2", "3"]]
