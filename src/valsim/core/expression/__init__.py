"""Formulas and conditions as data: read once, checked for units once, evaluated on all paths at a time."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Self

import numpy as np
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from valsim.core.block import HOLDS, custom_error, shown
from valsim.core.errors import ExpressionError
from valsim.core.expression.evaluate import FUNCTIONS, Node
from valsim.core.expression.parse import parse
from valsim.core.rows import Bools, Row, Rows
from valsim.core.unit import Unit

__all__ = ["FUNCTIONS", "Expression", "ExpressionError"]


@dataclass(frozen=True)
class Expression:
    """A formula or condition over named rows.

    >>> gate = Expression.parse("revenue >= 150M USD/year and runway < 9 months")
    >>> sorted(gate.names)
    ['revenue', 'runway']
    >>> bool(gate({"revenue": 2e8, "runway": 0.5}))
    True
    """

    text: str
    """The formula as it was written."""
    root: Node = field(repr=False, compare=False)

    @classmethod
    def parse(cls, text: str, asked: Collection[str] = ()) -> Self:
        """Read a formula; raise :class:`ExpressionError` with the characters to underline.

        ``asked`` are words that are one name together with who stands in parentheses behind them.

        >>> sorted(Expression.parse("moic(Lead Fund) - 3", {"moic"}).names)
        ['moic(Lead Fund)']
        """
        return cls(text, parse(text, asked))

    @cached_property
    def names(self) -> frozenset[str]:
        """The rows that the formula reads."""
        return self.root.names

    @cached_property
    def conjuncts(self) -> tuple[str, ...]:
        """The conditions joined by ``and``, each as it was written; one for a formula without."""
        return tuple(self.text[slice(*node.span)] for node in self.root.conjuncts())

    def unit(self, units: Mapping[str, Unit]) -> Unit:
        """Give the unit of the result, ``BOOL`` for a condition.

        Raises :class:`ExpressionError` for an unknown name or units that do not fit.
        """
        return self.root.unit(units)

    def __call__(self, rows: Rows) -> Row:
        """Give the value on every path, shape ``(n_paths,)`` or a scalar, in base dimensions.

        A division by zero gives an infinity or a NaN on its path, as NumPy does, without a warning.
        """
        with np.errstate(all="ignore"):
            value: Row = self.root.evaluate(rows)
        return value

    def why_not(self, rows: Rows) -> dict[str, Bools]:
        """Give, for each condition joined by ``and``, its text and where it is false."""
        with np.errstate(all="ignore"):
            return {self.text[slice(*node.span)]: np.logical_not(node.evaluate(rows)) for node in self.root.conjuncts()}

    def __str__(self) -> str:
        return self.text

    @classmethod
    def _validate(cls, raw: Any) -> Self:
        if isinstance(raw, cls):
            return raw
        try:
            return cls.parse(_text(raw))
        except ExpressionError as error:
            raise custom_error("expression", error.message, error.help, error.span) from None

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls._validate, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        examples = ["revenue >= 150M USD/year and runway < 9 months"]
        return {"type": ["string", "number"], "examples": examples, HOLDS: "a formula"}


def _text(raw: Any) -> str:
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        message = f"expected a formula such as revenue >= 150M USD/year, got {shown(raw)}"
        raise custom_error("expression", message)
    return str(raw)
