"""What new shares cost at a closing and what they are worth, both as of today; by hand where nothing moves."""

import numpy as np
import pytest

import valsim
from tests.companies import steady
from valsim.core.timeline import years_between
from valsim.result import Result

TERMS = "{kind: preferred, liquidation_preference_multiple: 1, participation: none, anti_dilution: none, seniority: 2}"
DAY = "2027-01-01"


def played(money: str, when: str = "") -> Result:
    closing = f"{{name: first, at: {DAY}, new_money: {money}, price_per_share: 6 USD, probability: 100%{when}}}"
    return valsim.simulate(
        steady(f"rounds=[{{name: series_b, series: {TERMS}, closings: [{closing}]}}]"), paths=2, threads=1
    )


def test_the_price_is_discounted_from_the_day_of_the_closing_and_the_share_from_the_exit() -> None:
    result = played("60M USD")
    closed = result.outcomes["tranche", "series_b", "first", "time"][0]
    price, share = (result.valued["tranche", "series_b", "first", what] for what in ("price today", "share today"))
    assert price == pytest.approx([6 * 1.04**-closed] * 2, rel=1e-12)
    end = years_between(result.scenario.as_of, result.scenario.end)
    paid = result.outcomes["holder", "other series_b investors", "proceeds"][0]
    assert share == pytest.approx([paid / 10e6 * 1.04**-end] * 2, rel=1e-12)


def test_where_it_is_not_funded_there_is_neither() -> None:
    result = played("60M USD", ", when: cash > 1_000B USD")
    for what in ("price today", "share today"):
        assert np.all(np.isnan(result.valued["tranche", "series_b", "first", what]))
