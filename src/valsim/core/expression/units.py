"""The unit rules of formulas: what may be added, compared, multiplied or raised to a power."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from valsim.core.errors import ExpressionError
from valsim.core.unit import BOOL, ONE, Unit

Span: TypeAlias = tuple[int, int]
"""The characters of a formula's text, first and one past the last."""


class Measured(NamedTuple):
    """The unit of one operand and where it stands."""

    unit: Unit
    span: Span


Rule: TypeAlias = Callable[[Sequence[Measured], Span], Unit]
"""Gives the unit of an operation on operands, or raises :class:`ExpressionError` for its span."""


def words(unit: Unit) -> str:
    """Name a unit inside a sentence."""
    return {ONE: "a plain number", BOOL: "a condition"}.get(unit, unit.plural)


def numbers(terms: Sequence[Measured], span: Span) -> Unit:
    """Take numbers only; give the unit of the first."""
    del span
    for unit, place in terms:
        if unit == BOOL:
            raise ExpressionError("expected a number, got a condition", place, "choose with if(condition, a, b)")
    return terms[0].unit


def alike(terms: Sequence[Measured], span: Span, *, verb: str) -> Unit:
    """Take numbers of one unit and give that unit."""
    first = numbers(terms, span)
    for other, _ in terms[1:]:
        if other != first:
            raise ExpressionError(f"cannot {verb} {words(first)} and {words(other)}", span, _advice(first, other))
    return first


def compared(terms: Sequence[Measured], span: Span) -> Unit:
    """Take numbers of one unit and give a condition."""
    alike(terms, span, verb="compare")
    return BOOL


def product(terms: Sequence[Measured], span: Span) -> Unit:
    """Multiply the units of two numbers."""
    numbers(terms, span)
    return terms[0].unit * terms[1].unit


def quotient(terms: Sequence[Measured], span: Span) -> Unit:
    """Divide the units of two numbers."""
    numbers(terms, span)
    return terms[0].unit / terms[1].unit


def root(terms: Sequence[Measured], span: Span) -> Unit:
    """Take the square root of a unit."""
    return numbers(terms, span) ** Fraction(1, 2)


def plain(terms: Sequence[Measured], span: Span) -> Unit:
    """Take plain numbers and give one."""
    for unit, place in terms:
        numbers([Measured(unit, place)], span)
        if unit != ONE:
            advice = "divide by a reference value first, as in latency / 900 ms"
            raise ExpressionError(f"expected a plain number, got {words(unit)}", place, advice)
    return ONE


def truths(terms: Sequence[Measured], span: Span) -> Unit:
    """Take conditions and give one."""
    del span
    for unit, place in terms:
        if unit != BOOL:
            raise ExpressionError(f"expected a condition, got {words(unit)}", place, "compare it with something")
    return BOOL


def choice(terms: Sequence[Measured], span: Span) -> Unit:
    """Take a condition and two branches of one unit; give the unit of the branches."""
    condition, one, other = terms
    truths([condition], span)
    if one.unit == other.unit == BOOL:
        return BOOL
    return alike([one, other], span, verb="choose between")


def power(base: Measured, exponent: Measured, rational: Fraction | None) -> Unit:
    """Raise a unit to a constant whole number or quotient of whole numbers; a plain number to anything plain."""
    numbers([base], base.span)
    plain([exponent], exponent.span)
    if base.unit == ONE:
        return ONE
    if rational is None:
        advice = "divide by a reference value first, as in (latency / 900 ms) ^ 0.2"
        raise ExpressionError(f"expected a plain number below ^, got {words(base.unit)}", base.span, advice)
    return base.unit**rational


def _advice(one: Unit, other: Unit) -> str:
    if ONE in (one, other) and BOOL not in (one, other):
        return f"give the plain number the unit {words(other if one == ONE else one)}"
    return other.advice_for(one)
