"""Values by date, among the companies that are still private."""

import numpy as np
import pytest

import valsim
from tests.analysis.made import made
from tests.companies import lively, steady
from valsim.analysis.values import values

HORIZON = steady("horizon=1 year", "step=year")
ARR = [[1.0, 2.0, 3.0, 4.0], [10.0, 20.0, 30.0, 40.0]]


def test_a_path_counts_until_it_ends() -> None:
    result = made(scenario=HORIZON, series={"revenue": ARR}, alive=[[True] * 4, [True, False, True, False]])
    revenue = values(result)["revenue"]
    assert revenue["mean"] == [2.5, 20.0]
    assert revenue["standard_error"] == pytest.approx([np.std([1, 2, 3, 4], ddof=1) / 2, 10.0], rel=1e-12)
    assert revenue["quantiles"]["0.5"] == [2.5, 20.0]
    assert revenue["alive"] == [1.0, 0.5]
    assert revenue["dates"] == ["2026-01-01", "2027-01-01"]
    assert (revenue["unit"], revenue["kept_paths"]) == ("USD/year", 4)


def test_one_company_has_a_value_and_no_standard_error_and_none_has_neither() -> None:
    result = made(scenario=HORIZON, series={"revenue": ARR}, alive=[[False, True, False, False], [False] * 4])
    revenue = values(result)["revenue"]
    assert (revenue["mean"], revenue["standard_error"]) == ([2.0, None], [None, None])
    assert revenue["quantiles"] == {level: [2.0, None] for level in revenue["quantiles"]}


def test_every_driver_and_value_has_a_row() -> None:
    result = valsim.simulate(lively(), paths=200, threads=1)
    found = values(result)
    assert {"arr", "served", "multiple", "cash", "enterprise_value", "equity_value"} <= found.keys()
    assert found["unit_cost"]["unit"] == "USD"
    for rows in found.values():
        assert len(rows["mean"]) == len(rows["dates"]) == len(result.scenario.steps)
