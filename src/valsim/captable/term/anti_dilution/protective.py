"""What every term that protects shares: the issues that it leaves alone, and when it ends."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import numpy as np
from pydantic import BeforeValidator, Field

from valsim.captable.measure import Shares
from valsim.captable.term.anti_dilution.base import AntiDilution, Before, Issue
from valsim.core.block import Block, nearest_help
from valsim.core.day import LastDay
from valsim.core.errors import Problem
from valsim.core.parameter import Fraction, Parameter
from valsim.core.rows import Row

KINDS_OF_ISSUE = ("option_pool", "convertibles")
"""The issues that have a name without being a round: granted options, and the shares that SAFEs and notes turn into."""


class Exemption(Block):
    """An issue of shares that sets off no adjustment; in the document a bare name is short for it.

    With a limit, only the shares of the round above it count, at their price. Where both limits are stated the lower one holds.
    """

    example = "{issue: strategic, shares_at_most: 500k}"

    issue: str = Field(examples=["option_pool"])
    """What issues the shares: ``option_pool`` (granted options), ``convertibles`` (the shares that SAFEs and notes turn into),
    or the name of a round, such as one for lenders or strategic partners."""
    shares_at_most: Shares | None = None
    """How many shares of the round are exempt; without a limit, all of them."""
    fraction_at_most: Fraction | None = Field(default=None, examples=["2%"])
    """How many shares of the round are exempt, a fraction of the fully diluted shares before the issue."""

    def room(self, before: Before) -> Row:
        """Give how many shares of the round are exempt."""
        limits = [np.inf if self.shares_at_most is None else self.shares_at_most]
        if self.fraction_at_most is not None:
            limits.append(self.fraction_at_most * before.fully_diluted)
        return np.asarray(np.minimum(limits[0], limits[-1]))

    def as_written(self) -> Any:
        """Give the bare name where it says everything."""
        body = super().as_written()
        return body if len(body) > 1 else self.issue


def _named(given: Any) -> Any:
    return tuple({"issue": each} if isinstance(each, str) else each for each in given) if _is_list(given) else given


def _is_list(given: Any) -> bool:
    return isinstance(given, list | tuple)


class Protective(AntiDilution):
    """A term that lowers the conversion price in a cheaper issue, unless the issue is exempt or the term has ended."""

    exempt: Annotated[tuple[Exemption, ...], BeforeValidator(_named, json_schema_input_type=tuple[str | Exemption, ...])] = (
        Field(
            default=(Exemption(issue="option_pool"), Exemption(issue="convertibles")), strict=False,
            examples=["[option_pool, convertibles, {issue: strategic, shares_at_most: 500k}]"],
        )
    )  # fmt: skip
    """The issues that set off no adjustment. The bare word of a kind exempts granted options and the conversion of SAFEs and
    notes; ``[]`` exempts nothing. An enlarged pool alone issues no shares."""
    until: LastDay | None = Field(default=None, examples=["2027-06-30"])
    """The last day on which an issue sets off an adjustment; without it the protection has no end."""

    def counting(self, issue: Issue, before: Before) -> Row:
        """Give how many of the new shares count, shape ``(n_paths,)``."""
        if self.until is not None and (issue.source.day or 0) > self.until.toordinal():
            return np.zeros(np.shape(issue.new_shares))
        counting = np.asarray(issue.new_shares)
        for exemption in self.exempt:
            if exemption.issue == issue.source.name:
                left = np.maximum(exemption.room(before) - issue.source.already, 0.0)
                counting = np.maximum(counting - left, 0.0)
        return counting

    def exempts(self, issue: str) -> bool:
        """Whether the list names the issue, without a limit."""
        return any(each.issue == issue and each.shares_at_most is each.fraction_at_most is None for each in self.exempt)

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report an exemption of nothing, an end before the start, and a limit that is not one number."""
        yield from super().problems(context)
        for i, exemption in enumerate(self.exempt):
            yield from _limits(i, exemption)
        known = (*KINDS_OF_ISSUE, *context.rounds)
        for i, exemption in enumerate(self.exempt):
            if exemption.issue not in known:
                message = f"{exemption.issue!r} issues no shares: expected {', '.join(known)}"
                yield Problem(("exempt", i), message, nearest_help(exemption.issue, known), code="unknown_name")
        if self.until is not None and self.until < context.as_of:
            message = f"the protection ended on {self.until}, before the start on {context.as_of}"
            yield Problem(("until",), message, "leave it out and state anti_dilution: none", code="date")


def _limits(index: int, exemption: Exemption) -> Iterator[Problem]:
    limits: Mapping[str, Any] = {
        name: getattr(exemption, name) for name in ("shares_at_most", "fraction_at_most") if getattr(exemption, name) is not None
    }  # fmt: skip
    for name, limit in limits.items():
        if exemption.issue in KINDS_OF_ISSUE:
            message = f"a limit counts the shares of a round, and {exemption.issue} is none"
            yield Problem(("exempt", index, name), message, f"exempt all of it: {exemption.issue}", "key")
        elif isinstance(limit, Parameter) and not limit.known:
            yield Problem(("exempt", index, name), "a limit of an exemption is one number, not a distribution")
