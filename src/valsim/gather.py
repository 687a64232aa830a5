"""Gathering those who play the chunks of a run."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from valsim.execution.team import team
from valsim.run import Run, Team


@contextmanager
def gathered(run: Run, add: Callable[[int], None]) -> Iterator[Team]:
    """Gather those who play the chunks of a run; ``add`` is told the paths of each chunk that is played."""
    with team(run.threads, run.do, lambda part: add(part.paths)) as workers:
        yield workers
