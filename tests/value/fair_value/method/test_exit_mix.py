from itertools import pairwise

import numpy as np
import pytest
from scipy.integrate import quad

from tests.value.fair_value.test_diagram import GROWING, VETO, exits
from valsim.core.parameter import at_medians
from valsim.value.fair_value.exit_law import DatedExit
from valsim.value.fair_value.exit_times import exit_times
from valsim.value.fair_value.ipo_probability import PUBLISHED, lines_between
from valsim.value.fair_value.method import Method

VALUES = np.array([2e6, 2e7, 3e8, 5e9])


def method(**terms):
    return at_medians(Method.choose({"kind": "exit_mix", **terms}))


def test_the_parameters_are_those_of_the_published_model():
    found = method()
    assert [float(found.volatility), float(found.risk_free), float(found.exit_rate)] == [0.9, 0.025, 0.25]
    knots = [(float(knot.exit_value), float(knot.probability)) for knot in found.ipo_probability]
    assert knots == [(32e6, 0.0), (1e9, 0.65), (1e11, 0.85)]


def test_the_chance_of_a_listing_is_the_published_one_between_its_knots():
    edges = np.log([1.0, 32e6, 1e9, 1e11, 1e30])
    first, slope = lines_between(PUBLISHED, edges)
    middle = (edges[:-1] + edges[1:]) / 2
    wanted = np.interp(middle, np.log([32e6, 1e9, 1e11]), [0.0, 0.65, 0.85])
    np.testing.assert_allclose(first + slope * middle, wanted, atol=1e-12)


def test_everybody_together_is_worth_the_company():
    for text in (VETO, GROWING):
        worth = method().present_values(exits(text), VALUES)
        np.testing.assert_allclose(sum(worth.values()), VALUES, rtol=1e-5 if text is GROWING else 1e-12)


def test_a_class_is_worth_the_integral_of_what_it_is_paid():
    found, model = exits(VETO), method(volatility=0.6, exit_rate="0.5 per year")
    sale, listing = found.diagram("acquisition"), found.diagram("ipo")
    variance, mean = 0.36, 0.025 - 0.18
    root = np.sqrt(mean**2 + 2 * variance * 0.525)

    def paid(y, name, value):
        at = value * np.exp(y)
        chance = np.interp(np.log(at), np.log([32e6, 1e9, 1e11]), [0.0, 0.65, 0.85])
        density = 0.5 / root * np.exp((mean * y - abs(y) * root) / variance)
        return density * ((1 - chance) * sale.paid(at)[name] + chance * listing.paid(at)[name])

    worth = model.present_values(found, VALUES)
    for i, value in enumerate(VALUES):
        places = np.log(np.concatenate([[value, 32e6, 1e9, 1e11], sale.starts[1:], listing.starts[1:]]) / value)
        for name in ("common", "series_a", "bank"):
            grid = np.unique(np.concatenate([[-40.0, 80.0], places]))
            wanted = sum(
                quad(paid, *piece, args=(name, np.asarray(value)), epsrel=1e-11)[0] for piece in pairwise(grid)
            )
            assert worth[name][i] == pytest.approx(wanted, rel=1e-7)


def test_at_exit_times_everything_comes_to_the_closed_form_where_nothing_grows():
    found, model = exits(VETO), method()
    exact = model.present_values(found, VALUES)
    years, weights = exit_times(0.25, 16)
    dated = [model.integrated(DatedExit(0.9, 0.025, float(at)), found, np.log(VALUES)) for at in years]
    for name, row in exact.items():
        summed = sum(weight * values[name] for weight, values in zip(weights, dated, strict=True))
        np.testing.assert_allclose(summed, row, rtol=1e-5, atol=1.0)


def test_a_dividend_is_worth_more_than_none_and_less_than_all_of_it_at_once():
    def preferred(text):
        return method().present_values(exits(text), np.array([2e7]))["series_a"][0]

    none = GROWING.replace("rate: 8%", "rate: 0%")
    after_twenty_years = GROWING.replace("as_of: 2026-01-01", "as_of: 2046-01-01")
    assert preferred(none) < preferred(GROWING) < preferred(after_twenty_years)


def test_more_exit_times_change_nothing_that_a_reader_sees():
    few, many = (method(exit_times=count).present_values(exits(GROWING), VALUES)["series_a"] for count in (16, 128))
    np.testing.assert_allclose(few, many, rtol=2e-5)


def test_it_says_where_it_runs_over_the_time_of_the_exit():
    assert method().about(exits(VETO)) == ()
    assert "16 exit times" in method().about(exits(GROWING))[0]
