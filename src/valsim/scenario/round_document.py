"""The document of a round that stands alone: what a scenario says under ``rounds``, with numbers for formulas."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

from pydantic import Field, ModelWrapValidatorHandler, model_validator

from valsim.captable.financing.closing import Closing
from valsim.captable.financing.round import Round
from valsim.captable.security import Security
from valsim.captable.security.common import Common
from valsim.core.block import LIKE
from valsim.core.effect import Effect
from valsim.core.errors import Path, Problem
from valsim.core.expression import Expression
from valsim.core.parameter import plain_amounts
from valsim.scenario.captable_document import CapTableDocument
from valsim.scenario.currency import Currency

ONE_CLOSING = frozenset(Closing.model_fields) - frozenset(Round.model_fields)
"""The keys of a closing that may stand at the top of a round that has one."""
UNDECIDED = (
    *("when", "between", "probability", "default", "tries_again", "if_not_met", "if_funded", "if_failed", "if_lapsed"),
    *("in_kind", "use_of_proceeds"),
)
"""The keys of a closing that say whether it happens and what follows, of the money too; alone, it happens and nothing follows."""


class RoundDocument(Round):
    """A round in a file of its own, with one closing whose keys stand at the top, or with several.

    Amounts may be plain numbers: ``new_money: 4_000_000`` is in the currency of the cap table.
    """

    example = "{name: series_b, new_money: 4M, pre_money_valuation: 16M, series: {kind: preferred, liquidation_preference_multiple: 1, participation: none, seniority: 2}}"

    name: str = "round"
    """What the round is called; its shares are a series of this name."""
    series: Security = Field(default=Common(), json_schema_extra={LIKE: True})
    """The terms of the new shares, without an amount; ``like:`` takes them from a class. Without them, common shares."""
    currency: Currency = Field(default="", examples=["USD"])
    """The currency of every amount, as its three-letter code; without it, that of the cap table."""

    @model_validator(mode="wrap")
    @classmethod
    def _one_closing_may_stand_at_the_top(cls, value: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        with plain_amounts():
            return handler(_with_closings(value))


def _with_closings(value: Any) -> Any:
    if not isinstance(value, Mapping) or "closings" in value:
        return value
    closing = {key: each for key, each in value.items() if key in ONE_CLOSING}
    kept = {key: each for key, each in value.items() if key not in ONE_CLOSING}
    return {**kept, "closings": [{"name": kept.get("name", "round"), **closing}]}


@dataclass(frozen=True)
class RoundContext:
    """What the blocks of a round may ask about the cap table around it; its answers are problems, relative to the block."""

    captable: CapTableDocument

    @property
    def currency(self) -> str:
        """The currency of the cap table."""
        return self.captable.currency

    @property
    def has_pool(self) -> bool:
        """Whether the cap table has an option pool."""
        return any(security.is_pool for security in self.captable.classes.values())

    @property
    def convertibles(self) -> tuple[str, ...]:
        """The classes that the round converts."""
        return self.captable.convertibles

    def formula(self, path: Path, expression: Expression, unit: str) -> Iterator[Problem]:
        """Report a formula: there are no rows that it could read."""
        del unit
        message = f"a round alone has nothing that the formula {str(expression)!r} could read"
        yield Problem(path, message, "state a number; valsim run works formulas out", code="expression")

    def amount(self, path: Path, value: Any, unit: str) -> Iterator[Problem]:
        """Report a formula; numbers were checked when they were read."""
        return self.formula(path, value, unit) if isinstance(value, Expression) else iter(())

    def condition(self, path: Path, expression: Expression | None) -> Iterator[Problem]:
        """Report nothing: alone, a closing happens."""
        del path, expression
        return iter(())

    def effects(self, path: Path, effects: Mapping[str, Effect]) -> Iterator[Problem]:
        """Report nothing: alone, nothing follows from a closing."""
        del path, effects
        return iter(())
