"""A Dask cluster plays the paths: real workers, one of which is killed at work, and the same bits."""

import importlib.util
import json
import os
import signal
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

import valsim
from tests.cli.test_extending import DRIVER, SEASONAL
from tests.companies import STEADY, lively
from tests.test_gather import bits
from valsim.cli import app
from valsim.core.errors import SimulationError
from valsim.core.streams import BATCH
from valsim.execution import dask
from valsim.execution.dask import expect_valsim
from valsim.execution.executor import Answer, at_once
from valsim.execution.team import team

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
SCENARIO = lively("valuation.anchor=none")
PATHS = 4 * BATCH + 5


@pytest.fixture(scope="module")
def client():
    """A scheduler, and two worker processes, each with a nanny that starts another one in its place."""
    from distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0", host="127.0.0.1") as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        yield client


def test_a_worker_that_is_killed_at_work_loses_nothing_and_nothing_is_counted_twice(client) -> None:
    processes, killed, told = client.run(os.getpid), list[tuple[str, ...]](), list[int]()

    def kill_one_at_work(done: int, expected: int) -> None:
        told.append(done)
        at_work = {where: keys for where, keys in client.processing().items() if keys and where in processes}
        if not killed and at_work:
            where, keys = next(iter(at_work.items()))
            os.kill(processes[where], signal.SIGKILL)
            killed.append(tuple(keys))

    executor = client.get_executor(pure=False)
    assert at_once(executor, 7) == 2
    there = valsim.simulate(SCENARIO, paths=PATHS, executor=executor, chunk=BATCH, progress=kill_one_at_work)
    assert killed
    assert len(told) == 5  # each chunk once
    assert told[-1] == PATHS
    assert bits(there) == bits(valsim.simulate(SCENARIO, paths=PATHS))
    assert there.manifest.executor == "ClientExecutor"


def test_a_command_plays_a_kind_of_ones_own_on_workers_that_do_not_have_its_file(
    client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kinds_as_before: None
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("deal.yaml").write_text(
        STEADY.replace("revenue: {kind: constant, value: 100M USD/year, unit: USD/year}", DRIVER)
    )
    Path("season.py").write_text(SEASONAL)
    asked = ["run", "deal.yaml", "--with", "season.py", "--paths", str(BATCH + 1), "--json", "-"]
    here, there = (CliRunner().invoke(app, [*asked, *more]) for more in ((), ("--cluster", client.scheduler.address)))
    assert (there.exit_code, there.stderr) == (0, here.stderr)
    told = [json.loads(each.stdout) for each in (here, there)]
    assert [each["run"].pop("executor", None) for each in told] == [None, "ClientExecutor"]
    for each in told:
        each["run"].pop("seconds")
    assert told[1] == told[0]


def test_a_cluster_without_valsim_is_told_before_anything_is_sent() -> None:
    spec = importlib.util.find_spec("valsim")
    client = SimpleNamespace(
        run=lambda *_, **__: {"tcp://a:1": spec, "tcp://b:2": None}, run_on_scheduler=lambda *_: spec
    )
    with pytest.raises(
        SimulationError, match=r"not installed on 1 of 3 machines of the cluster \(tcp://b:2\): install"
    ):
        expect_valsim(client)


def test_a_cluster_that_has_valsim_everywhere_is_fine(client) -> None:
    expect_valsim(client)


class Waits(Executor):
    """A cluster that does nothing."""

    def __init__(self, **answers: Callable) -> None:
        self._client = SimpleNamespace(run=lambda *_, **__: {}, run_on_scheduler=lambda *_: "valsim", **answers)

    def submit(self, _: Callable, /, *__, **___) -> Future:
        self.future = Future()
        return self.future


def test_a_cluster_that_all_workers_have_left_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody_comes(_: int, timeout: float) -> None:
        raise TimeoutError

    monkeypatch.setattr(dask, "PATIENCE", 0.01)
    told = pytest.raises(SimulationError, match=r"all workers of the cluster have left it, and none came within 0.01 s")
    with team(1, abs, lambda _: None, Waits(wait_for_workers=nobody_comes)) as work, told:
        list(work([-1]))


def test_as_long_as_somebody_works_it_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[int]()

    def somebody_works(_: int, timeout: float) -> None:
        asked.append(1)
        if len(asked) == 3:
            cluster.future.set_result(Answer(7, None))

    monkeypatch.setattr(dask, "PATIENCE", 0.01)
    cluster = Waits(wait_for_workers=somebody_works)
    with team(1, abs, lambda _: None, cluster) as work:
        assert list(work([-7])) == [7]
    assert len(asked) == 3
