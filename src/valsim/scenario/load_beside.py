"""Read a block that stands in a file of its own beside a cap table, in whose currency its amounts are."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from valsim.core.block import Block
from valsim.core.errors import Problem
from valsim.core.parameter import Parameter, plain_amounts
from valsim.core.walk import walk
from valsim.scenario.judge import sound, valid
from valsim.scenario.rules.percentages import percentage_problems
from valsim.scenario.rules.provenance import currencies
from valsim.scenario.rules.readable import told_by_blocks
from valsim.scenario.rules.thousands import thousands_problems
from valsim.scenario.text.document import Document

B = TypeVar("B", bound=Block)


def judged_beside(document: Document, kind: type[B], currency: str) -> tuple[B, tuple[Problem, ...]]:
    """Validate and check a block, and give it with what is suspicious in it.

    Amounts may be plain numbers, in the currency of the cap table. Raises :class:`~valsim.core.errors.ScenarioError` with every
    problem.
    """

    def half_read(data: Mapping[str, Any]) -> list[Problem]:
        return told_by_blocks(kind, data)

    with plain_amounts():
        block = valid(document, kind, half_read)
    return block, sound(document, (*problems_beside(block, currency), *thousands_problems(block, document)))


def problems_beside(block: Block, currency: str) -> Iterator[Problem]:
    """Report what is wrong or suspicious in a block beside a cap table in a currency, whether or not it stands in a document."""
    yield from block.problems(None)
    yield from percentage_problems(block)
    for path, number in walk(block):
        if isinstance(number, Parameter):
            yield from _of_number(path, number, currency)


def _of_number(path: tuple[str | int, ...], number: Parameter, currency: str) -> Iterator[Problem]:
    foreign = [code for code in currencies(number) if currency and code != currency]
    if foreign:
        message = f"the cap table is in {currency}, got {number.given!r}"
        yield Problem(path, message, f"convert {foreign[0]} at a dated rate and say so in a note", code="currency")
    if not number.known:
        message = "this number is drawn: what stands beside a cap table is worked out at its median"
        yield Problem(path, message, "state one number", code="median", severity="warning")
