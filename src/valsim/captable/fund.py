"""Funding a tranche: who pays, at which price, and what it does to the ledger - or why it is not funded."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from valsim.captable.ledger import UNISSUED, Ledger
from valsim.captable.merge import Paths, cut, filled, merged
from valsim.captable.outcome import DEAL_FAILED, DEFAULTED, FUNDED, NO_PRICE, WAIVED, Outcome
from valsim.captable.price import Priced, solve_price
from valsim.captable.round import Tranche
from valsim.core.amount import amount
from valsim.core.rows import NOWHERE, Bools, Row, Rows
from valsim.core.streams import Streams


@dataclass(frozen=True)
class Attempt:
    """A tranche that may close now on some paths; rows of shape ``(n_paths,)``.

    ``agreed`` is the price per share of the round's earlier closing; where ``waived``, the condition was missed.
    """

    tranche: Tranche
    where: Bools
    waived: Bools
    agreed: Row


@dataclass(frozen=True)
class Funded:
    """What an attempt changed: the ledger, what became of the tranche, and what each investor paid."""

    ledger: Ledger
    outcome: Outcome
    payments: Mapping[str, Row] = field(default_factory=dict)


def fund(attempt: Attempt, ledger: Ledger, outcome: Outcome, rows: Rows, streams: Streams) -> Funded:
    """Close a tranche as far as its deal holds, its investors pay and a price exists."""
    closing = attempt.tranche.closing
    fails = attempt.where & (streams.once(f"{attempt.tranche.stream}.deal") >= amount(closing.probability, rows))
    outcome = outcome.closed(fails, DEAL_FAILED)
    paths = np.flatnonzero(attempt.where & ~fails)
    if not paths.size:
        return Funded(ledger, outcome)
    committed = _commitments(attempt.tranche, rows)
    defaults = {name: _defaults(attempt.tranche, name, rows, streams) for name in committed}
    payments = {name: np.where(defaults[name], 0.0, money) for name, money in committed.items()}
    before, money = ledger.at(paths), cut(_sum(payments, attempt.where), paths)
    priced = _price(attempt, before, rows, _sum(committed, attempt.where), money, paths)
    code = _code(money, priced, np.broadcast_to(attempt.waived, fails.shape)[paths])
    kept = np.flatnonzero((code == FUNDED) | (code == WAIVED))
    done, priced = paths[kept], _on(priced, kept)
    before = before if len(done) == len(paths) else ledger.at(done)
    closed = _closed(attempt.tranche, before, priced, {name: cut(paid, done) for name, paid in payments.items()})
    closed = _penalised(attempt.tranche, closed, {name: cut(failed, done) for name, failed in defaults.items()})
    outcome = outcome.closed(attempt.where & ~fails, filled(code, paths, len(fails)))
    outcome = _told(outcome, before, closed, done, priced.price, money[kept])
    paying = {name: np.where(attempt.where & outcome.funded, paid, 0.0) for name, paid in payments.items()}
    return Funded(merged(ledger, before, closed, done, len(fails)), outcome, paying)


def _commitments(tranche: Tranche, rows: Rows) -> dict[str, Row]:
    named = {name: amount(money, rows) for name, money in tranche.closing.investors.items()}
    taken = _sum(named | dict(tranche.buyers), NOWHERE)
    left = amount(tranche.closing.new_money, rows) - taken
    return named | dict(tranche.buyers) | {tranche.others: np.maximum(left, 0.0)}


def _defaults(tranche: Tranche, investor: str, rows: Rows, streams: Streams) -> Bools:
    terms = tranche.closing.default
    if terms is None or investor not in tranche.closing.investors:
        return NOWHERE
    change = rows["equity_value"] / rows["equity_value.start"]
    return np.asarray(streams.once(f"{tranche.stream}.default.{investor}") < terms.chance(change))


def _price(attempt: Attempt, before: Ledger, rows: Rows, planned: Row, money: Row, paths: Paths) -> Priced:
    terms, closing = attempt.tranche.terms, attempt.tranche.closing
    pool = None if terms.option_pool is None else cut(terms.option_pool, paths)
    price = closing.fixed_price(attempt.agreed)
    if price is None:
        worth = np.broadcast_to(closing.pre_money(rows, planned), attempt.where.shape)
        return solve_price(before, cut(worth, paths), money, frozenset(terms.pre_money_includes), pool)
    # A price that was agreed leaves nothing to solve: what it sets off dilutes the new money too.
    return solve_price(before, cut(price, paths) * before.fully_diluted(), money, frozenset(), pool)


def _code(money: Row, priced: Priced, waived: Bools) -> npt.NDArray[np.int16]:
    funded = np.where(waived, WAIVED, FUNDED)
    return np.where(money > 0, np.where(priced.feasible, funded, NO_PRICE), DEFAULTED).astype(np.int16)


def _on(priced: Priced, kept: Paths) -> Priced:
    prices = {name: cut(price, kept) for name, price in priced.conversion_prices.items()}
    pool, new = (cut(row, kept) for row in (priced.pool_shares, priced.new_shares))
    return Priced(cut(priced.price, kept), prices, pool, new, cut(priced.feasible, kept))


def _closed(tranche: Tranche, before: Ledger, priced: Priced, payments: Mapping[str, Row]) -> Ledger:
    after = before
    for name, price in priced.conversion_prices.items():
        after = after.with_terms(name, conversion_price=price)
    shares = {name: money / priced.price for name, money in payments.items()}
    after = _with_prices(after, tranche, priced.price)
    after = after.issue(tranche.series, after.series[tranche.series], shares)
    if tranche.terms.option_pool is not None:
        pool = next(name for name, security in after.series.items() if security.is_pool)
        after = after.issue(pool, after.series[pool], {UNISSUED: priced.pool_shares})
    return after


def _with_prices(before: Ledger, tranche: Tranche, price: Row) -> Ledger:
    """Give the ledger in which the series has its terms: on a path where it has shares already, those it has."""
    if tranche.series not in before.series:
        terms = tranche.terms.series.but(original_issue_price=price, conversion_price=price)
        return Ledger({**before.series, tranche.series: terms}, before.lots)
    is_new, terms = before.shares(tranche.series) <= 0, before.series[tranche.series]
    prices = ("original_issue_price", "conversion_price")
    return before.with_terms(tranche.series, **{name: np.where(is_new, price, getattr(terms, name)) for name in prices})


def _penalised(tranche: Tranche, part: Ledger, defaults: Mapping[str, Bools]) -> Ledger:
    if tranche.closing.default is None or tranche.closing.default.consequence == "none":
        return part
    for holder, series in part.lots:
        if np.any(defaults.get(holder, False)) and part.series[series].converts:
            part = part.convert_to_common(holder, series, defaults[holder])
    return part


def _told(outcome: Outcome, before: Ledger, after: Ledger, done: Paths, price: Row, money: Row) -> Outcome:
    everything = after.fully_diluted()
    size = len(outcome.code)
    return replace(
        outcome,
        new_money=filled(money, done, size, outcome.new_money),
        price_per_share=filled(price, done, size, outcome.price_per_share),
        post_money_valuation=filled(price * everything, done, size, outcome.post_money_valuation),
        dilution=filled(1 - before.fully_diluted() / everything, done, size, outcome.dilution),
    )


def _sum(rows: Mapping[str, Row], like: Bools) -> Row:
    return sum(rows.values(), np.zeros(like.shape))
