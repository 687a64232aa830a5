"""Every column that a path comes to has a unit, and what is no money says so."""

from pathlib import Path

import numpy as np
import pytest

from tests.companies import lively
from valsim import load, simulate
from valsim.outcome.units import column_units
from valsim.result import Anchor

HERE = Path(__file__).parents[1] / "scenario"
NUMBER, BOOL = np.dtype(np.float64), np.dtype(np.bool_)


@pytest.mark.parametrize(
    ("key", "unit"),
    [
        (("exit",), ""),
        (("exit time",), "year"),
        (("paid at", "2", "1"), "year"),
        (("proceeds",), "USD"),
        (("holder", "me", "proceeds"), "USD"),
        (("holder", "me", "payment 2"), "USD"),
        (("holder", "me", "break even", "3"), "USD"),
        (("holder", "me", "irr"), "1/year"),
        (("holder", "me", "ownership at exit"), "1"),
        (("holder", "me", "cause of loss"), ""),
        (("holder", "time", "proceeds"), "USD"),
        (("holder", "me", "carry"), "USD"),
        (("asking", "me", "carry"), "1"),
        (("asking", "me", "factor", "2"), "1"),
        (("asking", "me", "received", "2"), "USD"),
        (("asking", "me", "shares"), "share"),
        (("asking", "me", "price"), "USD/share"),
        (("class", "series_a", "present value"), "USD"),
        (("class", "series_a", "present value per share"), "USD/share"),
        (("tranche", "a", "closing", "post_money_valuation"), "USD"),
        (("tranche", "a", "closing", "price_per_share"), "USD/share"),
        (("tranche", "a", "closing", "time_since_last_round"), "year"),
        (("tranche", "a", "closing", "code"), ""),
        (("event", "a", "closing", "by right", "Fund"), "USD"),
        (("event", "a", "closing", "converted", "safe"), "1"),
        (("use", "sales", "factor", "users.growth"), "1"),
        (("use", "sales", "spent"), "USD"),
        (("left owed", "time"), "USD"),
        (("risk", "audit", "strikes"), "1"),
        (("decision", "a", "closing", "met", "choice"), ""),
        (("decision", "a", "closing", "met", "runway"), "year"),
    ],
)
def test_a_column_counts_what_its_words_say(key: tuple[str, ...], unit: str) -> None:
    assert column_units({key: NUMBER}, lively()) == {key: unit}


def test_what_is_true_or_false_has_no_unit() -> None:
    assert column_units({("use", "sales", "cut"): BOOL}, lively()) == {("use", "sales", "cut"): ""}


@pytest.mark.parametrize("name", ["every-contract.yaml", "every-driver.yaml"])
def test_what_is_no_money_is_never_as_large_as_money(name: str) -> None:
    scenario = load(HERE / name)
    result = simulate(scenario, paths=200, threads=1, anchor=Anchor(1.0, 0.0))
    for table in (result.outcomes, result.valued):
        kinds = {key: row.dtype for key, row in table.items()}
        for key, unit in column_units(kinds, scenario).items():
            if unit in {"", "1", "year"}:  # a rate of some days may be any number
                row = table[key].astype(float)
                assert np.max(np.abs(row[np.isfinite(row)]), initial=0.0) < 1e5, key
