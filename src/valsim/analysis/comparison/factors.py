"""What differs between two scenarios, gathered into the few inputs that are swapped one by one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from valsim.analysis.comparison.swap import Between
from valsim.core.errors import Path, ScenarioError, dotted
from valsim.result import Anchor
from valsim.scenario.model import Scenario

MOST = 8
"""More differing inputs than this are swapped by the blocks of the document that they stand in."""
SCALE = "the scale of the opening multiple"
EVERYTHING = "everything that differs"


@dataclass(frozen=True)
class Factor:
    """Inputs that are swapped together, and what they are called: the place that they share."""

    name: str
    paths: tuple[Path, ...] = ()
    prefix: Path = ()


@dataclass(frozen=True)
class Mixture:
    """Which scenarios there are between two, each at one of their scales of the opening multiple.

    ``scales`` are those of the old and of the new one; where they differ, the scale is an input of its own.
    """

    between: Between
    scales: tuple[Anchor, Anchor]
    _kept: dict[frozenset[str], Scenario] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def factors(self) -> tuple[Factor, ...]:
        """The inputs that are swapped one by one: each of them can be, from either side."""
        factors = list(_gathered(self.between.paths))
        while wrong := next((each for each in factors if not self._parts(each, factors)), None):
            factors = _with_neighbours(wrong, factors)
        differ = self.scales[0] != self.scales[1]
        return (*factors, *([Factor(SCALE)] if differ else []))

    def scenario(self, taken: Iterable[Factor]) -> Scenario:
        """Give the old scenario with some factors taken from the new one; raise :class:`ScenarioError` where they do not fit."""
        factors = tuple(each for each in taken if each.paths)
        key = frozenset(each.name for each in factors)
        if key not in self._kept:
            self._kept[key] = self.between.taking(path for each in factors for path in each.paths)
        return self._kept[key]

    def anchor(self, taken: Iterable[Factor]) -> Anchor:
        """Give the scale of the opening multiple that goes with them."""
        return self.scales[SCALE in {each.name for each in taken}]

    def _parts(self, factor: Factor, factors: Sequence[Factor]) -> bool:
        """Say whether a factor can be taken alone, and left alone."""
        try:
            self.scenario([factor])
            self.scenario([each for each in factors if each != factor])
        except ScenarioError:
            return factor.name == EVERYTHING
        return True


def _gathered(paths: Sequence[Path]) -> Iterator[Factor]:
    """Gather paths by as much of them as leaves few groups."""
    longest = max((len(path) for path in paths), default=1)
    groups: dict[Path, list[Path]] = {}
    for depth in range(longest, 0, -1):
        groups = {}
        for path in paths:
            groups.setdefault(path[:depth], []).append(path)
        if len(groups) <= MOST:
            break
    yield from (Factor(dotted(prefix), tuple(group), prefix) for prefix, group in groups.items())


def _with_neighbours(factor: Factor, factors: Sequence[Factor]) -> list[Factor]:
    """Put a factor that cannot be swapped alone together with what stands beside it; with all else where nothing does."""
    prefix = factor.prefix[:-1]
    beside = [each for each in factors if prefix and each.prefix[: len(prefix)] == prefix]
    together = beside if prefix else list(factors)
    name = dotted(prefix) if prefix else EVERYTHING
    whole = Factor(name, tuple(path for each in together for path in each.paths), prefix)
    first = factors.index(together[0])
    return [*(each for each in factors[:first] if each not in together), whole,
            *(each for each in factors[first:] if each not in together)]  # fmt: skip
