"""Measures on the command line: a formula that cannot be asked is told with the characters to underline."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from valsim.core.errors import ExpressionError, Problem, ScenarioError, ValsimError
from valsim.scenario.report_problems import report_placed
from valsim.scenario.text.document import Placed, Region, Source


@contextmanager
def read_from(option: str, text: str) -> Iterator[None]:
    """Tell what is wrong with a formula that an option gives as problems of a document are told.

    Raises:
        ScenarioError: with the option as the text that is wrong.
    """
    try:
        yield
    except ExpressionError as error:
        before = f"{option} "
        start, end = (len(before) + column for column in error.span)
        source = Source(option, before + text, numbered=False)
        problem = Problem((), error.message, error.help, code="expression")
        placed = Placed(problem, Region(0, (0, start), (0, end)))
        raise ScenarioError((problem,), report_placed([placed], [source])) from None


@contextmanager
def refused_by(option: str) -> Iterator[None]:
    """Tell what an option asks for in vain as a mistake of the call."""
    try:
        yield
    except (ScenarioError, ExpressionError):
        raise
    except ValsimError as error:
        raise typer.BadParameter(str(error), param_hint=option) from None
