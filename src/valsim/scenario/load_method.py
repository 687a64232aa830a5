"""Read a method of valuation that stands in a file of its own, such as a hybrid of an option-pricing part and stated outcomes."""

from typing import NamedTuple

from pydantic_core import PydanticCustomError

from valsim.core.errors import Problem
from valsim.scenario.load_beside import judged_beside
from valsim.scenario.report_problems import scenario_error
from valsim.scenario.text.document import Document
from valsim.value.fair_value.method import Method


class JudgedMethod(NamedTuple):
    """A method in which nothing is wrong, and what is legal but suspicious in it."""

    method: Method
    warnings: tuple[Problem, ...] = ()


def judged_method(document: Document, currency: str = "") -> JudgedMethod:
    """Validate and check a method for a cap table in a currency; raise :class:`~valsim.core.errors.ScenarioError` with every problem."""
    return JudgedMethod(*judged_beside(document, _kind(document), currency))


def _kind(document: Document) -> type[Method]:
    try:
        return Method.named(document.data)
    except PydanticCustomError as error:
        place = (Method.tag,) if Method.tag in document.data else ()
        problem = Problem(place, error.message(), str((error.context or {}).get("help", "")), code="kind")
        raise scenario_error([problem], document) from None
