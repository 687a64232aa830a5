"""How much is measured: little, to see that it works; as usual; or also what takes minutes."""

from enum import Enum
from typing import TypeVar

T = TypeVar("T")


class Effort(Enum):
    """How much is measured."""

    QUICK = "quick"
    USUAL = "usual"
    FULL = "full"

    def of(self, quick: T, usual: T, full: T | None = None) -> T:
        """Give what belongs to this effort; the full one is as usual where nothing else is said.

        >>> Effort.QUICK.of(4_096, 100_000), Effort.FULL.of(4_096, 100_000)
        (4096, 100000)
        """
        whole = usual if full is None else full
        return {Effort.QUICK: quick, Effort.USUAL: usual, Effort.FULL: whole}[self]
