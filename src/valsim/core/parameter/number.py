"""One number of the document."""

from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from valsim.core.distribution import Distribution
from valsim.core.distribution.constant import Constant
from valsim.core.rows import Row
from valsim.core.unit import Unit


@dataclass(frozen=True)
class Parameter:
    """A number of the document: its distribution, its unit and its provenance."""

    distribution: Distribution
    unit: Unit
    given: str
    sources: tuple[str, ...] = ()
    note: str = ""
    percentage: bool = False
    """Whether it was written as a percentage: one of a class, and a number of shares, have the same unit."""
    readings: tuple["Parameter", ...] = ()
    weights: tuple[float, ...] = ()
    written: Any = field(default=None, compare=False, repr=False)
    """The plain data that it was read from."""

    @property
    def known(self) -> bool:
        """Whether every path has the same number."""
        return isinstance(self.distribution, Constant)

    def at(self, u: Row) -> Row:
        """Give the quantile function at ``u``, in base units, shape ``(n_paths,)``."""
        return self.distribution.at(u)

    @property
    def middle(self) -> float:
        """The median, for a person who asks for one number."""
        return float(self.at(np.asarray(0.5)))

    @property
    def drawn_once(self) -> bool:
        """Whether a path draws it at its start and keeps it."""
        return True

    def realised(self, draws: "Draws", name: str) -> Any:
        """Give what stands for it on the paths: a scalar where it is known, else its draws, shape ``(n_paths,)``."""
        return self.at(np.asarray(0.5)) if self.known else self.at(draws.parameter(name))


@dataclass(frozen=True)
class EachTime(Parameter):
    """A number that is drawn anew each time it is needed: it stays a distribution when the document is realised."""

    @property
    def drawn_once(self) -> bool:
        """That it is not."""
        return False

    def realised(self, draws: "Draws", name: str) -> Any:
        """Give the number itself; whoever needs it draws it."""
        del draws, name
        return self


class Draws(Protocol):
    """Gives the uniform numbers that parameters are drawn with."""

    def parameter(self, name: str) -> Row:
        """Give one uniform number a path for the parameter of this dotted name, shape ``(n_paths,)``."""
        ...


def middle(value: Any) -> float:
    """Give a number, or the median of a parameter."""
    return float(getattr(value, "middle", value))


def lowest(value: Any) -> float:
    """Give the lowest number that a parameter may be, or that stands in a row."""
    return value.distribution.support()[0] if isinstance(value, Parameter) else float(np.min(value))


def highest(value: Any) -> float:
    """Give the highest number that a parameter may be, or that stands in a row."""
    return value.distribution.support()[1] if isinstance(value, Parameter) else float(np.max(value))
