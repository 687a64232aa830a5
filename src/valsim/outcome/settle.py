"""Settling: who got what on each path, once every path has ended."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TypeAlias

import numpy as np

from valsim.captable.curve import ratio, total
from valsim.captable.financing.tranche import Tranche
from valsim.captable.split import factor_at
from valsim.core.rows import Row
from valsim.outcome.asking import at_risk_free_rate, at_target
from valsim.outcome.at_exit import at_exit
from valsim.outcome.bought import bought
from valsim.outcome.break_even import break_evens
from valsim.outcome.events import events, may_default
from valsim.outcome.happened import learned, struck
from valsim.outcome.loss import losses
from valsim.outcome.money import Money, holder_outcomes
from valsim.outcome.payments import payment_times
from valsim.outcome.proceeds import last_day
from valsim.outcome.settled import Settled
from valsim.outcome.worth import series_values
from valsim.result import Columns
from valsim.scenario.choices import Choice
from valsim.scenario.model import Scenario
from valsim.scenario.names import holder_names, series_names
from valsim.state import State
from valsim.step.compute import credit_outcomes
from valsim.step.deploy import uses_made
from valsim.value.measure import discount_factor

Settling: TypeAlias = Callable[[Settled], Columns]
"""Makes columns of paths that have ended."""


def outcomes(settled: Settled) -> Columns:
    """Give what each path came to, under the probabilities it was drawn with; columns of shape ``(n_paths,)``."""
    scenario, state = settled.scenario, settled.state
    ended, holders = state.ended, holder_names(scenario)
    columns: Columns = {
        ("exit",): ended.how,
        ("exit time",): ended.when,
        ("proceeds",): ended.proceeds,
        **payment_times(settled.payments),
    }
    if any(way.raises for way in scenario.exits.values()):
        columns["raised",] = ended.raised
    if any(way.contingent is not None for way in scenario.exits.values()):
        columns["earned",] = ended.earned
    ownership = state.ledger.accrued_to(last_day(scenario, state)).ownership()
    for name, money in settled.money.items():
        owned = ownership.get(name, np.asarray(0.0)) * _undiluted(state)
        columns |= holder_outcomes(money, owned, name, settled.realised, state)
        columns["holder", name, "paid today"] = money.today(scenario, -1.0)
        columns["holder", name, "gain today"] = _worth_today(settled, money) - columns["holder", name, "paid today"]
    for series in scenario.redeemable:
        columns |= state.bought_back(series).columns(series, state.ledger.outstanding(series))
    for series in scenario.adjustable:
        columns |= state.adjustment(series).columns(series)
    for tranche in scenario.tranches:
        columns |= _tranche_outcomes(tranche, scenario, state) | events(tranche, scenario, state, holders)
        columns |= _defaults(tranche, state, may_default(tranche, state, tuple(holders)))
    columns |= decisions(settled)
    columns |= at_exit(scenario, state, settled.exits) | uses_made(scenario, state) | credit_outcomes(state)
    columns |= losses(settled.money, scenario, state) | at_target(settled) | at_hurdle_rate(settled)
    columns |= break_evens(settled)
    columns |= {("refused", *key): where for key, where in state.refusals.items()}
    columns |= learned(scenario, state) | struck(scenario, state)
    return settled.columns(columns)


def present_values(settled: Settled) -> Columns:
    """Give what each path is worth today, discounted at the risk-free rate; columns of shape ``(n_paths,)``."""
    scenario, state = settled.scenario, settled.state
    columns: Columns = learned(scenario, state)
    for series in series_names(scenario):
        columns |= series_values(series, scenario, state, settled.discounted)
    columns |= bought(scenario, state, columns)
    for holder, money in settled.money.items():
        columns["holder", holder, "present value"] = _worth_today(settled, money)
        columns["holder", holder, "paid today"] = money.today(scenario, -1.0)
    return settled.columns(columns | at_risk_free_rate(settled) | discounts(settled))


def _worth_today(settled: Settled, money: Money) -> Row:
    """Give what a holder receives, discounted at the risk-free rate, shape ``(n_paths,)``."""
    factors = [factor for _, factor in settled.discounted]
    at_exit = total(each.amount * factor for each, factor in zip(money.receipts, factors, strict=True))
    return at_exit + money.today(settled.scenario, 1.0)


def at_hurdle_rate(settled: Settled) -> Columns:
    """Give what all shareholders get at the exit, discounted at the hurdle rate of the document; nothing where it has none."""
    rate, ended = settled.scenario.valuation.hurdle_rate, settled.state.ended
    return {} if rate is None else {("proceeds at hurdle rate",): ended.proceeds * discount_factor(rate, ended.when)}


def discounts(settled: Settled) -> Columns:
    """Give the discounts for lack of marketability that positions state, fractions."""
    stated = {name: each.marketability for name, each in settled.scenario.positions.items()}
    return {("holder", name, "discount"): each.taken_off for name, each in stated.items() if each is not None}


def share_value(series: str) -> Settling:
    """Give the settling that makes nothing but the present value of a share of one series."""
    return partial(_share_value, series)


def _share_value(series: str, settled: Settled) -> Columns:
    columns = series_values(series, settled.scenario, settled.state, settled.discounted)
    key = ("class", series, "present value per share")
    return settled.columns({key: columns[key]})


def net_values(choices: Sequence[Choice]) -> Settling:
    """Give the settling that makes nothing but what those who take each decision gain: their present value, less all they pay.

    Its columns are ``("decision", round, closing, question, "net present value")``.
    """
    return partial(_net_values, choices)


def _net_values(choices: Sequence[Choice], settled: Settled) -> Columns:
    holders = dict.fromkeys(holder for choice in choices for holder in choice.holders)
    money = {holder: settled.money_of(holder) for holder in holders}
    each = {name: _worth_today(settled, of) - of.today(settled.scenario, -1.0) for name, of in money.items()}
    return settled.columns(
        {
            ("decision", *choice.decision.key, "net present value"): total(each[name] for name in choice.holders)
            for choice in choices
        }
    )


def _undiluted(state: State) -> Row:
    """Give the part of the company that is left to its holders where it sells new shares in its exit."""
    ended = state.ended
    after = ended.proceeds + ended.raised
    return np.where(ended.raised > 0, ratio(ended.proceeds, after), 1.0)


def decisions(settled: Settled) -> Columns:
    """Give of each decision that a policy takes where it was reached, which alternative was chosen, and the rows that it keeps.

    Columns of shape ``(n_paths,)``: ``("decision", round, closing, question, "reached")``, ``"choice"``, which is -1 where nobody
    was asked, or the name of a row, which is NaN there.
    """
    columns: Columns = {}
    for key, decided in settled.state.decided.items():
        columns["decision", *key, "reached"], columns["decision", *key, "choice"] = decided.reached, decided.choice
        columns |= {("decision", *key, name): row for name, row in decided.rows.items()}
    return columns


def _tranche_outcomes(tranche: Tranche, scenario: Scenario, state: State) -> Columns:
    rows = dict(vars(state.funding[tranche]))
    for name in ("defaults", "unraised", "events", "again_from"):
        del rows[name]
    if scenario.captable.splits:
        # In the shares of its day, so that it compares with the document.
        split = factor_at(scenario.captable.splits, scenario.as_of, rows["time"])
        rows["price_per_share"] = rows["price_per_share"] / split
    return {("tranche", *tranche.key, name): row for name, row in rows.items()}


def _defaults(tranche: Tranche, state: State, investors: Iterable[str]) -> Columns:
    """Give where each of some investors did not pay all that it had committed to."""
    known, nowhere = state.funding[tranche].defaults, np.zeros(state.cash.size, dtype=np.bool_)
    return {("default", *tranche.key, investor): known.get(investor, nowhere) for investor in investors}
