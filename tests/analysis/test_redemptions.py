"""How often shares are sold back, and what is paid for them."""

import numpy as np
import pytest

from tests.analysis.made import made
from tests.companies import steady
from valsim.analysis.redemptions import redemptions
from valsim.analysis.summary import summary
from valsim.result import Result

RIGHT = (
    "captable.classes.series_a.redemption={at: 2027-01-01, return_per_year: 10%, compounding: simple, payer: company}"
)


def sold_back(demanded: list[bool], paid: list[float], in_full: list[bool]) -> Result:
    rows = {"demanded": demanded, "paid": paid, "paid in full": in_full}
    return made({("redemption", "series_a", what): row for what, row in rows.items()}, scenario=steady(RIGHT))


def test_a_right_is_told_by_how_often_it_is_demanded_and_met_and_by_what_is_paid_then() -> None:
    (found,) = redemptions(sold_back([True, True, False, False], [30.0, 10.0, 0.0, 0.0], [True, False, False, False]))
    assert (found["class"], found["opens"]) == ("series_a", "2027-01-01")
    assert (found["probability_demanded"], found["standard_error"]) == (0.5, 0.25)
    assert found["probability_paid_in_full"] == 0.25
    assert (found["paid"]["mean"], found["paid"]["quantiles"]["0.5"]) == (20.0, 20.0)


def test_where_nobody_demands_nothing_is_paid() -> None:
    (found,) = redemptions(sold_back([False] * 2, [0.0] * 2, [False] * 2))
    assert found["probability_demanded"] == found["probability_paid_in_full"] == 0.0
    assert found["paid"]["mean"] is None


def test_without_a_right_there_is_nothing_to_tell() -> None:
    assert redemptions(made({("exit",): np.zeros(2)})) == []


def test_the_summary_tells_of_it() -> None:
    import valsim

    low = steady(RIGHT, "valuation.multiple={kind: constant, value: 1}")
    (found,) = summary(valsim.simulate(low, paths=2, threads=1))["redemptions"]
    assert (found["probability_demanded"], found["probability_paid_in_full"]) == (1.0, 0.0)
    assert found["paid"]["mean"] == pytest.approx(10e6, rel=1e-12)
