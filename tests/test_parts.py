"""A run that is played in parts."""

from functools import partial

import numpy as np
import pytest

from tests.companies import lively
from valsim import simulate, until
from valsim.analysis.summary import summary
from valsim.core.errors import ExpressionError, SimulationError
from valsim.core.streams import BATCH
from valsim.result import Result

SCENARIO = lively()


class For:
    """Asks for so many paths more, time after time."""

    def __init__(self, *more: int) -> None:
        self.more, self.seen, self.texts = list(more), [], ("as many as the test says",)

    def check(self, scenario) -> None:
        """Everything may be asked of every scenario."""

    def __call__(self, result: Result) -> int:
        self.seen.append(result.manifest.paths)
        return self.more.pop(0)


@pytest.fixture(autouse=True)
def small_parts(monkeypatch) -> None:
    monkeypatch.setattr("valsim.parts.FIRST", 4096)


def same(one: Result, other: Result) -> bool:
    columns = [(getattr(one, what), getattr(other, what)) for what in ("outcomes", "valued", "paid_in", "cash")]
    columns.append((one.history.series, other.history.series))
    return all([*a] == [*b] and all(np.array_equal(a[k], b[k], equal_nan=True) for k in a) for a, b in columns)


def test_parts_come_to_the_bits_of_one_run() -> None:
    asks = For(1, 300, 0)
    parts = simulate(SCENARIO, until=asks, threads=1)
    assert asks.seen == [4096, 8192, 12288]
    assert parts.manifest.paths == 12288
    assert parts.manifest.until == ("as many as the test says",)
    assert same(parts, simulate(SCENARIO, paths=12288, threads=1, chunk=4096))


def test_the_most_paths_end_a_run_within_a_batch() -> None:
    told = []
    asks = For(10**12)
    found = simulate(SCENARIO, paths=5000, until=asks, threads=1, progress=lambda *done: told.append(done))
    assert asks.seen == [4096]
    assert same(found, simulate(SCENARIO, paths=5000, threads=1))
    assert told == [(4096, 4096), (5000, 5000)]


def test_fewer_paths_than_a_part_are_all_that_is_played() -> None:
    assert simulate(SCENARIO, paths=10, until=For(7)).manifest.paths == 10
    with pytest.raises(SimulationError, match="paths: expected a whole number of at least 1, got 0"):
        simulate(SCENARIO, paths=0, until=For(0))


def test_what_cannot_be_asked_is_refused_before_anything_is_played() -> None:
    played = []
    with pytest.raises(ExpressionError, match="there is no holder 'you'"):
        simulate(SCENARIO, until=until("moic(you) +/- 1%"), progress=lambda *done: played.append(done))
    assert not played


def test_outcomes_in_a_file_are_those_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    play = partial(simulate, lively("valuation.anchor=none"), paths=BATCH + 100, threads=2)
    held = play()
    monkeypatch.setattr("valsim.core.fit.HELD", 100_000)
    filed = play(chunk=BATCH)
    for mine, other in ((filed.outcomes, held.outcomes), (filed.valued, held.valued), (filed.cash, held.cash)):
        assert [(key, row.dtype, row.tobytes()) for key, row in mine.items()] == [
            (key, row.dtype, row.tobytes()) for key, row in other.items()
        ]
    assert filed.outcomes["proceeds",] is not filed.outcomes["proceeds",], "read anew each time"
    assert (held.manifest.bytes_on_disk, filed.manifest.bytes_on_disk > 100_000) == (0, True)
    assert summary(filed)["holders"] == summary(held)["holders"]
