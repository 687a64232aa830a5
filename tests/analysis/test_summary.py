"""The summary is plain data: JSON without NaN, whatever the run."""

import json

import numpy as np
import pytest

import valsim
from tests.companies import lively, steady
from valsim.analysis.summary import summary
from valsim.scenario.model import Scenario


@pytest.mark.parametrize("paths", [1, 2, 500])
@pytest.mark.parametrize("scenario", [steady(), lively(), lively("positions={}", "rounds=[]", "exits={}")])
def test_a_summary_is_json_without_a_nan(scenario: Scenario, paths: int) -> None:
    found = summary(valsim.simulate(scenario, paths=paths, threads=1))
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_one_path_has_no_standard_error_anywhere() -> None:
    found = summary(valsim.simulate(lively(), paths=1, threads=1))
    assert set(_under(found, "standard_error")) == {None}
    assert set(found["exit_standard_errors"].values()) == {None}
    assert found["values"]["arr"]["mean"][0] is not None


def _under(data: object, key: str) -> list[object]:
    """Every value of a key, however deep; of a list its items."""
    if isinstance(data, list):
        return [found for item in data for found in _under(item, key)]
    if not isinstance(data, dict):
        return []
    mine = data.get(key, [])
    return [*(mine if isinstance(mine, list) else [mine]), *(f for item in data.values() for f in _under(item, key))]


def test_a_summary_says_what_was_run_and_under_which_measure() -> None:
    found = summary(valsim.simulate(lively(), paths=10, seed=5, threads=1))
    assert {name: found["run"][name] for name in ("paths", "seed", "sampler", "threads")} == {
        "paths": 10, "seed": 5, "sampler": "pseudo", "threads": 1,
    }  # fmt: skip
    assert found["scenario"]["name"] == "Lively"
    assert found["scenario"]["as_of"] == "2026-01-01"
    assert {name: found["measure"][name] for name in ("risk_free", "equity_premium", "beta")} == {
        "risk_free": 0.04, "equity_premium": 0.05, "beta": 1.5,
    }  # fmt: skip


def test_the_same_document_has_the_same_hash_and_another_one_another() -> None:
    first, same, other = (
        summary(valsim.simulate(scenario, paths=1, threads=1))["scenario"]["input_hash"]
        for scenario in (steady(), steady(), steady("company.cash=11M USD"))
    )
    assert first == same != other


def test_without_time_series_outcomes_are_the_same_and_a_summary_leaves_out_what_needs_them() -> None:
    whole, bare = (valsim.simulate(lively(), paths=40, threads=1, kept=kept) for kept in (40, 0))
    close = [key for key in whole.outcomes if "break even" in key]
    assert all(np.isnan(bare.outcomes[key]).all() for key in close)
    assert all(np.array_equal(bare.valued[key], row, equal_nan=True) for key, row in whole.valued.items())
    others = (key for key in whole.outcomes if key not in close)
    assert all(np.array_equal(bare.outcomes[key], whole.outcomes[key], equal_nan=True) for key in others)
    told = summary(bare)
    assert (told["values"], told["base_rates"], told["health"]["p99_revenue_over_market_size"]) == ({}, None, None)
    assert {each["break_even"]["1"]["at_exit"] for each in told["holders"] if each["break_even"]} == {None}
