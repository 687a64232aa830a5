"""What differs between two scenarios, gathered into the few inputs that are swapped one by one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from valsim.analysis.comparison.swap import Between
from valsim.core.errors import Path, Problem, ScenarioError, dotted
from valsim.result import Anchor
from valsim.scenario.model import Scenario

MOST = 8
"""More differing inputs than this are swapped by the blocks of the document that they stand in."""
MOST_NAMED = 4
"""Of more factors than this that are swapped together, and are most of what differs, the names are not listed."""
SCALE = "the scale of the opening multiple"
EVERYTHING = "everything that differs"
THE_REST = "all else that differs"


@dataclass(frozen=True)
class Factor:
    """Inputs that are swapped together, and what they are called: the place that they share."""

    name: str
    paths: tuple[Path, ...] = ()
    prefix: Path = ()

    def holds(self, problem: Problem) -> bool:
        """Say whether a problem stands in one of the inputs, or they in its place."""
        return any(starts(path, problem.path) or starts(problem.path, path) for path in self.paths)


def starts(path: Path, prefix: Path) -> bool:
    """Say whether a path leads through another.

    >>> starts(("captable", "classes"), ("captable",)), starts(("captable",), ("captable", "classes"))
    (True, False)
    """
    return path[: len(prefix)] == prefix


@dataclass(frozen=True)
class Mixture:
    """Which scenarios there are between two, each at one of their scales of the opening multiple.

    ``scales`` are those of the old and of the new one; where they differ, the scale is an input of its own.
    """

    between: Between
    scales: tuple[Anchor, Anchor]
    _kept: dict[frozenset[Path], Scenario | ScenarioError] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def factors(self) -> tuple[Factor, ...]:
        """The inputs that are swapped one by one: each of them can be, from either side.

        Inputs that need one another are one factor. What cannot be swapped alone and names nothing that it needs goes with what
        stands beside it, else with the largest other factor.
        """
        factors = list(_gathered(self.between.paths))
        while len(factors) > 1 and (
            wrong := {each: needs for each in factors if (needs := self._needs(each, factors))}
        ):
            together = _linked(wrong) or _with_neighbours(next(iter(wrong)), factors)
            factors = _joined(factors, together)
        differ = self.scales[0] != self.scales[1]
        return (*factors, *([Factor(SCALE)] if differ else []))

    def scenario(self, taken: Iterable[Factor]) -> Scenario:
        """Give the old scenario with some factors taken from the new one; raise :class:`ScenarioError` where they do not fit."""
        factors = tuple(each for each in taken if each.paths)
        key = frozenset(path for each in factors for path in each.paths)
        if key not in self._kept:
            self._kept[key] = self._mixed(key)
        found = self._kept[key]
        if isinstance(found, ScenarioError):
            raise found
        return found

    def _mixed(self, taken: frozenset[Path]) -> Scenario | ScenarioError:
        if taken in (frozenset(), frozenset(self.between.paths)):
            return self.between.new if taken else self.between.old
        try:
            return self.between.taking(path for path in self.between.paths if path in taken)
        except ScenarioError as error:
            return error

    def anchor(self, taken: Iterable[Factor]) -> Anchor:
        """Give the scale of the opening multiple that goes with them."""
        return self.scales[SCALE in {each.name for each in taken}]

    def _needs(self, factor: Factor, factors: Sequence[Factor]) -> frozenset[Factor]:
        """Give the factors that do not fit where this one alone is taken, or alone is not; nothing where all do."""
        found = frozenset[Factor]()
        for taken in ([factor], [each for each in factors if each != factor]):
            try:
                self.scenario(taken)
            except ScenarioError as error:
                found |= {factor} | {each for each in factors if any(map(each.holds, error.problems))}
        return found


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


def _linked(needs: Mapping[Factor, frozenset[Factor]]) -> frozenset[Factor]:
    """Gather the first factor that needs others with all that need one another; nothing where each stands alone."""
    groups = [group for group in needs.values() if len(group) > 1]
    linked = groups[0] if groups else frozenset[Factor]()
    while wider := [group for group in groups if group & linked and not group <= linked]:
        linked = linked.union(*wider)
    return linked


def _with_neighbours(factor: Factor, factors: Sequence[Factor]) -> frozenset[Factor]:
    """Give what stands beside a factor that cannot be swapped alone, as near as there is anything; else the largest other factor."""
    beside = (
        frozenset(each for each in factors if starts(each.prefix, factor.prefix[:depth]))
        for depth in range(len(factor.prefix) - 1, 0, -1)
    )
    largest = max((each for each in factors if each != factor), key=lambda each: len(each.paths))
    return next((group for group in beside if len(group) > 1), frozenset((factor, largest)))


def _joined(factors: Sequence[Factor], together: frozenset[Factor]) -> list[Factor]:
    """Make one factor of several, where the first of them stood."""
    joined = [each for each in factors if each in together]
    first = factors.index(joined[0])
    paths = tuple(path for each in joined for path in each.paths)
    prefix = _shared([each.prefix for each in joined])
    whole = Factor(_called(joined, prefix, factors), paths, prefix)
    return [*factors[:first], whole, *(each for each in factors[first:] if each not in together)]


def _shared(prefixes: Sequence[Path]) -> Path:
    first = prefixes[0]
    depths = range(len(first), 0, -1)
    return next((first[:depth] for depth in depths if all(starts(each, first[:depth]) for each in prefixes)), ())


def _called(joined: Sequence[Factor], prefix: Path, factors: Sequence[Factor]) -> str:
    """Name factors that are swapped together: by the place that they alone share, as most of what differs, or by all their names."""
    if len(joined) == len(factors):
        return EVERYTHING
    shares = [each for each in factors if starts(each.prefix, prefix)]
    if prefix and len(shares) == len(joined):
        return dotted(prefix)
    names = [each.name for each in joined]
    inputs, every = (sum(len(each.paths) for each in some) for some in (joined, factors))
    is_most = 2 * inputs > every and (len(joined) > MOST_NAMED or THE_REST in names)
    return THE_REST if is_most else ", ".join(names)
