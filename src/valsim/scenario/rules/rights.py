"""Whether the rights of the classes of a document fit the rest of it: its rows, its calendar, its dates of issue."""

from collections.abc import Iterator

from valsim.captable.cap_table import CapTable
from valsim.captable.ledger import OTHERS
from valsim.captable.security import Security
from valsim.core.errors import Path, Problem
from valsim.scenario.rules.context import Context


def right_problems(context: Context) -> Iterator[Problem]:
    """Report rights that do not fit the document, and redemptions of opening classes whose date of issue is not known."""
    for path, security in _securities(context):
        for name, right in security.rights().items():
            for problem in right.problems(context):
                yield problem.under((*path, name))
        if path[0] == "captable" and security.issued is None and getattr(security, "redemption", None) is not None:
            message = "the return of a redemption counts from the issue of the class, whose date is not known"
            yield Problem(path, message, "say when it was issued, e.g. issued: 2024-02-01", "key")


def founder_problems(captable: CapTable) -> Iterator[Problem]:
    """Report founders who hold nothing in a cap table alone; paths start at its own keys."""
    for name, security in captable.classes.items():
        adjustment = getattr(security, "valuation_adjustment", None)
        for problem in () if adjustment is None else adjustment.unknown_founders((*captable.positions, OTHERS)):
            yield problem.under(("classes", name, "valuation_adjustment"))


def _securities(context: Context) -> Iterator[tuple[Path, Security]]:
    for name, security in context.scenario.captable.classes.items():
        yield ("captable", "classes", name), security
    for i, terms in enumerate(context.scenario.rounds):
        yield ("rounds", i, "series"), terms.series
