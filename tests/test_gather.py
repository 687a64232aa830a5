"""Those who play a run: whoever they are, and in whatever parts, its numbers are the same to the bit."""

from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import pytest

import valsim
from tests.companies import lively
from tests.training.staged import reacting
from valsim.core.pieces import Pieces
from valsim.core.policy import CONTRACTUAL
from valsim.core.streams import BATCH
from valsim.gather import gathered
from valsim.result import ColumnsByKey, Result
from valsim.scenario.model import Scenario
from valsim.simulate import prepared


def plain(columns: ColumnsByKey) -> dict[tuple[str, ...], bytes]:
    return {key: row.tobytes() for key, row in columns.items()}


def test_paths_that_are_played_in_parts_are_those_that_are_played_at_once() -> None:
    at_once, in_parts = (prepared(lively("valuation.anchor=none"), paths=3 * BATCH + 5, threads=n) for n in (2, 1))
    told = list[int]()
    whole, parts = Pieces(1 << 30), Pieces(1 << 30)
    with gathered(at_once, told.append) as team:
        at_once.played(team, 1.0, CONTRACTUAL, 0, at_once.paths, whole)
    with gathered(in_parts, told.append) as team:
        for part in ((0, 2 * BATCH), (2 * BATCH, BATCH + 5)):
            in_parts.played(team, 1.0, CONTRACTUAL, *part, parts)
    assert sum(told) == 2 * at_once.paths
    assert [plain(table) for table in parts.tables()] == [plain(table) for table in whole.tables()]
    history = [run.jobs["both"].history for run in (at_once, in_parts)]
    assert {name: row.tobytes() for name, row in history[0].series.items()} == {
        name: row.tobytes() for name, row in history[1].series.items()
    }


ANCHORED = lively("valuation.anchor=last_round", "valuation.multiple.mean=5")
DECIDED = reacting("decisions.training_paths=2000")


def bits(result: Result) -> list[object]:
    columns = [plain(each) for each in (result.outcomes, result.valued, result.paid_in, result.cash)]
    history = {name: row.tobytes() for name, row in result.history.series.items()}
    return [*columns, history, result.history.alive.tobytes(), result.manifest.anchor, result.manifest.policy]


@pytest.fixture(scope="module")
def spawned():
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        yield pool


@pytest.fixture(params=["threads", "spawned processes"])
def executor(request: pytest.FixtureRequest, spawned: Executor):
    with ThreadPoolExecutor(2) as threads:
        yield {"threads": threads, "spawned processes": spawned}[request.param]


@pytest.fixture(autouse=True)
def quickly_anchored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("valsim.run.ANCHOR_PATHS", 2 * BATCH)


@pytest.mark.parametrize("scenario", [ANCHORED, DECIDED], ids=["anchored", "decided by a trained policy"])
def test_an_executor_gives_the_same_bits_as_this_machine(scenario: Scenario, executor: Executor) -> None:
    told = list[tuple[int, int]]()
    here = valsim.simulate(scenario, paths=2 * BATCH + 5)
    there = valsim.simulate(
        scenario, paths=here.manifest.paths, executor=executor, progress=lambda *far: told.append(far)
    )
    assert bits(there) == bits(here)
    assert (here.manifest.executor, there.manifest.executor) == (None, type(executor).__name__)
    assert there.manifest.threads == 2
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]
