"""The shocks of a step: each driver has its own, and one that takes several gets them as rows."""

from collections.abc import Iterator
from typing import Literal, Self

import numpy as np
import pytest

from tests.companies import lively
from valsim import simulate
from valsim.core.parameter import Level
from valsim.core.rows import Row, Rows
from valsim.drivers.process import Process


@pytest.fixture(autouse=True)
def two_coins() -> Iterator[None]:
    """A process that adds up its two shocks, registered for one test."""

    class TwoCoins(Process):
        shocks = 2
        kind: Literal["two_coins"]
        start: Level

        def advance(self, dt: float, shock: Row, rows: Rows) -> Self:
            del rows
            return self.but(start=self.start + np.sqrt(dt) * (shock[0] + 10 * shock[1]))

    yield
    del Process.kinds["two_coins"]


def played(**changes: object) -> np.ndarray:
    scenario = lively("drivers.coins={kind: two_coins, start: 0}", *[f"{k}={v}" for k, v in changes.items()])
    return np.asarray(simulate(scenario, paths=4096).history.series["coins"][-1])


def test_a_process_gets_as_many_independent_shocks_as_it_takes() -> None:
    end = played()  # four years: variance 4 (1 + 100)
    assert end.std() == pytest.approx(np.sqrt(404), rel=4 / np.sqrt(2 * end.size))
    assert abs(end.mean()) < 4 * end.std() / np.sqrt(end.size)


def test_only_the_first_shock_moves_with_those_of_others() -> None:
    alone, together = played(), played(**{"correlations.shocks": "[[unit_cost, coins, 0.9]]"})
    # Nine tenths of the first shock, a hundredth of the variance, now comes from elsewhere.
    assert 0.97 < np.corrcoef(alone, together)[0, 1] < 0.9999
