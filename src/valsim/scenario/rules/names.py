"""Names that mean something else already."""

from collections.abc import Collection, Iterable, Iterator

from valsim.captable.cap_table import CapTable
from valsim.captable.ledger import OTHERS, UNISSUED
from valsim.core.errors import Path, Problem
from valsim.core.parameter import FORM_KEYS

FIRST = frozenset({"transaction_costs", "carve_out"})
"""What those are called who are paid before any class, besides lenders."""


def taken(path: Path, names: Iterable[str], known: Collection[str]) -> Iterator[Problem]:
    """Report the names below a path that are known for something else."""
    for name in (name for name in names if name in known):
        yield Problem((*path, name), f"the name {name!r} is taken", "give it another name", "key", "name")


def cap_table_names(captable: CapTable) -> Iterator[Problem]:
    """Report classes called as a form of a number, which would be read as one, and those who are paid called as others are."""
    yield from taken(("classes",), captable.classes, FORM_KEYS | FIRST)
    yield from taken(("debt",), captable.debt, {*captable.classes, *FIRST})
    yield from taken(("positions",), captable.positions, {OTHERS, UNISSUED})
