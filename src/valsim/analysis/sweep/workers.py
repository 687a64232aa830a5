"""Who plays the cases of a sweep: processes of this machine, or an executor."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Self

from valsim.core.progress import Meter
from valsim.execution.executor import Elsewhere, at_once
from valsim.execution.finishing import Item, T
from valsim.execution.team import processors, team


@dataclass(frozen=True)
class Workers:
    """How many cases are played at the same time, and by which executor; by this machine where there is none."""

    size: int
    executor: Elsewhere | None = None

    @classmethod
    def of(cls, threads: int | None, executor: Elsewhere | None = None) -> Self:
        """Give as many as are asked for, or as there are."""
        return cls(threads or at_once(executor, processors()), executor)

    def team(
        self, do: Callable[[Item], T], meter: Meter
    ) -> AbstractContextManager[Callable[[Sequence[Item]], Iterator[T]]]:
        """Gather those who ``do`` cases; each that is done is counted."""

        def count(item: Item) -> None:
            del item
            meter.add(1)

        return team(self.size, do, count, self.executor)
