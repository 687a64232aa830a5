"""A stock is filled by what comes in and drained by what goes out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.drivers.process.playing import STEPS, process
from tests.drivers.process.test_process import problems
from valsim.drivers.process import Process

BACKLOG = {"kind": "stock", "start": "600M USD", "inflow": "orders", "outflow": "backlog / 15 months"}


def played(stock: Process, lengths: list[float], orders: float) -> float:
    """Play steps in which the rows hold the stock itself, as in a run."""
    for dt in lengths:
        stock = stock.advance(dt, np.zeros(()), {"orders": np.asarray(orders), "backlog": stock.level({})})
    return float(stock.level({}))


@pytest.mark.parametrize("lengths", STEPS.values(), ids=STEPS)
def test_a_stock_that_drains_in_proportion_is_exact_whatever_the_steps(lengths: list[float]) -> None:
    # It tends to orders x 1.25 years = 500M, and exp(-1 / 1.25) of the distance is left after a year.
    assert played(process(BACKLOG), lengths, 400e6) == pytest.approx(500e6 + 100e6 * np.exp(-0.8), rel=1e-12)


def test_a_stock_that_nothing_leaves_adds_up_what_comes_in() -> None:
    assert played(process({**BACKLOG, "outflow": "0 * orders"}), [0.5, 0.25], 400e6) == 600e6 + 0.75 * 400e6


@given(st.floats(0, 1e12), st.floats(1e-4, 5.0))
def test_a_stock_never_falls_below_zero_however_much_is_taken(taken: float, dt: float) -> None:
    stock = process({**BACKLOG, "outflow": "taken"}).advance(
        dt, np.zeros(()), {"orders": np.asarray(0.0), "taken": np.asarray(taken)}
    )
    assert 0 <= float(stock.level({})) <= 600e6


def test_an_empty_stock_fills_again() -> None:
    emptied = process({**BACKLOG, "outflow": "taken"})
    for taken in (1e15, 1e15):
        rows = {"orders": np.asarray(0.0), "taken": np.asarray(taken)}
        emptied = emptied.advance(1.0, np.zeros(()), rows)
    assert float(emptied.level({})) == 0.0
    rows = {"orders": np.asarray(400e6), "taken": np.asarray(1e15)}
    assert float(emptied.advance(0.25, np.zeros(()), rows).level({})) == 100e6


def test_it_takes_no_shocks_and_reads_the_drivers_of_its_flows() -> None:
    assert process(BACKLOG).shocks == 0
    assert process(BACKLOG).reads == {"orders", "backlog"}


def test_its_flows_are_asked_for_in_its_unit_per_year() -> None:
    assert problems(BACKLOG) == [(("inflow",), "orders in USD/year"), (("outflow",), "backlog / 15 months in USD/year")]
