"""Amounts: a field that holds either a number or a formula."""

from dataclasses import dataclass
from typing import Annotated, Any, TypeAlias

import numpy as np
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from valsim.core.block import HOLDS, custom_error
from valsim.core.errors import ExpressionError
from valsim.core.expression import Expression
from valsim.core.parameter import FRACTION, FREQUENCY, HAZARD, MONEY, Domain, Parameter
from valsim.core.rows import Row, Rows


@dataclass(frozen=True)
class NumberOrFormula:
    """What a field may hold that takes a number, a distribution or a formula over the rows."""

    domain: Domain

    def parse(self, raw: Any) -> Parameter | Expression:
        """Read a number if it is one, else a formula."""
        try:
            return self.domain.parse(raw)
        except PydanticCustomError as error:
            if not isinstance(raw, str) or error.type != "number":
                raise
            return _formula(raw, error)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.parse)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        number = self.domain.__get_pydantic_json_schema__(schema, handler)
        kept = {key: value for key, value in number.items() if key != "pattern"}
        return kept | {HOLDS: f"{self.domain}, or a formula"}


def _formula(text: str, not_a_number: PydanticCustomError) -> Expression:
    try:
        expression = Expression.parse(text)
    except ExpressionError as error:
        raise custom_error("expression", error.message, error.help, error.span) from None
    if not expression.names:
        raise not_a_number
    return expression


def amount(value: Any, rows: Rows) -> Row:
    """Give an amount now: a realised number as it is, a formula evaluated, shape ``(n_paths,)``."""
    return np.asarray(value(rows) if callable(value) else value)


MoneyAmount: TypeAlias = Annotated[Any, NumberOrFormula(Domain(MONEY, at_least=0.0))]
"""Money: a number, a distribution or a formula."""
ChanceAmount: TypeAlias = Annotated[Any, NumberOrFormula(Domain(FRACTION, at_least=0.0, at_most=1.0))]
"""A probability: a number, a distribution or a formula."""
HazardAmount: TypeAlias = Annotated[Any, NumberOrFormula(Domain(HAZARD, at_least=0.0, doubted_from=5.0))]
"""A chance per unit of time: a number, a distribution or a formula."""
ChanceBelowOne: TypeAlias = Annotated[Any, NumberOrFormula(Domain(FRACTION, at_least=0.0, below=1.0))]
"""A probability below 1: a number, a distribution or a formula."""
FrequencyAmount: TypeAlias = Annotated[Any, NumberOrFormula(Domain(FREQUENCY, at_least=0.0))]
"""How often something happens a year: a number, a distribution or a formula."""
