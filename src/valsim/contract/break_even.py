"""The company value at which a holder of a cap table breaks even on an investment."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from os import PathLike
from typing import Any, NamedTuple, TypeAlias

from valsim.contract.contract import CapTableSource, Contract, document_of
from valsim.contract.method import MethodSource, method_of
from valsim.core.block import nearest_help
from valsim.core.errors import Problem, ValuationError
from valsim.core.parameter import at_medians
from valsim.scenario.load_beside import judged_beside
from valsim.scenario.load_method import JudgedMethod
from valsim.value.fair_value.break_even import BreakEven, break_even_of
from valsim.value.fair_value.diagram import Exits
from valsim.value.fair_value.fund import Fund

FundSource: TypeAlias = str | PathLike[str] | Mapping[str, Any] | Fund
"""The terms of a fund: the path of their file, a text or a mapping that says what such a file does, or one that was read."""


class JudgedFund(NamedTuple):
    """The terms of a fund, where there is one, and what is legal but suspicious in them."""

    fund: Fund | None
    warnings: tuple[Problem, ...] = ()


def break_even_valuation(
    captable: CapTableSource,
    holder: str,
    investment: float,
    method: MethodSource = "exit_mix",
    fund: FundSource | None = None,
    on: date | str | None = None,
) -> BreakEven:
    """Find the company value at which what a holder has is worth what it cost.

    The holder's classes are valued as portfolios by ``method`` (see :func:`~valsim.contract.fair_value.fair_value`). With a ``fund``, the
    path of a file or a mapping with the terms of a :class:`~valsim.value.fair_value.fund.Fund`, the general partner has its
    part of that, and the limited partners bear the fees as well: their part is to be worth what the investment costs them.

    Raises :class:`~valsim.core.errors.ScenarioError` for a wrong cap table or file, and
    :class:`~valsim.core.errors.ValuationError` for a holder that there is not and a cost that no company value gives.

    >>> table = '''
    ... classes:
    ...   founders: {kind: common, shares: 10M}
    ...   fund_common: {kind: common, shares: 5M}
    ...   redeemable: {kind: fixed_return_preferred, shares: 5M, original_issue_price: 1, seniority: 1, return_per_year: 0,
    ...     compounding: simple, day_count: actual/365, issued: 2026-01-01}
    ... positions: {Fund: {fund_common: 100%, redeemable: 100%}}
    ... '''
    >>> fund = {"committed_capital": 100e6, "investment_capital": 80e6, "carried_interest": 0.2,
    ...     "carry_basis": "committed_capital", "gross_multiple": 2.5}
    >>> model = {"kind": "random_expiration", "volatility": 0.9, "risk_free": 0.05, "exit_rate": 0.2}
    >>> found = break_even_valuation(table, "Fund", 5e6, model, fund)
    >>> round(found.company_value / 1e6, 4), round(found.gp_share, 3), found.lp_cost / 1e6
    (15.2656, 0.1, 6.25)
    """
    contract = Contract.read(captable)
    currency = contract.document.currency
    return break_even_at(contract, (holder, investment), method_of(method, currency), fund_of(fund, currency), on)


def break_even_at(
    contract: Contract,
    bought: tuple[str, float],
    judged: JudgedMethod,
    fund: JudgedFund,
    on: date | str | None = None,
) -> BreakEven:
    """Find the break-even of a holder and what it invested, under a contract that was read (see :func:`break_even_valuation`)."""
    holder, investment = bought
    ledger = contract.table.ledger
    if holder not in ledger.holders:
        nearest = nearest_help(holder, ledger.holders)
        known = f"the cap table has {', '.join(ledger.holders)}"
        raise ValuationError(f"nobody is called {holder!r} ({nearest or known})", "holder")
    position = {name: float(ledger.held(holder, name)) for name in ledger.series}
    exits = Exits(contract.table, contract.day(on))
    held = {name: shares for name, shares in position.items() if shares}
    found = break_even_of(exits, judged.method, held, investment, fund.fund)
    told = (*judged.warnings, *fund.warnings, *contract.warnings, *contract.unplayed(date.max))
    return replace(found, warnings=(*found.warnings, *(problem.sentence for problem in told)))


def fund_of(given: FundSource | None, currency: str) -> JudgedFund:
    """Give the terms of a fund at one number each, or none where none are given, and what is suspicious in them.

    Raises :class:`~valsim.core.errors.ScenarioError` with every problem.
    """
    if given is None:
        return JudgedFund(None)
    fund, warnings = judged_beside(document_of(given), Fund, currency)
    return JudgedFund(at_medians(fund), warnings)
