"""Read a method of valuation that stands in a file of its own, such as a hybrid of an option-pricing part and stated outcomes."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pydantic_core import PydanticCustomError

from valsim.core.errors import Problem
from valsim.core.parameter import Parameter, plain_amounts
from valsim.core.walk import walk
from valsim.scenario.judge import sound, valid
from valsim.scenario.report_problems import scenario_error
from valsim.scenario.rules.percentages import percentage_problems
from valsim.scenario.rules.provenance import currencies
from valsim.scenario.rules.readable import told_by_blocks
from valsim.scenario.rules.thousands import thousands_problems
from valsim.scenario.text.document import Document
from valsim.value.fair_value.method import Method


class JudgedMethod(NamedTuple):
    """A method in which nothing is wrong, and what is legal but suspicious in it."""

    method: Method
    warnings: tuple[Problem, ...] = ()


def is_method(document: Document) -> bool:
    """Say whether a document is a method of valuation, by the kind at its top."""
    return document.data.get("kind") in Method.kinds


def judged_method(document: Document, currency: str = "") -> JudgedMethod:
    """Validate and check a method for a cap table in a currency; raise :class:`~valsim.core.errors.ScenarioError` with every problem.

    Amounts may be plain numbers, in the currency of the cap table.
    """
    kind = _kind(document)

    def half_read(data: Mapping[str, Any]) -> list[Problem]:
        return told_by_blocks(kind, data)

    with plain_amounts():
        method = valid(document, kind, half_read)
    return JudgedMethod(method, sound(document, _problems(method, document, currency)))


def _kind(document: Document) -> type[Method]:
    try:
        return Method.named(document.data)
    except PydanticCustomError as error:
        place = (Method.tag,) if Method.tag in document.data else ()
        problem = Problem(place, error.message(), str((error.context or {}).get("help", "")), code="kind")
        raise scenario_error([problem], document) from None


def _problems(method: Method, document: Document, currency: str) -> Iterator[Problem]:
    yield from method.problems(None)
    yield from percentage_problems(method)
    yield from thousands_problems(method, document)
    for path, number in walk(method):
        foreign = (
            [code for code in currencies(number) if currency and code != currency]
            if isinstance(number, Parameter)
            else []
        )
        if foreign:
            message = f"the cap table is in {currency}, got {number.given!r}"
            yield Problem(path, message, f"convert {foreign[0]} at a dated rate and say so in a note", code="currency")
        elif isinstance(number, Parameter) and not number.known:
            message = "this number is drawn: a method is worked out at its median"
            yield Problem(path, message, "state one number", code="median", severity="warning")
