"""Judging a document that was read: each field by itself, then what they say together; every problem at once."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from valsim.core.block import Block
from valsim.core.errors import Problem
from valsim.scenario.explain import from_validation_error
from valsim.scenario.report_problems import scenario_error
from valsim.scenario.text.document import Document

B = TypeVar("B", bound=Block)


def valid(document: Document, block: type[B], half_read: Callable[[Mapping[str, Any]], Iterable[Problem]]) -> B:
    """Give a document as a block; raise :class:`~valsim.core.errors.ScenarioError` where a field is wrong.

    Then ``half_read`` reports what the readable parts of its plain data have to say.
    """
    try:
        return block.model_validate(document.data)
    except ValidationError as error:
        wrong = [*from_validation_error(error, document), *half_read(document.data)]
        raise scenario_error(wrong, document) from None


def sound(document: Document, found: Iterable[Problem]) -> tuple[Problem, ...]:
    """Give the warnings among what was found; raise :class:`~valsim.core.errors.ScenarioError` where it is more than that."""
    found = tuple(found)
    wrong = [problem for problem in found if problem.severity == "error"]
    if wrong or document.problems:
        raise scenario_error(wrong, document)
    return tuple(problem for problem in found if problem.severity == "warning")
