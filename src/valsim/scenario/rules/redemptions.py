"""Whether the redemption rights of a document fit its calendar, and count from a date."""

from collections.abc import Iterator

from valsim.captable.security import Security
from valsim.core.errors import Path, Problem
from valsim.scenario.rules.context import Context


def redemption_problems(context: Context) -> Iterator[Problem]:
    """Report rights outside the run, and those of opening classes whose date of issue is not known."""
    for path, security in _securities(context):
        right = getattr(security, "redemption", None)
        if right is None:
            continue
        for problem in right.problems(context):
            yield problem.under((*path, "redemption"))
        if path[0] == "captable" and security.issued is None:
            message = "the return of a redemption counts from the issue of the class, whose date is not known"
            yield Problem(path, message, "say when it was issued, e.g. issued: 2024-02-01", "key")


def _securities(context: Context) -> Iterator[tuple[Path, Security]]:
    for name, security in context.scenario.captable.classes.items():
        yield ("captable", "classes", name), security
    for i, terms in enumerate(context.scenario.rounds):
        yield ("rounds", i, "series"), terms.series
