"""The parts of a formula; each knows the names it reads, its unit and its value on every path."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, partial, reduce
from typing import Any

import numpy as np

from valsim.core.block import nearest_help
from valsim.core.choose import choose
from valsim.core.errors import ExpressionError
from valsim.core.expression import units as rules
from valsim.core.expression.units import Measured, Rule, Span
from valsim.core.rows import Rows
from valsim.core.special import logistic
from valsim.core.unit import ONE, Unit, is_unit_word


@dataclass(frozen=True)
class Node(ABC):
    """A part of a formula and the characters it was read from."""

    span: Span

    @property
    @abstractmethod
    def names(self) -> frozenset[str]:
        """The rows that the part reads."""

    @abstractmethod
    def unit(self, units: Mapping[str, Unit]) -> Unit:
        """Give the unit; raise :class:`ExpressionError` where units do not fit or a name is unknown."""

    @abstractmethod
    def evaluate(self, rows: Rows) -> Any:
        """Give the value, shape ``(n_paths,)`` or a scalar."""

    def conjuncts(self) -> Iterator["Node"]:
        """List the conditions that must all hold for this one to hold."""
        yield self

    def rational(self) -> Fraction | None:
        """Give the exact value of a constant made of whole numbers, if it is one."""
        return None

    def with_literals(self, change: "Callable[[Literal], Literal]") -> "Node":
        """Give the same part with every number in it replaced."""
        del change
        return self


@dataclass(frozen=True)
class Literal(Node):
    """A number with its unit, in base dimensions."""

    exact: Fraction
    measured_in: Unit
    per: tuple[str, ...] = ()
    """The unit words written behind a slash, which could be mistaken for names."""

    @property
    def names(self) -> frozenset[str]:
        """No rows."""
        return frozenset()

    def unit(self, units: Mapping[str, Unit]) -> Unit:
        """Give the unit, unless a word behind a slash is a name as well."""
        for word in self.per:
            if word in units:
                advice = f"write '/ {word}' with blanks to divide by the name, 'per {_other_form(word)}' for the unit"
                raise ExpressionError(f"'{word}' is a unit and a name here", self.span, advice)
        return self.measured_in

    def evaluate(self, rows: Rows) -> Any:
        """Give the number."""
        del rows
        return self._value

    @cached_property
    def _value(self) -> np.float64:
        return np.float64(float(self.exact))

    def with_literals(self, change: "Callable[[Literal], Literal]") -> "Node":
        """Give the number that replaces this one."""
        return change(self)

    def rational(self) -> Fraction | None:
        """Give a plain whole number."""
        return self.exact if self.measured_in == ONE and self.exact.denominator == 1 else None


@dataclass(frozen=True)
class Name(Node):
    """A row read by its name."""

    name: str

    @property
    def names(self) -> frozenset[str]:
        """The row itself."""
        return frozenset((self.name,))

    def unit(self, units: Mapping[str, Unit]) -> Unit:
        """Look the unit up."""
        if self.name in units:
            return units[self.name]
        advice = nearest_help(self.name, units) or "add it under drivers, or name one that is there"
        if is_unit_word(self.name):
            advice = f"'{self.name}' is a unit: write it behind its number, without blanks around a slash"
        raise ExpressionError(f"unknown name '{self.name}'", self.span, advice)

    def evaluate(self, rows: Rows) -> Any:
        """Look the row up."""
        return rows[self.name]


@dataclass(frozen=True)
class Operator:
    """What an operation does with values and with units."""

    symbol: str
    function: Callable[..., Any]
    rule: Rule


@dataclass(frozen=True)
class Operation(Node):
    """An operator or function at work on its operands."""

    operator: Operator
    operands: tuple[Node, ...]

    @property
    def names(self) -> frozenset[str]:
        """The rows that the operands read."""
        return frozenset().union(*(operand.names for operand in self.operands))

    def unit(self, units: Mapping[str, Unit]) -> Unit:
        """Apply the operator's unit rule."""
        return self.operator.rule(self._measured(units), self.span)

    def evaluate(self, rows: Rows) -> Any:
        """Apply the operator to the values of the operands."""
        return self.operator.function(*(operand.evaluate(rows) for operand in self.operands))

    def with_literals(self, change: "Callable[[Literal], Literal]") -> "Node":
        """Give the operator at work on operands whose numbers are replaced."""
        return replace(self, operands=tuple(operand.with_literals(change) for operand in self.operands))

    def _measured(self, units: Mapping[str, Unit]) -> list[Measured]:
        return [Measured(operand.unit(units), operand.span) for operand in self.operands]


class Conjunction(Operation):
    """Conditions joined by ``and``."""

    def conjuncts(self) -> Iterator[Node]:
        """List the conditions of both sides."""
        for operand in self.operands:
            yield from operand.conjuncts()


class Negation(Operation):
    """A number with its sign changed."""

    def rational(self) -> Fraction | None:
        """Change the sign of a constant."""
        value = self.operands[0].rational()
        return None if value is None else -value


class Quotient(Operation):
    """A division."""

    def rational(self) -> Fraction | None:
        """Divide two constants."""
        above, below = (operand.rational() for operand in self.operands)
        return above / below if above is not None and below else None


class Power(Operation):
    """A power, whose unit depends on the value of the exponent."""

    def unit(self, units: Mapping[str, Unit]) -> Unit:
        """Raise the unit of the base."""
        base, exponent = self._measured(units)
        return rules.power(base, exponent, self.operands[1].rational())


def _least(*values: Any) -> Any:
    return reduce(np.minimum, values)


def _greatest(*values: Any) -> Any:
    return reduce(np.maximum, values)


def _choose(condition: Any, one: Any, other: Any) -> Any:
    return choose(condition, one, other)[()]


def _other_form(word: str) -> str:
    return word.removesuffix("s") if word.endswith("s") else word + "s"


PLUS = Operator("+", np.add, partial(rules.alike, verb="add"))
MINUS = Operator("-", np.subtract, partial(rules.alike, verb="subtract"))
TIMES = Operator("*", np.multiply, rules.product)
OVER = Operator("/", np.true_divide, rules.quotient)
RAISED = Operator("^", np.power, rules.numbers)
NEGATIVE = Operator("-", np.negative, rules.numbers)
AND = Operator("and", np.logical_and, rules.truths)
OR = Operator("or", np.logical_or, rules.truths)
NOT = Operator("not", np.logical_not, rules.truths)
COMPARISONS = {
    symbol: Operator(symbol, function, rules.compared)
    for symbol, function in {
        "<": np.less,
        "<=": np.less_equal,
        ">": np.greater,
        ">=": np.greater_equal,
        "==": np.equal,
    }.items()
}


@dataclass(frozen=True)
class Function:
    """A function that a formula may call and how many arguments it takes."""

    operator: Operator
    least: int = 1
    most: int = 1


FUNCTIONS = {
    "min": Function(Operator("min", _least, partial(rules.alike, verb="take the smallest of")), 2, 20),
    "max": Function(Operator("max", _greatest, partial(rules.alike, verb="take the largest of")), 2, 20),
    "exp": Function(Operator("exp", np.exp, rules.plain)),
    "log": Function(Operator("log", np.log, rules.plain)),
    "logistic": Function(Operator("logistic", logistic, rules.plain)),
    "sqrt": Function(Operator("sqrt", np.sqrt, rules.root)),
    "abs": Function(Operator("abs", np.abs, rules.numbers)),
    "if": Function(Operator("if", _choose, rules.choice), 3, 3),
}
"""The functions of the language, by name."""
