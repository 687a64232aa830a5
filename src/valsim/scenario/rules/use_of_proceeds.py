"""Whether the uses of the money that is raised add up, and each split of a closing names them."""

from collections.abc import Iterator, Mapping
from typing import Any

from valsim.core.block import nearest_help
from valsim.core.errors import Path, Problem
from valsim.core.parameter import middle
from valsim.scenario.rules.context import Context

ROUNDING = 1e-9
"""How far the shares may be from one in all."""


def use_problems(context: Context) -> Iterator[Problem]:
    """Report shares that do not add up, uses that no closing pays for, and splits between uses that do not exist."""
    uses, path = context.scenario.use_of_proceeds, ("use_of_proceeds",)
    for name, use in uses.items():
        yield from (problem.under((*path, name)) for problem in use.problems(context))
    yield from _adding_up(path, {name: use.share for name, use in uses.items()}, "share")
    if uses and not context.scenario.rounds:
        message = "without effect: the scenario has no rounds, so that no money comes in"
        yield Problem(path, message, "add rounds, or leave it out", "key", "no_effect", severity="warning")
    for i, terms in enumerate(context.scenario.rounds):
        for j, closing in enumerate(terms.closings):
            yield from _split(("rounds", i, "closings", j, "use_of_proceeds"), closing.use_of_proceeds, uses)


def _split(path: Path, split: Mapping[str, Any], uses: Mapping[str, Any]) -> Iterator[Problem]:
    for name in (name for name in split if name not in uses):
        known = f"there is {', '.join(uses)}" if uses else "describe it under use_of_proceeds at the top level"
        yield Problem((*path, name), f"no use {name!r}", nearest_help(name, uses) or known, "key", "unknown_name")
    yield from _adding_up(path, split)


def _adding_up(path: Path, shares: Mapping[str, Any], *key: str) -> Iterator[Problem]:
    drawn = [name for name, share in shares.items() if not getattr(share, "known", True)]
    for name in drawn:
        message = f"expected one share, got a distribution: {shares[name].given!r}"
        yield Problem((*path, name, *key), message, "the shares add up to 100 % on every path: state each as a number")
    whole = sum(map(middle, shares.values()))
    if shares and not drawn and abs(whole - 1) > ROUNDING:
        listed = ", ".join(f"{name} {100 * middle(share):g} %" for name, share in shares.items())
        message = f"the shares add up to 100 %, got {100 * whole:g} %: {listed}"
        rest = (
            f"what is not spent stays in cash, e.g. runway: {{share: {100 * (1 - whole):g}%}}"
            if key
            else "state the rest"
        )
        yield Problem(
            path,
            message,
            rest if whole < 1 else "lower one of them, or take one of a file beneath away with null",
            "key",
            "domain",
        )
