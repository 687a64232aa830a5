"""Funding a tranche: who pays, at which price, and what it does to the ledger - or why it is not funded."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from valsim.captable.close import Issue, Offer, close_round, price_round
from valsim.captable.follow_on import followed_on
from valsim.captable.ledger import Ledger
from valsim.captable.merge import OnPaths, filled, merged
from valsim.captable.outcome import DEAL_FAILED, DEFAULTED, FUNDED, NO_PRICE, WAIVED, Outcome
from valsim.captable.price import Priced
from valsim.captable.round import Tranche
from valsim.core.rows import NOWHERE, Bools, Row, Rows, cut
from valsim.core.selection import select
from valsim.core.streams import Paths, Streams


@dataclass(frozen=True)
class Attempt:
    """A tranche that may close now on some paths.

    ``agreed`` is the price per share of the round's earlier closing; where ``waived``, the condition was missed. Rows of
    shape ``(n_paths,)``. ``day`` is the proleptic ordinal of the closing.
    """

    tranche: Tranche
    where: Bools
    waived: Bools
    agreed: Row
    day: int


@dataclass(frozen=True)
class Funded:
    """What an attempt changed: the ledger, what became of the tranche, and what each investor paid."""

    ledger: Ledger
    outcome: Outcome
    payments: Mapping[str, Row] = field(default_factory=dict)


def fund(attempt: Attempt, ledger: Ledger, outcome: Outcome, rows: Rows, streams: Streams) -> Funded:
    """Close a tranche as far as its deal holds, its investors pay and a price exists."""
    tranche, size = attempt.tranche, attempt.where.size
    tried = OnPaths(rows, np.flatnonzero(attempt.where))
    holds = cut(streams.once(f"{tranche.stream}.deal"), tried.paths) < tried.amount(tranche.closing.probability)
    outcome = outcome.with_codes(tried.paths[~holds], DEAL_FAILED)
    here = OnPaths(rows, tried.paths[holds])
    if not here.paths.size:
        return Funded(ledger, outcome)
    committed = _commitments(tranche, here)
    here, committed = _wanted(here, committed)
    if not here.paths.size:
        return Funded(ledger, outcome)
    before = ledger.at(here.paths)
    committed = followed_on(tranche, before, here, committed, streams)
    defaults = {name: _defaults(tranche, name, here, streams) for name in committed}
    payments = {name: np.where(defaults[name], 0.0, money) for name, money in committed.items()}
    outcome = outcome.defaulted(here.paths, {name: defaults[name] & (committed[name] > 0) for name in committed})
    money, accrued = _sum(payments, here), before.accrued_to(attempt.day)
    offer = Offer(_sum(committed, here), money, attempt.agreed, attempt.day)
    priced = price_round(tranche, accrued, here, offer)
    code = _code(money, priced, np.broadcast_to(attempt.waived, size)[here.paths])
    outcome = outcome.with_codes(here.paths, code)
    kept = np.flatnonzero((code == FUNDED) | (code == WAIVED))
    done = here.paths[kept]
    if len(kept) < len(code):
        before, priced = ledger.at(done), priced.at(kept)
        payments = {name: cut(row, kept) for name, row in payments.items()}
    after = close_round(tranche, before, priced, payments, Issue(select(tranche.terms.series, done), attempt.day))
    counted = before.accrued_to(attempt.day), after.accrued_to(attempt.day)
    outcome = _told(outcome, *counted, done, priced.price, money[kept])
    paid = {name: filled(row, done, size) for name, row in payments.items()}
    closed = merged(ledger, before, after, done, size)
    return Funded(_penalised(attempt, closed, defaults, here.paths, size), outcome, paid)


def _commitments(tranche: Tranche, here: OnPaths) -> dict[str, Row]:
    """Give what each investor commits to; where the named ones want more than there is, each is cut back in proportion."""
    named = {name: here.amount(money) for name, money in (*tranche.closing.investors.items(), *tranche.buyers.items())}
    asked, wanted = here.amount(tranche.closing.new_money), _sum(named, here)
    part = np.divide(asked, wanted, out=np.ones(asked.shape), where=wanted > asked)
    return {name: money * part for name, money in named.items()} | {tranche.others: np.maximum(asked - wanted, 0.0)}


def _wanted(here: OnPaths, committed: dict[str, Row]) -> tuple[OnPaths, dict[str, Row]]:
    """Leave out the paths on which no money is asked for now: there the tranche stays open."""
    asks = np.flatnonzero(_sum(committed, here) > 0)
    if asks.size == here.paths.size:
        return here, committed
    return OnPaths(here.rows, here.paths[asks]), {name: cut(money, asks) for name, money in committed.items()}


def _defaults(tranche: Tranche, investor: str, here: OnPaths, streams: Streams) -> Bools:
    terms = tranche.closing.default
    if terms is None or investor not in tranche.may_default:
        return NOWHERE
    change = here["equity_value"] / here["equity_value.start"]
    chance = terms.chance(change, here.amount(terms.probability), here.amount(terms.wrong_way))
    return np.asarray(cut(streams.once(f"{tranche.stream}.default.{investor}"), here.paths) < chance)


def _code(money: Row, priced: Priced, waived: Bools) -> npt.NDArray[np.int16]:
    funded = np.where(waived, WAIVED, FUNDED)
    return np.where(money > 0, np.where(priced.feasible, funded, NO_PRICE), DEFAULTED).astype(np.int16)


def _penalised(attempt: Attempt, ledger: Ledger, defaults: Mapping[str, Bools], paths: Paths, size: int) -> Ledger:
    """Let those who did not pay bear the consequence, also where the closing failed because of them."""
    terms = attempt.tranche.closing.default
    if terms is None or terms.consequence == "none":
        return ledger
    after = ledger.accrued_to(attempt.day)
    for holder, series in ledger.lots:
        missed = defaults.get(holder, NOWHERE)
        if np.any(missed) and ledger.series[series].converts:
            after = after.convert_to_common(holder, series, filled(missed, paths, size) > 0)
    return replace(ledger, lots=after.lots)


def _told(outcome: Outcome, before: Ledger, after: Ledger, done: Paths, price: Row, money: Row) -> Outcome:
    everything, size = after.fully_diluted(), len(outcome.code)
    return replace(
        outcome,
        new_money=filled(money, done, size, outcome.new_money),
        price_per_share=filled(price, done, size, outcome.price_per_share),
        post_money_valuation=filled(price * everything, done, size, outcome.post_money_valuation),
        dilution=filled(1 - before.fully_diluted() / everything, done, size, outcome.dilution),
    )


def _sum(rows: Mapping[str, Row], here: OnPaths) -> Row:
    return sum(rows.values(), np.zeros(here.paths.shape))
