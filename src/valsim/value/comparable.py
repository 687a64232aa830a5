"""Listed comparables: what the market paid for companies like this one, restated onto one basis."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Self, TypeAlias

import numpy as np
from pydantic import AfterValidator, BeforeValidator, Field, Strict, WithJsonSchema, model_validator

from valsim.core.block import Block, custom_error, nearest_help
from valsim.core.day import Day
from valsim.core.errors import Problem
from valsim.core.parameter import ANY, FRACTION, Domain, Growth, Parameter, Positive, PositiveMoney
from valsim.core.rows import Row
from valsim.core.unit import Unit
from valsim.value.basis import Basis

NUMBERS = ("enterprise_value", "revenue", "multiple", "growth", "margin")
"""The numbers of a comparable."""


def _known(basis: str) -> str:
    if basis not in Basis.kinds:
        message = f"unknown basis {basis!r}, expected one of {', '.join(sorted(Basis.kinds))}"
        raise custom_error("kind", message, nearest_help(basis, Basis.kinds))
    return basis


BasisName: TypeAlias = Annotated[
    str, AfterValidator(_known), WithJsonSchema({"type": "string", "enum": sorted(Basis.kinds)})
]
"""A basis by its name, such as ``run_rate_revenue``."""
Keys: TypeAlias = Annotated[
    tuple[str, ...],
    Strict(strict=False),
    BeforeValidator(lambda raw: (raw,) if isinstance(raw, str) else raw),
    WithJsonSchema({"type": ["string", "array"], "items": {"type": "string"}, "examples": ["prospectus"]}),
]
"""One or several keys of ``sources``."""
Revenue: TypeAlias = Annotated[Row, Domain(ANY, above=0.0)]
Margin: TypeAlias = Annotated[Row, Domain(FRACTION, at_most=1.0)]


class Comparable(Block):
    """What the market pays for a company like this one: its enterprise value over its revenue, on a named basis."""

    example = (
        "{at: 2026-01-09, enterprise_value: 6.2B USD, revenue: 71M USD/year, multiple_of: run_rate_revenue, "
        "growth: 150%, source: prospectus}"
    )

    at: Day
    """The day of the value: on or before ``as_of``, as nobody knows a later one."""
    enterprise_value: PositiveMoney | None = None
    """What the whole company is worth without its cash and before its debt, with ``revenue``; or state ``multiple``."""
    revenue: Revenue | None = Field(default=None, examples=["71M USD/year"])
    """Its revenue per year on the basis of ``multiple_of``."""
    multiple: Positive | None = None
    """Its enterprise value over its revenue, where a source gives no more than that."""
    multiple_of: BasisName
    """The basis of the revenue: what it is of, the last twelve months, the next, today's rate or what recurs."""
    growth: Growth
    """Its growth per year around that day, as the market saw it: it restates one basis into another, as if it were steady."""
    margin: Margin | None = None
    """Its margin, where the sector states a ``margin_premium``."""
    source: Keys = ()
    """Where its numbers come from, by key of ``sources``: those that state no source of their own."""

    @model_validator(mode="before")
    @classmethod
    def _numbers_share_the_source(cls, data: Any) -> Any:
        if not isinstance(data, Mapping) or not data.get("source"):
            return data
        plain = (name for name in NUMBERS if name in data and isinstance(data[name], str | int | float))
        return {**data, **{name: {"value": data[name], "source": data["source"]} for name in plain}}

    @model_validator(mode="after")
    def _states_one_thing(self) -> Self:
        whole = (self.enterprise_value is not None) + (self.revenue is not None)
        if whole == 1 or (whole == 2) == (self.multiple is not None):
            message = "a comparable states its enterprise_value and its revenue, or else its multiple"
            raise custom_error("comparable", message)
        return self

    @property
    def stated(self) -> Row:
        """The multiple as it was stated; of a block at its medians or on its paths."""
        if self.multiple is not None:
            return self.multiple
        value, revenue = np.asarray(self.enterprise_value), np.asarray(self.revenue)
        stated: Row = value / revenue
        return stated

    def on(self, basis: str) -> Row:
        """Give the multiple on another basis: ``stated x a(growth) / b(growth)``.

        ``a`` and ``b`` are the revenues on its own and on the other basis over today's rate
        (:meth:`~valsim.value.basis.Basis.over_run_rate`): at 150 % growth, 100 times the revenue of the last twelve months is
        65.5 times the run rate.
        """
        own, other = Basis.kinds[self.multiple_of], Basis.kinds[basis]
        restated: Row = self.stated * own.over_run_rate(self.growth) / other.over_run_rate(self.growth)
        return restated

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report a value of a later day, numbers that are not known, and revenue that is not money per year."""
        if self.at > context.as_of:
            message = f"{self.at} is after the start of the scenario, {context.as_of}: nobody knew that value then"
            yield Problem(("at",), message, "take the last one before", code="date")
        for name in NUMBERS:
            given: Any = getattr(self, name)
            if isinstance(given, Parameter) and not given.known:
                message = f"expected one known number, got {given.given!r}"
                yield Problem((name,), message, "each reading of a conflict may be a comparable of its own")
        wanted = Unit.of(context.currency) / Unit.of("year")
        revenue: Any = self.revenue
        if revenue is not None and revenue.unit != wanted:
            message = f"expected money per year such as 71M {wanted}, got {revenue.given!r}"
            yield Problem(("revenue",), message, code="unit")
