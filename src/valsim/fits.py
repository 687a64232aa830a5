"""Whether a run fits on this machine: told before anything is played, from what a single path comes to."""

from valsim.core.fit import Need
from valsim.execution.chunks import Copy
from valsim.run import Run

COLUMNS_AT_HAND = 24
"""So many columns, of eight bytes a path, are in memory at a time while a result is summarised; measured on Moonshot 2026, the richest scenario."""
SMALL = 200_000
"""Fewer paths than these fit wherever a run fits at all: they are not looked at."""


def expect_room(run: Run) -> None:
    """Refuse a run whose paths have no room here; one that takes long is not refused.

    Raises:
        SimulationError: with what it would need, what there is, and how many paths would fit.
    """
    if run.paths > SMALL:
        Need(_bytes_a_path(run), 8 * COLUMNS_AT_HAND).expect_room(run.paths)


def _bytes_a_path(run: Run) -> int:
    """Play one path, and add up what it comes to: an upper end, as a column that is the same for all paths of a chunk takes no room."""
    (part,) = run.tasks("both", 0, 1, Copy())
    outcomes, *_, values = run.do(part)  # between them stands what is told of each batch
    return sum(of_column.kind.itemsize for piece in (outcomes, values) for of_column in piece.values())
