"""Which inputs explain how much of a difference: inputs are swapped between two scenarios, on the same random numbers."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal, TypeAlias

from valsim.analysis.comparison.factors import EVERYTHING, Factor, Mixture
from valsim.analysis.measured import Measured
from valsim.core.errors import ScenarioError, SimulationError
from valsim.result import Anchor
from valsim.scenario.model import Scenario

SHARED_OUT = 4
"""The most inputs whose every combination is played."""

Measures: TypeAlias = Mapping[str, Measured | None]
"""Numbers of one scenario by what they are."""
Play: TypeAlias = Callable[[Scenario, Anchor], Measures]
"""Plays a scenario at a scale of the opening multiple and measures it."""
Method: TypeAlias = Literal["shapley", "one_at_a_time", "one_input", "together", "unplayable"]
"""How a difference was shared out; ``one_input`` explains all of it, ``together`` no part fits without the rest, and
``unplayable`` is a difference of which some mixture of both scenarios cannot be played."""


@dataclass(frozen=True)
class Explanation:
    """What each input adds to a difference; with ``one_at_a_time`` some is left that they do together, and some methods have no parts."""

    method: Method
    factors: tuple[Factor, ...]
    parts: Mapping[str, Mapping[str, Measured]]
    """What each factor adds, by what is measured and by factor."""
    totals: Mapping[str, Measured]
    """The difference itself, by what is measured."""

    def together(self, measure: str) -> Measured:
        """Give what is left of a difference once every input has had its part: what they do only together."""
        left: Measured = self.totals[measure] - total(self.parts[measure].values())
        return left


def total(parts: Iterable[Measured]) -> Measured:
    """Add measured numbers up."""
    return sum(parts, Measured(0.0))


def explained(mixture: Mixture, play: Play) -> Explanation:
    """Swap inputs one by one, and say what each adds to every measured difference.

    Of up to four inputs every combination is played, and each gets the mean of what it adds over all orders in which they may
    be swapped (the Shapley value), so that the parts add up. Of more, each is swapped alone into the one scenario and alone
    out of the other, and gets the mean of both. Where there is one factor nothing is played.
    """
    factors = mixture.factors
    if len(factors) < 2:
        hangs_together = [each.name for each in factors] == [EVERYTHING]
        return Explanation("together" if hangs_together else "one_input", factors, {}, {})
    try:
        return _shared_out(factors, _Worth(mixture, play))
    except (ScenarioError, SimulationError):
        return Explanation("unplayable", factors, {}, {})


def _shared_out(factors: Sequence[Factor], worth: "_Worth") -> Explanation:
    if len(factors) <= SHARED_OUT and (found := _shapley(factors, worth)) is not None:
        return found
    return _one_at_a_time(factors, worth)


@dataclass(frozen=True)
class _Worth:
    """What is measured where some factors are taken from the new scenario; each combination is played once."""

    mixture: Mixture
    play: Play

    def of(self, *subsets: Iterable[Factor]) -> dict[frozenset[Factor], Measures]:
        """Play some combinations; all are put together before the first is played."""
        taken = list(dict.fromkeys(map(frozenset, subsets)))
        scenarios = [self.mixture.scenario(self._in_order(each)) for each in taken]
        return {
            each: self.play(scenario, self.mixture.anchor(each))
            for each, scenario in zip(taken, scenarios, strict=True)
        }

    def _in_order(self, taken: frozenset[Factor]) -> list[Factor]:
        return [each for each in self.mixture.factors if each in taken]


def _shapley(factors: Sequence[Factor], worth: _Worth) -> Explanation | None:
    """Share a difference out over all orders; nothing where some combination is no scenario."""
    count = len(factors)
    subsets = [subset for size in range(count + 1) for subset in combinations(factors, size)]
    try:
        found = worth.of(*subsets)
    except ScenarioError:
        return None
    steps = {
        factor: [
            (_weight(len(subset), count), frozenset(subset), frozenset((*subset, factor)))
            for subset in subsets
            if factor not in subset
        ]
        for factor in factors
    }
    return _explanation("shapley", steps, found)


def _weight(before: int, count: int) -> float:
    """How likely exactly these others come first where all orders are as likely."""
    return math.factorial(before) * math.factorial(count - before - 1) / math.factorial(count)


def _one_at_a_time(factors: Sequence[Factor], worth: _Worth) -> Explanation:
    every, none = frozenset(factors), frozenset[Factor]()
    ends = {factor: ((none, frozenset((factor,))), (every - {factor}, every)) for factor in factors}
    found = worth.of(none, every, *(subset for pairs in ends.values() for pair in pairs for subset in pair))
    steps = {factor: [(0.5, before, after) for before, after in pairs] for factor, pairs in ends.items()}
    return _explanation("one_at_a_time", steps, found)


Steps: TypeAlias = Mapping[Factor, list[tuple[float, frozenset[Factor], frozenset[Factor]]]]
"""Of each factor, how much each of its swaps counts, and what is taken before and after it."""


def _explanation(method: Method, steps: Steps, found: Mapping[frozenset[Factor], Measures]) -> Explanation:
    every = frozenset(steps)
    names = [name for name in found[every] if all(of[name] is not None for of in found.values())]

    def added(factor: Factor, name: str) -> Measured:
        return total(weight * (found[after][name] - found[before][name]) for weight, before, after in steps[factor])  # type: ignore[operator]

    parts = {name: {factor.name: added(factor, name) for factor in steps} for name in names}
    totals = {name: found[every][name] - found[frozenset()][name] for name in names}  # type: ignore[operator]
    return Explanation(method, tuple(steps), parts, totals)
