"""Formulas of measures: arithmetic between numbers of a result, such as ``present_value(me) - invested(me)``."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple, Self, cast

from valsim.analysis.measure import MEASURES, Measure
from valsim.analysis.measure.base import Counts
from valsim.analysis.measured import Measured
from valsim.core.block import nearest_help
from valsim.core.errors import ExpressionError
from valsim.core.expression import Expression
from valsim.core.expression.evaluate import Name
from valsim.core.expression.tokens import tokens
from valsim.core.rows import Rows
from valsim.core.unit import BOOL, Unit
from valsim.result import Result
from valsim.scenario.model import Scenario


class Question(NamedTuple):
    """A measure, and of whom it is asked, as it stands in a formula."""

    measure: Measure
    whom: str
    span: tuple[int, int]

    @classmethod
    def read(cls, name: str, span: tuple[int, int]) -> Self:
        """Read a name such as ``moic(me)``; raise :class:`ExpressionError` where it is that of no measure."""
        word, _, rest = name.partition("(")
        if word not in MEASURES:
            advice = nearest_help(word, MEASURES) or f"known are {', '.join(sorted(MEASURES))}"
            raise ExpressionError(f"there is no measure '{word}'", span, advice)
        return cls(MEASURES[word], rest.removesuffix(")"), span)

    def key(self, scenario: Scenario) -> tuple[str, ...]:
        """Give how a result of the scenario names who is asked; raise :class:`ExpressionError` where there is no such."""
        of, name = self.measure.of, self.measure.name
        known = of.names(scenario)
        if self.whom in known:
            return known[self.whom]
        among = f"known are {', '.join(known)}" if any(known) else "the scenario has none"
        if not of.word:
            raise ExpressionError(f"{name} is asked of the company as a whole", self.span, f"write {name} alone")
        if not self.whom:
            raise ExpressionError(f"{name} is asked of {of.word}, such as {self.measure.example}", self.span, among)
        raise ExpressionError(
            f"there is no {of.noun} '{self.whom}'", self.span, nearest_help(self.whom, known) or among
        )


@dataclass(frozen=True)
class Formula:
    """A number made of measures; its error knows how they move together.

    >>> Formula.parse("present_value(me) - invested(me)").text
    'present_value(me) - invested(me)'
    """

    text: str
    """The formula as it was written."""
    expression: Expression
    questions: dict[str, Question]
    """What it asks of a result, by the names in it."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a formula; raise :class:`ExpressionError` with the characters to underline."""
        expression = Expression.parse(text, MEASURES)
        return cls(text, expression, dict(_questions(text)))

    def unit(self, scenario: Scenario) -> Unit:
        """Give the unit of the number; raise :class:`ExpressionError` where units do not fit, or somebody is not in the scenario."""
        for question in self.questions.values():
            question.key(scenario)
        currency = scenario.currency
        unit = self.expression.unit({name: asked.measure.unit(currency) for name, asked in self.questions.items()})
        if unit == BOOL:
            span = (0, len(self.text))
            raise ExpressionError("expected a number, got a condition", span, "leave the comparison out")
        return unit

    @property
    def is_one_measure(self) -> bool:
        """Whether it is a measure alone, without arithmetic."""
        return isinstance(self.expression.root, Name) and len(self.questions) == 1

    def counts(self, currency: str) -> Counts:
        """Say what the number counts, in a scenario of this currency: what its only measure does, else money or a plain number."""
        asked = [each.measure for each in self.questions.values()]
        if self.is_one_measure:
            return asked[0].counts
        unit = self.expression.unit({name: each.measure.unit(currency) for name, each in self.questions.items()})
        return "money" if unit == Unit.of(currency) else "number"

    def __call__(self, result: Result) -> Measured:
        """Estimate the number from a result."""
        rows = {
            name: asked.measure.of_result(result, *asked.key(result.scenario)) for name, asked in self.questions.items()
        }
        found: Any = self.expression(cast("Rows", rows))  # formulas work on all that NumPy's functions work on
        return found if isinstance(found, Measured) else Measured(float(found))


def _questions(text: str) -> Iterator[tuple[str, Question]]:
    """Read the names of a formula that are no functions, in their order."""
    for token, following in pairwise(tokens(text, MEASURES)):
        if token.kind == "name" and following.kind != "(":
            yield token.text, Question.read(token.text, token.span)


def moved(error: ExpressionError, offset: int) -> ExpressionError:
    """Give an error of a formula that begins so many characters behind the start of the text."""
    first, last = error.span
    return ExpressionError(error.message, (first + offset, last + offset), error.help)
