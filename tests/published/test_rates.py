"""Rates of return of dated flows that others have published, most of them under the wrong name of a day count."""

from datetime import date

import numpy as np
import pytest

from tests.published.cases import called, cases, close
from valsim.value.irr import xirr

ALL = cases("rates", "xirr")


def rate(case, day_count):
    days, amounts = zip(*case["cashflows"], strict=True)
    return float(xirr([date.fromisoformat(day) for day in days], [np.asarray(amount) for amount in amounts], day_count))


@pytest.mark.parametrize("case", ALL, ids=called)
def test_the_rate_is_the_published_one_on_its_day_count(case):
    assert close({"irr": rate(case, case["day_count"])}, case)


@pytest.mark.parametrize("case", [case for case in ALL if "irr_actual_365" in case], ids=called)
def test_the_rate_of_a_spreadsheet_is_another_one(case):
    spreadsheet = rate(case, "actual/365")
    assert spreadsheet == pytest.approx(case["irr_actual_365"], abs=1e-9)
    assert abs(spreadsheet - case["expected"]["irr"]) > 1e-6


@pytest.mark.parametrize("case", cases("rates", "xirr", "known_wrong"), ids=called)
def test_a_published_rate_that_is_wrong_is_not_repeated(case):
    assert abs(rate(case, case["day_count"]) - case["published_wrong"]["irr"]) > 1e-5
