"""Whether the correlations of a document name what can be correlated, and go together."""

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from valsim.core.block import nearest_help
from valsim.core.errors import Path, Problem
from valsim.core.parameter import parameters
from valsim.scenario.correlations import Group, Pair, pairs_of
from valsim.scenario.model import Scenario
from valsim.scenario.rules.compatible import Interval, compatible, exist
from valsim.scenario.rules.nearest import nearest_pairs

Sentences = tuple[str, str]
"""What is wrong, and what to do about it."""
Unknown = Callable[[str], Sentences]
"""Says of a name that it cannot be correlated."""


class Listed(NamedTuple):
    """The pairs that a list states, one by one or by groups: where each stands, as it is written, and by its full names."""

    paths: list[Path]
    written: list[Pair]
    full: list[Pair]


def correlation_problems(scenario: Scenario) -> Iterator[Problem]:
    """Report pairs of unknown names, pairs that are stated twice, and pairs that contradict each other."""
    stated = {".".join(map(str, path)): parameter for path, parameter in parameters(scenario)}
    named = {name: parameter.known for name, parameter in stated.items() if parameter.drawn_once}
    named |= {_short(name): known for name, known in named.items()}
    anew = stated.keys() - named.keys()
    shocks = _listed("shocks", scenario.correlations.shocks, scenario.correlations.shock_pairs)
    drawn = _listed("parameters", scenario.correlations.parameters, scenario.correlated_parameters)
    yield from dict.fromkeys(_pairs(shocks, scenario.shocked, partial(_unknown_shock, scenario)))
    yield from dict.fromkeys(_pairs(drawn, named, partial(_unknown_parameter, anew, named)))
    yield from dict.fromkeys(_without_effect(drawn, {name for name, known in named.items() if known}))


def _short(name: str) -> str:
    """Give the name by which a parameter is also called: ``arr.growth``, ``multiple.start``, ``ai_labs.mean``."""
    room, _, rest = name.partition(".")
    return (
        rest.replace(".multiple.", ".", 1) if room == "sectors" else rest if room in {"drivers", "valuation"} else name
    )


def _listed(key: str, entries: Sequence[Pair | Group], full: Sequence[Pair]) -> Listed:
    placed = [(("correlations", key, i), pair) for i, entry in enumerate(entries) for pair in pairs_of(entry)]
    return Listed([path for path, _ in placed], [pair for _, pair in placed], list(full))


def _without_effect(listed: Listed, known: Collection[str]) -> Iterator[Problem]:
    """Warn of correlations of a number that is the same on every path."""
    for path, pair in zip(listed.paths, listed.written, strict=True):
        for name in (name for name in pair[:2] if name in known):
            message = f"{name!r} is one known number: its correlation changes nothing"
            yield Problem(
                path, message, "give it a distribution, or leave it out", code="no_effect", severity="warning"
            )


def _unknown_shock(scenario: Scenario, name: str) -> Sentences:
    movers = _movers(scenario, name) if name in scenario.processes else []
    advice = f"it follows others: correlate {' or '.join(movers)}" if movers else nearest_help(name, scenario.shocked)
    return f"{name!r} is not a driver with shocks", advice


def _movers(scenario: Scenario, name: str) -> list[str]:
    """Give the drivers with shocks that a driver without any follows, also by way of others."""
    found, asked = {name}, [name]
    while asked:
        process = scenario.processes[asked.pop()]
        new = {row.split(".")[0] for row in process.needs | process.reads} & scenario.processes.keys() - found
        found |= new
        asked += sorted(new - scenario.shocked.keys())
    return [each for each in scenario.shocked if each in found]


def _unknown_parameter(anew: Collection[str], named: Collection[str], name: str) -> Sentences:
    if name in anew:
        return f"{name!r} is drawn each time anew, and so is no number of the path", ""
    return f"{name!r} is not a parameter of this scenario", nearest_help(name, named)


def _pairs(listed: Listed, known: Collection[str], unknown: Unknown) -> Iterator[Problem]:
    """Report what is wrong with the pairs as they are written."""
    written = zip(listed.paths, listed.written, strict=True)
    found = [problem for path, pair in written for problem in _pair(path, pair, known, unknown)]
    found += _repeated(listed)
    yield from found or _contradiction(listed)


def _pair(path: Path, pair: Pair, known: Collection[str], unknown: Unknown) -> Iterator[Problem]:
    a, b, rho = pair
    for name in (each for each in (a, b) if each not in known):
        yield Problem(path, *unknown(name), code="unknown_name")
    if not -1 <= rho <= 1:
        yield Problem(path, f"expected a correlation between -1 and 1, got {rho:g}", code="correlation")


def _repeated(listed: Listed) -> Iterator[Problem]:
    for i, (path, (a, b, _)) in enumerate(zip(listed.paths, listed.full, strict=True)):
        if a == b:
            yield Problem(path, f"{a!r} is correlated with itself", code="correlation")
        elif any({a, b} == {*earlier} for *earlier, _ in listed.full[:i]):
            yield Problem(path, f"{a!r} and {b!r} are correlated above", "leave one out", code="correlation")


def _contradiction(listed: Listed) -> Iterator[Problem]:
    # Pairs of few names alone: what is not stated counts as 0, so a beginning of the list may fail where the whole does not.
    for i in range(len(listed.full)):
        names = {name for a, b, _ in listed.full[: i + 1] for name in (a, b)}
        within = [j for j, (a, b, _) in enumerate(listed.full) if {a, b} <= names]
        pairs = [listed.full[j] for j in within]
        if not exist(pairs):
            worst, interval = _mendable(pairs)
            a, b, rho = pairs[worst]
            message = (
                f"no random numbers have these correlations together: with {rho:g} between {a!r} and {b!r} "
                "the matrix is not positive semidefinite"
            )
            advice = f"{_way_out(interval)}; {_nearest(listed.written)}"
            yield Problem(listed.paths[within[worst]], message, advice, code="correlation")
            return


def _nearest(pairs: Sequence[Pair]) -> str:
    """Offer the list of the nearest correlations that go together, each beside what was written."""
    before = {frozenset((a, b)): rho for a, b, rho in pairs}
    offered = nearest_pairs(pairs)
    listed = ", ".join(f"[{a}, {b}, {rho:g}]" for a, b, rho in offered)
    was = ", ".join(f"{before.get(frozenset((a, b)), 0.0):g}" for a, b, _ in offered)
    return f"or change all: the nearest correlations that go together are [{listed}], instead of {was}"


def _mendable(pairs: Sequence[Pair]) -> tuple[int, Interval | None]:
    """Find the last pair that another correlation would mend, and which; failing that, the last pair."""
    tried = ((i, compatible(pairs, i)) for i in reversed(range(len(pairs))))
    return next(((i, interval) for i, interval in tried if interval), (len(pairs) - 1, None))


def _way_out(interval: Interval | None) -> str:
    unlisted = "a pair that is not listed has correlation 0"
    if interval is None:
        return f"no change of one pair alone would do: weaken several ({unlisted})"
    low, high = interval
    fitting = f"{low:g}" if low == high else f"{low:g} to {high:g}"
    return f"beside the others this pair may have {fitting} ({unlisted})"
