"""Whether what a run comes to has room on this machine, found out before the run starts."""

from dataclasses import dataclass

from valsim.core.errors import SimulationError
from valsim.core.room import disk, folder_for_large_files, memory

HELD, SHARE = 1 << 28, 8
"""What paths come to is held in memory up to so many bytes and such a part of the memory there is, the eighth; what is larger goes
to a file."""


def room_in_memory() -> int:
    """Give how many bytes of what paths come to are held in memory."""
    return min(HELD, memory() // SHARE)


@dataclass(frozen=True)
class Need:
    """How many bytes a path takes: ``kept`` until the end, in memory or in a file, and ``at_hand`` in memory at a time."""

    kept: int
    at_hand: int

    def expect_room(self, paths: int) -> None:
        """Refuse so many paths where there is no room for them.

        Raises:
            SimulationError: with what they would need, what there is, and how many would fit.
        """
        folder, held = folder_for_large_files(), room_in_memory()
        room = {"of memory": memory(), f"in {folder}": disk(folder)}
        a_path = {"of memory": self.at_hand, f"in {folder}": self.kept if paths * self.kept > held else 0}
        short = [where for where, size in a_path.items() if paths * size > room[where]]
        if short:
            fit = min(room[where] // size for where, size in a_path.items() if size)
            needs = " and ".join(_needed(where, paths, a_path[where], room[where]) for where in short)
            raise SimulationError(f"{paths:,} paths do not fit here: they need {needs}. {_advice(fit, short)}")


def _needed(where: str, paths: int, size: int, there: int) -> str:
    return f"{in_words(paths * size)} {where} ({size:,} bytes each, and there are {in_words(there)})"


def _advice(fit: int, short: list[str]) -> str:
    elsewhere = "" if short == ["of memory"] else ", or more in another folder that the variable TMPDIR names"
    digits = 10 ** max(len(str(fit)) - 2, 0)
    return f"About {fit // digits * digits:,} fit{elsewhere}; --until plays no more than an answer takes that is as exact as you say"


def in_words(size: float) -> str:
    """Give a number of bytes as a person writes it.

    >>> in_words(3_250_000_000), in_words(12)
    ('3.25 GB', '12 bytes')
    """
    for power, unit in ((18, "EB"), (15, "PB"), (12, "TB"), (9, "GB"), (6, "MB"), (3, "kB")):
        if size >= 0.9995 * 10**power:
            return f"{size / 10**power:{',.0f' if size >= 10 ** (power + 3) else '.3g'}} {unit}"
    return f"{size:.0f} bytes"
