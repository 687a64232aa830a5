"""Whether the correlations of a document name what can be correlated, and go together."""

from collections.abc import Callable, Collection, Iterator, Sequence

from valsim.core.block import nearest_help
from valsim.core.errors import Path, Problem
from valsim.core.parameter import parameters
from valsim.scenario.correlations import Pair
from valsim.scenario.model import Scenario
from valsim.scenario.rules.compatible import Interval, compatible, exist


def correlation_problems(scenario: Scenario) -> Iterator[Problem]:
    """Report pairs of unknown names, pairs that are stated twice, and pairs that contradict each other."""
    stated = scenario.correlations
    named = {
        ".".join(map(str, path)): parameter.known for path, parameter in parameters(scenario) if parameter.drawn_once
    }
    short = {_short(name): known for name, known in named.items()}
    yield from _pairs(stated.shocks, stated.shocks, scenario.shocked, _unknown_shock, "shocks")
    drawn = [name for name, known in (named | short).items() if not known]
    yield from _pairs(
        stated.parameters, scenario.correlated_parameters, named | short, _unknown_parameter, "parameters"
    )
    yield from _without_effect(stated.parameters, {*named, *short} - {*drawn})


def _short(name: str) -> str:
    """Give the name by which a parameter is also called: ``arr.growth``, ``multiple.start``, ``ai_labs.mean``."""
    room, _, rest = name.partition(".")
    return (
        rest.replace(".multiple.", ".", 1) if room == "sectors" else rest if room in {"drivers", "valuation"} else name
    )


def _without_effect(pairs: Sequence[Pair], known: Collection[str]) -> Iterator[Problem]:
    """Warn of correlations of a number that is the same on every path."""
    for i, pair in enumerate(pairs):
        for name in (name for name in pair[:2] if name in known):
            message = f"{name!r} is one known number: its correlation changes nothing"
            advice = "give it a distribution, or leave the pair out"
            yield Problem(("correlations", "parameters", i), message, advice, code="no_effect", severity="warning")


def _unknown_shock(name: str) -> str:
    return f"{name!r} is not a driver with shocks"


def _unknown_parameter(name: str) -> str:
    return f"{name!r} is not a parameter of this scenario"


def _pairs(
    pairs: Sequence[Pair], full: Sequence[Pair], known: Collection[str], unknown: Callable[[str], str], key: str
) -> Iterator[Problem]:
    """Report what is wrong with the pairs as they are written; ``full`` holds the same pairs by their full names."""
    path = ("correlations", key)
    found = [problem for i, pair in enumerate(pairs) for problem in _pair((*path, i), pair, known, unknown)]
    found += _repeated(full, path)
    yield from found or _contradiction(full, path)


def _pair(path: Path, pair: Pair, known: Collection[str], unknown: Callable[[str], str]) -> Iterator[Problem]:
    a, b, rho = pair
    for name in (each for each in (a, b) if each not in known):
        yield Problem(path, unknown(name), nearest_help(name, known), code="unknown_name")
    if not -1 <= rho <= 1:
        yield Problem(path, f"expected a correlation between -1 and 1, got {rho:g}", code="correlation")


def _repeated(full: Sequence[Pair], path: Path) -> Iterator[Problem]:
    for i, (a, b, _) in enumerate(full):
        if a == b:
            yield Problem((*path, i), f"{a!r} is correlated with itself", code="correlation")
        elif any({a, b} == {*earlier} for *earlier, _ in full[:i]):
            yield Problem((*path, i), f"{a!r} and {b!r} are correlated above", "leave one out", code="correlation")


def _contradiction(full: Sequence[Pair], path: Path) -> Iterator[Problem]:
    # Pairs of few names alone: what is not stated counts as 0, so a beginning of the list may fail where the whole does not.
    for i in range(len(full)):
        names = {name for a, b, _ in full[: i + 1] for name in (a, b)}
        within = [j for j, (a, b, _) in enumerate(full) if {a, b} <= names]
        pairs = [full[j] for j in within]
        if not exist(pairs):
            worst, interval = _mendable(pairs)
            a, b, rho = pairs[worst]
            message = (
                f"no random numbers have these correlations together: with {rho:g} between {a!r} and {b!r} "
                "the matrix is not positive semidefinite"
            )
            yield Problem((*path, within[worst]), message, _way_out(interval), code="correlation")
            return


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
