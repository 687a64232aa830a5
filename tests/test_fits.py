"""A run that has no room is refused before anything is played; one that takes long is not."""

import time
from functools import partial

import pytest

from tests.companies import lively
from valsim import fits, simulate, solve
from valsim.core import fit
from valsim.core.errors import SimulationError
from valsim.execution.chunks import chunks
from valsim.simulate import prepared

ABSURD = 10_000_000_000_000


@pytest.mark.parametrize("threads", [1, 2])
def test_absurdly_many_paths_are_refused_at_once(threads: int) -> None:
    began = time.process_time()
    with pytest.raises(SimulationError, match=r"10,000,000,000,000 paths do not fit here: they need 1.92 PB of memory"):
        simulate(lively(), paths=ABSURD, threads=threads)
    assert time.process_time() - began < 1


def test_absurdly_many_paths_are_never_cut_into_chunks() -> None:
    for size in (None, 4_096):
        with pytest.raises(SimulationError, match="80 TB of memory"):
            chunks(ABSURD, 2, size)


def test_what_a_path_needs_is_what_it_comes_to(monkeypatch: pytest.MonkeyPatch) -> None:
    result = simulate(lively("valuation.anchor=none"), paths=100, threads=1)
    a_path = sum(row.itemsize for table in (result.outcomes, result.valued) for row in table.values())
    monkeypatch.setattr(fit, "disk", lambda _: 300_000 * a_path - 1)
    monkeypatch.setattr(fit, "HELD", 0)
    with pytest.raises(SimulationError, match=rf"\({a_path:,} bytes each"):
        fits.expect_room(prepared(lively("valuation.anchor=none"), paths=300_000, threads=1))
    fits.expect_room(prepared(lively("valuation.anchor=none"), paths=299_999, threads=1))


def test_few_paths_are_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fit, "memory", lambda: 0)
    expect = partial(prepared, lively("valuation.anchor=none"), threads=1)
    fits.expect_room(expect(paths=fits.SMALL))
    with pytest.raises(SimulationError, match="do not fit here"):
        fits.expect_room(expect(paths=fits.SMALL + 1))


def test_solving_says_before_it_searches_that_there_is_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("valsim.analysis.solving.solve.simulate", None)  # nothing is played
    with pytest.raises(SimulationError, match="paths do not fit here"):
        solve(lively(), "company.cash", "moic(Fund) = 3", paths=ABSURD)
