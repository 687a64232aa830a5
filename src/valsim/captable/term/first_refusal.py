"""Rights of first refusal: who may take shares that a holder sells, instead of the buyer."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from valsim.core.amount import ChanceAmount
from valsim.core.block import READING, Block, custom_error
from valsim.core.errors import Problem
from valsim.core.expression import Expression


class Refusal(Block):
    """How likely a right of first refusal is used."""

    example = "{probability: 30%, when: equity_value >= 500M USD}"

    probability: ChanceAmount
    """The chance that it is used; each holder decides by a draw of its own."""
    when: Expression | None = None
    """The condition under which it is used at all."""

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report a chance and a condition that are none."""
        yield from context.amount(("probability",), self.probability, "1")
        yield from context.condition(("when",), self.when)


class FirstRefusal(Block):
    """A right of first refusal on shares that are sold: the company comes first, then the holders of classes.

    The company takes what its cash pays for; those shares are cancelled. What it leaves is offered to the holders, each its part
    by the common shares that its shares of these classes count as, the seller and the buyer left out. All pay the buyer's price
    to the seller, and the buyer buys what is left.
    """

    example = "{issuer: {probability: 10%}, holders: {series_a: {probability: 30%}}, unclaimed: to_the_buyer}"

    issuer: Refusal | None = None
    """The right of the company itself, if it has one."""
    holders: Mapping[str, Refusal] = {}
    """The rights of the holders of classes, by class."""
    unclaimed: Literal["to_the_buyer", "to_those_who_take"] | None = Field(
        default=None, json_schema_extra={READING: True}
    )
    """What becomes of the parts of holders that do not take theirs: they go ``to_the_buyer``, or ``to_those_who_take``, by what
    they hold (over-allotment)."""

    @model_validator(mode="after")
    def _names_who_has_it(self) -> Self:
        if self.issuer is None and not self.holders:
            raise custom_error("first_refusal", "expected who has the right: issuer, holders or both")
        if bool(self.holders) != (self.unclaimed is not None):
            message = "where holders have the right, unclaimed says what becomes of the parts that they do not take"
            raise custom_error("first_refusal", message, "unclaimed: to_the_buyer, or to_those_who_take")
        return self

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report classes that do not exist, and chances that are none."""
        named = {("issuer",): self.issuer} | {("holders", name): refusal for name, refusal in self.holders.items()}
        for path, refusal in named.items():
            if refusal is not None:
                yield from (problem.under(path) for problem in refusal.problems(context))
        for name in (name for name in self.holders if name not in context.classes):
            advice = "it has " + ", ".join(context.classes)
            yield Problem(("holders", name), f"no class {name!r} in the cap table", advice, "key")
