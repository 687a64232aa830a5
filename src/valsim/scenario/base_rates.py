"""What the figures of a run are set beside: the usual values of companies of one kind."""

from collections.abc import Iterator
from typing import Any, Literal, TypeAlias

from pydantic import Field

from valsim.core.block import Block, nearest_help
from valsim.core.errors import Problem
from valsim.core.expression import Expression

Peers: TypeAlias = Literal["ai_lab", "software", "venture"]
"""The kinds of company of which usual values are known."""


class BaseRates(Block):
    """The kind of company that this one is, and where its figures stand in the drivers; ``valsim sanity`` sets them beside
    usual values. Nothing of it changes a number of the run.
    """

    example = "{peers: software, investor: Fund, revenue: arr, gross_profit: arr * 75%}"

    peers: Peers
    """The companies whose usual values come first: leading AI laboratories (``ai_lab``), software companies, or venture-backed
    companies in general. Where little is known of them, the general ones stand beside."""
    investor: str = Field(default="", examples=["Fund"])
    """The holder whose outcome stands beside those of venture financings, such as the investor of the last round."""
    revenue: Expression | None = Field(default=None, examples=["subscriptions + licences"])
    """All revenue per year, for growth and margins; without it they are of the revenue that is valued."""
    recurring_revenue: Expression | None = Field(default=None, examples=["arr"])
    """Recurring revenue per year, for growth and for the burn multiple, where it is not all revenue."""
    gross_profit: Expression | None = Field(default=None, examples=["arr * gross_margin"])
    """Gross profit per year."""
    gross_revenue_retention: Expression | None = Field(default=None, examples=["1 - churn"])
    """The part of recurring revenue that customers keep paying after a year, a fraction."""
    net_revenue_retention: Expression | None = Field(default=None, examples=["1 - churn + expansion"])
    """Recurring revenue from the customers of a year ago over what it was then, a fraction."""
    monthly_churn: Expression | None = Field(default=None, examples=["churn / 12"])
    """The part of consumers that leaves within a month, a fraction."""
    paying_share: Expression | None = Field(default=None, examples=["paying_users / users"])
    """Paying users over active ones, a fraction."""
    revenue_per_user: Expression | None = Field(default=None, examples=["subscriptions / users"])
    """Revenue per active user and year; usual values are in USD."""

    @property
    def names(self) -> frozenset[str]:
        """The rows that its formulas read."""
        formulas = (getattr(self, key) for key in type(self).model_fields)
        return frozenset().union(*(each.names for each in formulas if isinstance(each, Expression)))

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report figures in another unit, and an investor that never holds shares."""
        money = f"{context.currency}/year"
        units = dict.fromkeys(("revenue", "recurring_revenue", "gross_profit"), money)
        units |= dict.fromkeys(
            ("gross_revenue_retention", "net_revenue_retention", "monthly_churn", "paying_share"), "1"
        )
        units["revenue_per_user"] = "USD/user/year"
        for key, unit in units.items():
            if (formula := getattr(self, key)) is not None:
                yield from context.formula((key,), formula, unit)
        if self.investor and self.investor not in context.all_holders:
            advice = nearest_help(self.investor, context.all_holders)
            yield Problem(("investor",), f"no holder {self.investor!r}", advice, code="name")
