"""Whether a cap table can be opened, its names are free and its classes were issued by its date."""

from collections.abc import Iterator
from datetime import date

from valsim.captable.cap_table import CapTable
from valsim.captable.opening import cap_table_problems
from valsim.captable.senior.paid_first import senior_problems
from valsim.core.errors import Problem
from valsim.scenario.rules.names import cap_table_names


def cap_table_rules(captable: CapTable, as_of: date | None) -> Iterator[Problem]:
    """Report what is wrong with a cap table; paths start at its own keys."""
    yield from cap_table_names(captable)
    yield from cap_table_problems(captable.classes, captable.positions)
    yield from senior_problems(captable.senior, captable.positions)
    for name, security in captable.classes.items():
        if security.issued is not None and as_of is not None and security.issued > as_of:
            message = f"{security.issued} is after the document's {as_of}"
            yield Problem(("classes", name, "issued"), message, code="date")
