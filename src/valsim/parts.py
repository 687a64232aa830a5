"""Playing in parts: a run goes on until enough is known, with the bits of a run of as many paths that is played at once."""

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple, Protocol

from valsim.core.arguments import expect_callable
from valsim.core.errors import SimulationError
from valsim.core.fit import room_in_memory
from valsim.core.pieces import Pieces, Table
from valsim.core.policy import Policy
from valsim.core.progress import Meter
from valsim.core.room import folder_for_large_files
from valsim.core.streams import BATCH
from valsim.parquet import Outcomes
from valsim.record import part_of
from valsim.result import Anchor, Result
from valsim.run import Run, Team
from valsim.scenario.model import Scenario

FIRST = 32_768
"""Paths of the first part: enough batches to tell an error by."""
MOST = 1_000_000
"""So many paths are played at most where nobody says how many may be."""


class Until(Protocol):
    """Told the result so far, it says how many paths further are to be played; :func:`valsim.until` makes one."""

    @property
    def texts(self) -> tuple[str, ...]:
        """What was asked for, as it was written."""

    def check(self, scenario: Scenario) -> None:
        """Refuse, before anything is played, what cannot be asked of a scenario."""

    def __call__(self, result: Result) -> int:
        """Give how many paths further are to be played; 0 ends the run."""


class Start(NamedTuple):
    """What is settled before the paths are played: the scale of the opening multiple, who decides, and when it began."""

    anchor: Anchor
    policy: Policy
    started: float


def most_paths(scenario: Scenario, paths: int | None, until: Until | None) -> int:
    """Give how many paths are played at most; refuse what is no scenario, and what cannot be asked of one."""
    if not isinstance(scenario, Scenario):
        raise SimulationError(f"what is played is a scenario, as valsim.load({str(scenario)!r}) gives one from a file")
    if until is None:
        return scenario.simulation.paths if paths is None else paths
    expect_callable("what valsim.until('present_value(me) +/- 1%') makes", until=until)
    until.check(scenario)
    return MOST if paths is None else paths


def first_part(run: Run, until: Until | None) -> int:
    """Give how many paths are played before anybody asks whether that is enough."""
    return run.paths if until is None else min(FIRST, run.paths)


def played(
    run: Run, team: Team, meter: Meter, start: Start, until: Until | None, file: Outcomes | None = None
) -> Result:
    """Play all paths of a run, or a first part and then what is asked for; each part but the last is of whole batches.

    What they come to is written to a ``file`` as it comes, if there is one.
    """
    told = None if file is None else lambda so_far: file.add(of_paths(so_far))
    pieces = Pieces(room_in_memory(), folder_for_large_files(), told, rows=run.paths if until is None else 0)
    done, size = 0, first_part(run, until)
    while size:
        tables = run.played(team, start.anchor.scale, start.policy, done, size, pieces)
        done += size
        result = _result(run, start, tables, done, () if until is None else until.texts, pieces.filed)
        size = 0 if until is None or done == run.paths else _whole(done, until(result), run.paths)
        meter.expect(size)
    if file is not None:
        file.finish(of_paths(tables), result.manifest)
    return result


def of_paths(tables: Sequence[Table]) -> tuple[Table, Table]:
    """Give what each path comes to under each measure; between them stands what is told of each batch."""
    outcomes, _, _, valued = tables
    return outcomes, valued


def _result(
    run: Run, start: Start, tables: Sequence[Table], paths: int, until: tuple[str, ...], bytes_on_disk: int
) -> Result:
    outcomes, money, cash, valued = tables
    seconds = time.perf_counter() - start.started
    manifest = replace(run.manifest(start.anchor, start.policy, seconds, paths, until), bytes_on_disk=bytes_on_disk)
    history = part_of(run.jobs["both"].history, 0, paths)
    return Result(run.scenario, manifest, outcomes, valued, money, cash, history, start.policy)


def _whole(paths: int, further: int, most: int) -> int:
    """Give the size of the next part: up to the end of a batch, or of all."""
    return min(-(-(paths + further) // BATCH) * BATCH, most) - paths if further > 0 else 0
