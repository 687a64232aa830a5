"""Scenarios side by side: their measures, what differs, whether it is told apart, and which inputs explain it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from valsim.analysis.comparison.chosen import fits, formulas, of_holders
from valsim.analysis.comparison.explain import Explanation, explained
from valsim.analysis.comparison.factors import Mixture
from valsim.analysis.comparison.received import edges, received
from valsim.analysis.comparison.swap import Between
from valsim.analysis.comparison.verdict import Verdict
from valsim.analysis.formula import Formula
from valsim.analysis.measured import Measured
from valsim.analysis.several import by_name, expect_one_currency
from valsim.analysis.spread import Plain
from valsim.core.errors import ValsimError
from valsim.core.shown import Shown
from valsim.execution.executor import Elsewhere
from valsim.result import Anchor, Manifest, Result
from valsim.scenario.model import Scenario
from valsim.simulate import simulate

EXPLAINED_ON = 16_384
"""Inputs are swapped on so many first paths, where nothing else is asked for."""

Anchored: TypeAlias = Literal["own", "first"]
"""At which scale of the opening multiple a case is played: at its ``own``, which meets its own last price, or all at that of the ``first``."""


@dataclass(frozen=True)
class Request:
    """How a comparison is made: how many paths, from which seed, at which scales, and on how many paths inputs are swapped."""

    paths: int
    seed: int
    anchor: Anchored = "own"
    explained_on: int = EXPLAINED_ON


@dataclass(frozen=True)
class Case:
    """A scenario that was played, and what is kept of it; a measure that it does not know is nothing."""

    name: str
    scenario: Scenario
    manifest: Manifest
    values: Mapping[str, Measured | None]
    received: Mapping[str, Plain]


@dataclass(frozen=True)
class Comparison(Shown):
    """Cases that were played on the same random numbers; the first is what the others are compared with."""

    request: Request
    formulas: tuple[Formula, ...]
    cases: tuple[Case, ...]
    between: Mapping[str, Between]
    """What differs between the first case and each other, by the name of the other."""
    explanations: Mapping[str, Explanation]

    def verdict(self, measure: str, name: str, than: str = "") -> Verdict | None:
        """Give the difference of a measure between a case and another, the first where none is named; nothing where one has none."""
        values = {case.name: case.values[measure] for case in self.cases}
        one, other = values[than or self.cases[0].name], values[name]
        return None if one is None or other is None else Verdict(other - one)

    def order(self, measure: str) -> list[tuple[str, Verdict | None]]:
        """Rank the cases by a measure, the largest first, each with how far it is below the one before it."""
        known = [
            case for case in self.cases if (value := case.values[measure]) is not None and value.value == value.value
        ]
        ranked = [case.name for case in sorted(known, key=lambda case: -case.values[measure].value)]  # type: ignore[union-attr]
        return [(name, self.verdict(measure, name, ranked[i - 1]) if i else None) for i, name in enumerate(ranked)]


Played: TypeAlias = Callable[[str, Scenario, Anchor | None, int], Result]
"""Plays a scenario, told in what words, at a scale of the opening multiple if one is given, on so many paths."""


def compare(
    scenarios: Mapping[str, Scenario] | Sequence[Scenario],
    *,
    measures: Sequence[str] = (),
    holder: str = "",
    paths: int | None = None,
    seed: int | None = None,
    threads: int | None = None,
    executor: Elsewhere | None = None,
    anchor: Anchored = "own",
    explained_on: int = EXPLAINED_ON,
) -> Comparison:
    """Play scenarios on the same random numbers and compare their measures with those of the first.

    ``scenarios`` are named by their keys, in a list by what they are called or else counted.
    ``measures`` are formulas such as ``moic(me)``; without any, those of ``holder``, of ``me`` or of who leads the last closing,
    and those of the company. Paths and seed are those of the first scenario where none are asked for; ``threads`` and
    ``executor`` as for :func:`~valsim.simulate.simulate`. With ``anchor`` ``own``
    each is scaled to its own last price, with ``first`` all are played at the scale of the first. Inputs are swapped on
    ``explained_on`` paths to say which of them explain the differences; 0 leaves that out. Raises
    :class:`~valsim.core.errors.ValsimError` for currencies that differ and holders that are not there,
    :class:`~valsim.core.errors.ExpressionError` for a measure that none of the scenarios knows.
    """
    named = scenarios if isinstance(scenarios, Mapping) else by_name([each.name for each in scenarios], scenarios)
    chosen = formulas_of(named, measures, holder)
    first = next(iter(named.values())).simulation
    request = Request(paths or first.paths, first.seed if seed is None else seed, anchor, explained_on)

    def play(words: str, scenario: Scenario, scale: Anchor | None, count: int) -> Result:
        del words
        return simulate(
            scenario, paths=count, seed=request.seed, threads=threads, executor=executor, anchor=scale, kept=0
        )

    return compared(named, chosen, request, play)


def formulas_of(scenarios: Mapping[str, Scenario], measures: Sequence[str], holder: str) -> tuple[Formula, ...]:
    """Give the formulas of a comparison (see :func:`compare`), once it is clear that the scenarios can be compared."""
    if len(scenarios) < 2:
        raise ValsimError("expected two scenarios or more to compare")
    expect_one_currency((name, scenario.currency) for name, scenario in scenarios.items())
    return formulas([*scenarios.values()], measures, holder)


def compared(
    scenarios: Mapping[str, Scenario], formulas: Sequence[Formula], request: Request, play: Played
) -> Comparison:
    """Play and compare scenarios (see :func:`compare`)."""
    cases = _cases(scenarios, formulas, request, play)
    first = cases[0]
    between = {case.name: Between(first.scenario, case.scenario) for case in cases[1:]}
    explanations = {
        case.name: explained(mixture, _measuring(formulas, request, play, case.name))
        for case in cases[1:]
        if request.explained_on and (mixture := _mixture(between[case.name], first, case)).factors
    }
    return Comparison(request, tuple(formulas), tuple(cases), between, explanations)


def _cases(
    scenarios: Mapping[str, Scenario], formulas: Sequence[Formula], request: Request, play: Played
) -> list[Case]:
    cases: list[Case] = []
    solved: list[tuple[Scenario, Anchor]] = []  # the scale that several cases are played at is solved once
    cuts = None
    for name, scenario in scenarios.items():
        known = next((scale for origin, scale in solved if origin == scenario.anchored_as), None)
        scale = solved[0][1] if solved and request.anchor == "first" else known
        result = play(f"simulating {name}", scenario, scale, request.paths)
        solved.append((scenario.anchored_as, result.manifest.anchor))
        cuts = edges(result) if cuts is None else cuts
        shown = received(result, of_holders(formulas), cuts)
        cases.append(Case(name, scenario, result.manifest, _measured(formulas, result), shown))
    return cases


def _measured(formulas: Sequence[Formula], result: Result) -> dict[str, Measured | None]:
    return {each.text: each(result) if fits(each, result.scenario) else None for each in formulas}


def _mixture(between: Between, first: Case, other: Case) -> Mixture:
    return Mixture(between, (first.manifest.anchor, other.manifest.anchor))


def _measuring(
    formulas: Sequence[Formula], request: Request, play: Played, name: str
) -> Callable[[Scenario, Anchor], dict[str, Measured | None]]:
    paths = min(request.paths, request.explained_on)

    def measured(scenario: Scenario, scale: Anchor) -> dict[str, Measured | None]:
        return _measured(formulas, play(f"swapping inputs of {name}", scenario, scale, paths))

    return measured
