"""Interest and dividends that others have published."""

import pytest

from tests.published.cases import called, cases, close, number
from valsim.captable.accrual import interest


@pytest.mark.parametrize("case", cases("accruals", "accrual"), ids=called)
def test_the_interest_is_the_published_one(case):
    compounding, periods = case["method"], case["periods_per_year"]
    terms = (number(case["principal"]), number(case["annual_rate"]), 0, case["days"], case["day_count"])
    assert close({"interest": float(interest(*terms, compounding, periods))}, case)
