"""Coordinates: rows of the state on a scale on which a polynomial of them says something."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from valsim.core.rows import Row, Rows

FURTHEST = 5.0
"""How many standard deviations from the mean a coordinate is at most; beyond, a polynomial would say anything."""
STILL = 1e-9
"""A row that spreads less than this, relatively, tells nothing."""


@dataclass(frozen=True)
class Coordinate:
    """A row as a coordinate: ``z = (t(x) - mean) / deviation``, no lower than ``low`` and no higher than ``high``.

    ``t`` is the logarithm where ``in_logs``; else the inverse hyperbolic sine of ``x / scale``, which is a logarithm far from
    zero on either side; or ``x`` itself where ``scale`` is infinite.
    """

    row: str
    in_logs: bool = False
    scale: float = np.inf
    mean: float = 0.0
    deviation: float = 1.0
    low: float = -np.inf
    high: float = np.inf

    @classmethod
    def of(cls, name: str, row: Row) -> Self | None:
        """Fit the coordinate of a row, shape ``(n_paths,)``; nothing where it does not differ between paths.

        >>> found = Coordinate.of("arr", np.array([1.0, np.e, np.e**2]))
        >>> found({"arr": np.array([np.e])}).tolist()
        [0.0]
        """
        row = np.asarray(row, dtype=float)
        in_logs = bool((row > 0).all())
        raw = cls(name, in_logs, _scale(row))
        moved = raw({name: row})
        mean, deviation = float(np.mean(moved)), float(np.std(moved))
        if not np.isfinite(deviation) or deviation <= STILL * max(abs(mean), 1.0):
            return None
        z = (moved - mean) / deviation
        low, high = max(float(np.min(z)), -FURTHEST), min(float(np.max(z)), FURTHEST)
        return cls(name, in_logs, raw.scale, mean, deviation, low, high)

    def __call__(self, rows: Rows) -> Row:
        """Give the coordinate, of the shape of its row."""
        row = np.asarray(rows[self.row], dtype=float)
        if self.in_logs:
            row = np.log(np.maximum(row, np.finfo(float).tiny))
        elif np.isfinite(self.scale):
            row = np.arcsinh(row / self.scale)
        return np.clip((row - self.mean) / self.deviation, self.low, self.high)


def _scale(row: Row) -> float:
    sizes = np.abs(row)
    return float(np.median(sizes)) or float(np.max(sizes)) or 1.0


def coordinates(rows: Rows) -> tuple[Coordinate, ...]:
    """Give the coordinate of each row that differs between paths, shapes ``(n_paths,)``."""
    found = (Coordinate.of(name, row) for name, row in rows.items() if np.isfinite(np.asarray(row, dtype=float)).all())
    return tuple(each for each in found if each is not None)
