"""The rows of an instant on some paths are those of all paths, cut, to the last bit."""

import numpy as np
import pytest

from tests.companies import steady
from valsim.core.parameter import at_medians
from valsim.core.policy import CONTRACTUAL
from valsim.core.streams import Streams
from valsim.simulate import drive, opening
from valsim.state import State, World
from valsim.value.measure import real_world, side_by_side

PATHS = 64
ROWS = np.array([3, 7, 40, 63, 100])
SPENDING = "use_of_proceeds={sales: {share: 100%, spent_over: 1 year}}"
CREDITS = "compute_credits={pay_for: revenue * 5%, opening: {Cloud: {amount: 2M USD, expires: 2027-12-31}}}"


@pytest.fixture(scope="module")
def state() -> State:
    users = "drivers.users={kind: geometric_brownian, start: 100, growth: 50%, volatility: 40%}"
    document = steady(users, SPENDING, CREDITS)
    scenario, streams = at_medians(document), Streams(7, 0, 1, PATHS, 2)
    world = World(scenario, streams, side_by_side(scenario.measure, (real_world, real_world), PATHS), CONTRACTUAL)
    return drive(world, opening(world, 1.0), document.steps[0]).settled()


@pytest.mark.parametrize(
    "name", ["users", "users.growth", "cash", "runway", "equity_value", "spending", "compute_credits", "users.start"]
)
def test_a_row_on_some_paths_has_the_bits_of_all(state: State, name: str) -> None:
    everywhere = np.broadcast_to(state.rows[name], state.cash.shape)
    assert np.array_equal(np.broadcast_to(state.rows.on(ROWS)[name], ROWS.shape), everywhere[ROWS], equal_nan=True)


def test_some_of_some_paths_are_cut_once_more(state: State) -> None:
    few = state.rows.on(ROWS).on(np.array([0, 4]))
    assert np.array_equal(few["users"], np.asarray(state.rows["users"])[[3, 100]])
    assert np.shape(few["compute_credits"]) == (2,)


def test_draws_for_some_rows_are_those_of_all() -> None:
    streams = Streams(7, 0, 1, PATHS, 2)
    few = streams.on(ROWS)
    assert np.array_equal(few.once("deal"), streams.once("deal")[ROWS])
    assert np.array_equal(few.on(np.array([1, 2])).once("deal"), streams.once("deal")[ROWS[1:3]])
    assert few.rows == 5
