"""Pay many random cap tables and compare with exact breakpoints: ``python -m tests.captable.search --count 20000``.

Too long for every run of the tests; run it after a change of the waterfall. Tables come in groups of one structure, so that
each is also a path among others: what a table is paid alone and what it is paid as a path are both compared. Ends with an
error where a payout is off by more than 1e-9, or the payouts together by more than 1e-12 of the proceeds.
"""

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from tests.captable.exact import Vertex, interpolated, vertices
from tests.captable.tables import exact, ledger_of, random_tables
from valsim.captable.ledger import Ledger
from valsim.captable.liquidity.distribute import curves_of
from valsim.captable.liquidity.regime import as_agreed
from valsim.captable.waterfall import waterfall

GROUP = 20
"""How many tables share a structure."""
SMALL = 1e-6
"""The part of the proceeds below which an error of a payout is measured against that part."""


class Worst(NamedTuple):
    """The largest errors: of a payout, of all payouts together, and of a payout that falls where proceeds rise."""

    payout: float = 0.0
    conservation: float = 0.0
    fall: float = 0.0

    @classmethod
    def of(cls, found: np.ndarray, wanted: np.ndarray, proceeds: np.ndarray) -> "Worst":
        """Compare payouts of one table, shape (exits, classes), with the exact ones; proceeds rise."""
        errors = np.abs(found - wanted) / np.maximum(wanted, SMALL * proceeds[:, None])
        lost = np.abs(found.sum(axis=1) - proceeds) / proceeds
        falls = -np.diff(found, axis=0) / proceeds[1:, None]
        return cls(float(errors.max()), float(lost.max()), max(0.0, float(falls.max())))

    def within(self) -> bool:
        return self.payout < 1e-9 and self.conservation < 1e-12 and self.fall < 1e-12


def exits(line: Sequence[Vertex], count: int, chance: random.Random) -> list[float]:
    """Proceeds of a table, rising: at breakpoints, between them, and up to a hundred million times the last one."""
    at = [float(vertex.proceeds) for vertex in line[1:]]
    far = [at[-1] * 10 ** chance.uniform(0, 8) for _ in range(count // 10)]
    some = chance.sample(at, min(len(at), count // 3))
    between = [at[-1] * (1 - chance.random()) for _ in range(count - len(far) - len(some))]
    return sorted(far + some + between)


def paid(ledger: Ledger, proceeds: np.ndarray) -> np.ndarray:
    """What each class is paid, shape (*proceeds.shape, classes)."""
    return np.stack(list(waterfall(curves_of(ledger, as_agreed), proceeds).payouts.values()), axis=-1)


def compared(chance: random.Random, classes: int, count: int) -> Iterator[Worst]:
    """Compare a group of tables, each alone and as a path among the others."""
    tables = random_tables(chance, classes, GROUP)
    lines = [vertices(exact(table)) for table in tables]
    grid = np.array([exits(line, count, chance) for line in lines])
    together = paid(ledger_of(*tables), grid.T)
    for i, (table, line) in enumerate(zip(tables, lines, strict=True)):
        wanted = np.array([[float(x) for x in interpolated(line, Fraction(value))] for value in grid[i]])
        yield Worst.of(paid(ledger_of(table), grid[i]), wanted, grid[i])
        yield Worst.of(together[:, i], wanted, grid[i])


def main() -> int:
    """Search, and print the largest errors."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, usual in (("count", 20_000), ("classes", 8), ("exits", 50), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    given = parser.parse_args()
    chance, worst = random.Random(given.seed), Worst()
    for _ in range(-(-given.count // GROUP)):
        worst = Worst(*map(max, worst, *compared(chance, given.classes, given.exits)))
    print(f"{given.count} tables of up to {given.classes} classes, {given.exits} exits each, alone and as paths")
    print(f"payout {worst.payout:.2g}, conservation {worst.conservation:.2g}, fall {worst.fall:.2g}")
    return 0 if worst.within() else 1


if __name__ == "__main__":
    sys.exit(main())
