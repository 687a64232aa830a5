"""The terms that set a headline apart from a fair value, each with the same cap table without it.

Without any of them every share that somebody holds is a common share, and all are worth the price of one.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from valsim.captable.curve import ZERO
from valsim.captable.liquidity.pay_out import Table
from valsim.captable.liquidity.senior.paid_first import NOBODY_FIRST
from valsim.captable.security import Security

Without: TypeAlias = Callable[[Table], Table]
"""Gives a cap table without a term."""

ONE = np.ones(())


class Term(NamedTuple):
    """A term, by the name that it has in a report, and what takes it away."""

    name: str
    without: Without

    def carried_by(self, table: Table) -> tuple[str, ...]:
        """Name the classes and lenders that have the term."""
        less = self.without(table)
        series, lots = table.ledger.series, less.ledger.lots
        changed = {name for name, terms in series.items() if less.ledger.series[name] != terms}
        changed |= {name for (holder, name), held in table.ledger.lots.items() if lots[holder, name] != held}
        first = {
            "transaction_costs": table.senior.transaction_costs,
            **table.senior.debt,
            "carve_out": table.senior.carve_out,
        }
        paid = [name for name, each in first.items() if each is not None] if less.senior != table.senior else []
        return (*paid, *(name for name in series if name in changed))


def _each(neutral: Mapping[str, Any]) -> Without:
    """Make what gives every class that has some fields other values for them."""

    def plain(security: Security) -> Security:
        held = {name: value for name, value in neutral.items() if getattr(security, name, None) is not None}
        return security.but(**held)

    def without(table: Table) -> Table:
        series = {name: plain(security) for name, security in table.ledger.series.items()}
        return replace(table, ledger=replace(table.ledger, series=series))

    return without


def _no_claims(table: Table) -> Table:
    """Take away the shares that are no part of the company: convertibles and what is paid a fixed return."""
    series = table.ledger.series
    kept = {name for name, terms in series.items() if terms.is_equity and not terms.is_convertible}
    lots = {lot: held if lot[1] in kept else ZERO for lot, held in table.ledger.lots.items()}
    return replace(table, ledger=replace(table.ledger, lots=lots))


def _pari_passu(table: Table) -> Table:
    ranks = {float(getattr(security, "seniority", ONE)) for security in table.ledger.series.values()}
    return _each({"seniority": ONE})(table) if len(ranks) > 1 else table


def _nobody_first(table: Table) -> Table:
    return replace(table, senior=NOBODY_FIRST)


PREFERENCES = Term("preferences", _each({"liquidation_preference_multiple": ZERO}))
"""What every other term builds on: it is counted first, each preference at once what was paid."""

TERMS = (
    Term("multiples", _each({"liquidation_preference_multiple": ONE})),
    Term("participation", _each({"participation": "none", "participation_cap_multiple": None})),
    Term("seniority", _pari_passu),
    Term("dividends", _each({"cumulative_dividend": None, "non_cumulative_dividend": None})),
    Term("ipo_ratchet", _each({"ipo_ratchet_multiple": None})),
    Term("automatic_conversion", _each({"automatic_conversion": None})),
    Term("exercise_prices", _each({"exercise_price": ZERO, "vested": None})),
    Term("convertibles", _no_claims),
    Term("paid_first", _nobody_first),
    PREFERENCES,
)
"""Every term, in the order in which they are taken away: a preference goes last, whatever its multiple was."""


def carried(table: Table) -> dict[str, tuple[str, ...]]:
    """Give the terms that a cap table has, with the classes and lenders that carry each."""
    found = {term.name: term.carried_by(table) for term in TERMS}
    return {name: names for name, names in found.items() if names}


def with_only(table: Table, kept: frozenset[str]) -> Table:
    """Give a cap table with no terms but some."""
    for term in TERMS:
        table = table if term.name in kept else term.without(table)
    return table
