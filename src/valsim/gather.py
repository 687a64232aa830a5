"""Gathering those who play the chunks of a run: workers of this machine, or an executor."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Self

from valsim.core.part import Piece
from valsim.execution.chunks import Chunk
from valsim.execution.team import team
from valsim.record import Kept, fill, part_of
from valsim.result import History
from valsim.run import NO_HISTORY, Run, Team


@contextmanager
def gathered(run: Run, add: Callable[[int], None]) -> Iterator[Team]:
    """Gather those who play the chunks of a run; ``add`` is told the paths of each chunk that is played.

    Raises :class:`~valsim.core.errors.SimulationError` where an executor breaks and cannot be made anew.
    """

    def told(part: Chunk) -> None:
        add(part.paths)

    if run.executor is None:
        with team(run.threads, run.do, told) as workers:
            yield workers
    else:
        with team(run.threads, Away.of(run), told, run.executor) as others:
            yield lambda parts: (_home(run, *each) for each in zip(parts, others(parts), strict=True))


@dataclass(frozen=True)
class Away:
    """A run as it travels: without its tables of time series, which other machines do not share. Called with a chunk, it plays it
    and gives its columns, and its time series as far as they are kept.

    ``kept`` says by job of what there are time series.
    """

    run: Run
    kept: Mapping[str, Kept]

    @classmethod
    def of(cls, run: Run) -> Self:
        """Pack a run."""
        kept = {name: Kept.of(job.history) for name, job in run.jobs.items()}
        jobs = {name: job._replace(history=NO_HISTORY) for name, job in run.jobs.items()}
        return cls(replace(run, jobs=jobs, executor=None), kept)

    def __call__(self, part: Chunk) -> tuple[list[Piece], History]:
        """Play a chunk."""
        room = self.kept[part.job].room(part.first, part.paths)
        return self.run.do(part, room), room


def _home(run: Run, part: Chunk, done: tuple[list[Piece], History]) -> list[Piece]:
    """Put the time series of a chunk where they belong; give its columns."""
    columns, history = done
    fill(part_of(run.jobs[part.job].history, part.first, part.paths), history)
    return columns
