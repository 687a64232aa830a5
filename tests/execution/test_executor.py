"""An executor does the items: threads, processes, or whatever else can; what is lost is done again."""

import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from types import SimpleNamespace

import pytest

from valsim.core.errors import SimulationError
from valsim.execution import parcel
from valsim.execution.executor import at_once, name_of
from valsim.execution.team import team

ITEMS = list(range(12))


def spawned(workers: int = 2) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=get_context("forkserver"))


@pytest.fixture(scope="module")
def processes():
    with spawned() as pool:
        yield pool


@pytest.fixture(params=["threads", "processes"])
def executor(request: pytest.FixtureRequest, processes: Executor):
    with ThreadPoolExecutor(3) as threads:
        yield {"threads": threads, "processes": processes}[request.param]


def late(slowest: float, item: int) -> tuple[int, int]:
    """The later items are done first."""
    time.sleep(slowest / (1 + item))
    return item, os.getpid()


def test_results_come_in_the_order_of_the_items(executor: Executor) -> None:
    told = list[int]()
    with team(2, partial(late, 0.02), told.append, executor) as work:
        for _ in range(2):
            assert [item for item, _ in work(ITEMS)] == ITEMS
    assert sorted(told) == sorted(2 * ITEMS)


def test_an_executor_that_was_given_is_left_open(processes: Executor) -> None:
    for _ in range(2):
        with team(2, partial(late, 0.0), lambda _: None, processes) as work:
            assert os.getpid() not in {process for _, process in work(ITEMS)}


class OddError(SimulationError):
    """An error that does not come out of a pickle as it went in."""

    def __init__(self, item: int, why: str) -> None:
        super().__init__(f"item {item} is {why}")


def placed(item: int) -> int:
    if item == 5:
        raise SimulationError("a tranche without an investor", ("rounds", 0, "closings"))
    return item


def odd(item: int) -> int:
    raise OddError(item, "odd")


def test_an_error_arrives_with_its_place_in_the_document(executor: Executor) -> None:
    with (
        team(2, placed, lambda _: None, executor) as work,
        pytest.raises(SimulationError, match="without an inv") as told,
    ):
        list(work(ITEMS))
    assert told.value.path == ("rounds", 0, "closings")


def test_an_error_that_cannot_be_sent_is_told_in_words_and_breaks_no_pool(processes: Executor) -> None:
    for _ in range(2):
        with (
            team(2, odd, lambda _: None, processes) as work,
            pytest.raises(RuntimeError, match="OddError: item 0 is odd"),
        ):
            list(work([0]))


def test_what_cannot_be_sent_says_what_to_do() -> None:
    told = pytest.raises(SimulationError, match=r"cannot be sent to workers .* --with")
    with ThreadPoolExecutor(1) as pool, told, team(1, lambda item: item, lambda _: None, pool):
        pass


def killed_once(folder: Path, item: int) -> int:
    """Item 7 ends its process while others are under way, the first time that it is done; each notes that it was done."""
    mark = folder / "killed"
    if item == 7 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.005)
    with (folder / f"{item}.done").open("a") as note:
        note.write("x")
    return item


def killed(item: int) -> int:
    if item == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return item


def test_what_a_killed_worker_had_is_done_again_and_nothing_else_is_lost_or_comes_twice(tmp_path: Path) -> None:
    told, made = list[int](), list[Executor]()

    def make() -> Executor:
        made.append(spawned())
        return made[-1]

    with team(2, partial(killed_once, tmp_path), told.append, make) as work:
        assert list(work(ITEMS)) == ITEMS
    assert sorted(told) == ITEMS
    assert len(made) == 2
    again = [item for item in ITEMS if (tmp_path / f"{item}.done").read_text() != "x"]
    assert len(again) <= 3  # what was handed over beside item 7 when it was killed, and no more


def test_a_worker_that_is_always_killed_is_given_up() -> None:
    told = pytest.raises(SimulationError, match=r"lost its workers .* 4 times in a row; perhaps their memory")
    with team(2, killed, lambda _: None, partial(spawned, 1)) as work, told:
        list(work([3]))


def test_without_a_factory_a_broken_pool_is_told_with_what_to_do() -> None:
    told = pytest.raises(SimulationError, match=r"lost its workers .*give a function that makes one")
    with spawned(1) as pool, team(1, killed, lambda _: None, pool) as work, told:
        list(work([3]))


class Slow(Executor):
    """Begins nothing before it is told, so that what is cancelled can be seen."""

    def __init__(self) -> None:
        self.futures = list[Future]()

    def submit(self, _: Callable, /, *__, **___) -> Future:
        self.futures.append(Future())
        if len(self.futures) == 1:
            threading.Timer(0.01, self.futures[0].set_exception, [KeyboardInterrupt()]).start()
        return self.futures[-1]


def test_a_stop_from_the_keyboard_cancels_what_is_left() -> None:
    pool = Slow()
    with pytest.raises(KeyboardInterrupt), team(2, abs, lambda _: None, pool) as work:
        list(work(ITEMS))
    assert len(pool.futures) == 4  # no more than are needed are handed over
    assert all(future.cancelled() for future in pool.futures[1:])


class Fails(Executor):
    def __init__(self, error: Exception) -> None:
        self.error = error

    def submit(self, _: Callable, /, *__, **___) -> Future:
        future = Future()
        future.set_exception(self.error)
        return future


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            ModuleNotFoundError("No module named 'valsim'", name="valsim"),
            "do not have valsim: install the same version",
        ),
        (OSError("the network is gone"), r"could not do its part \(OSError: the network is gone\)"),
        (BrokenExecutor("all gone"), r"lost its workers \(BrokenExecutor: all gone\)"),
    ],
)
def test_what_befalls_the_executor_is_told_apart_from_what_befalls_the_work(error: Exception, told: str) -> None:
    with team(1, abs, lambda _: None, Fails(error)) as work, pytest.raises(SimulationError, match=told):
        list(work(ITEMS))


def test_a_cluster_whose_scheduler_is_gone_is_told_so() -> None:
    cluster = Fails(CancelledError())
    there = SimpleNamespace(run=lambda *_, **__: {}, run_on_scheduler=lambda *_: "valsim")
    cluster._client = there
    told = r"lost its workers \(CancelledError\): the scheduler of the cluster is gone, or .*; start it and run again"
    with team(1, abs, lambda _: None, cluster) as work, pytest.raises(SimulationError, match=told):
        list(work(ITEMS))


@pytest.mark.parametrize(
    ("what", "remedy"), [("valsim", "install"), ("NumPy", "install"), (parcel.PROCESSOR, "NPY_DISABLE")]
)
def test_another_build_is_refused_with_both_named(what: str, remedy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    here = dict(parcel.build())
    with ThreadPoolExecutor(1) as pool, team(1, abs, lambda _: None, pool) as work:
        monkeypatch.setattr(parcel, "build", lambda: {**here, what: "another"})
        parcel.unpacked.cache_clear()
        with pytest.raises(SimulationError, match=f"a worker has {what} another, and .* it is .*{remedy}") as told:
            list(work(ITEMS))
    assert here[what] in str(told.value)


def test_an_executor_says_how_many_items_it_does_at_once_and_what_it_is(processes: Executor) -> None:
    assert at_once(processes, 7) == 2
    assert at_once(spawned, 7) == 7
    assert at_once(None, 7) == 7
    assert name_of(processes) == "ProcessPoolExecutor"
    assert name_of(spawned) == "made anew where it breaks"
