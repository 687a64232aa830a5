"""Funding a tranche: who pays, at which price, and what it does to the ledger - or why it is not funded."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from valsim.captable.financing.attempt import Attempt
from valsim.captable.financing.close import Issue, Offer, close_round, price_round
from valsim.captable.financing.commitments import commitments, defaults, paid, summed, wanted
from valsim.captable.financing.follow_on import Payments, followed_on, taken
from valsim.captable.financing.outcome import (
    BY_RIGHT,
    CONSEQUENCE,
    CONVERTED,
    DEAL_FAILED,
    DEFAULTED,
    FUNDED,
    LATE,
    NO_PRICE,
    PAY_TO_PLAY,
    REPRICED,
    TOO_LITTLE,
    WAIVED,
    Event,
    Outcome,
    is_done,
)
from valsim.captable.financing.penalty import after_default, after_pay_to_play, losers
from valsim.captable.financing.price import Priced
from valsim.captable.ledger import ROUNDING, Ledger
from valsim.captable.merge import OnPaths, filled, merged
from valsim.core.rows import EVERYWHERE, Bools, Row, Rows, cut
from valsim.core.selection import select
from valsim.core.streams import Paths, Streams


@dataclass(frozen=True)
class Funded:
    """What an attempt changed: the ledger, what became of the tranche, what each investor paid, and the price it came to.

    ``priced`` has the rows of the paths on which it was funded alone.
    """

    ledger: Ledger
    outcome: Outcome
    payments: Mapping[str, Row] = field(default_factory=dict)
    priced: Priced | None = None


def fund(attempt: Attempt, ledger: Ledger, outcome: Outcome, rows: Rows, streams: Streams) -> Funded:
    """Close a tranche as far as its deal holds, its investors pay and a price exists."""
    tranche, size = attempt.tranche, attempt.where.size
    tried = OnPaths(rows, np.flatnonzero(attempt.where))
    holds = cut(streams.once(f"{tranche.stream}.deal"), tried.paths) < tried.amount(tranche.closing.probability)
    outcome = outcome.with_codes(tried.paths[~holds], DEAL_FAILED)
    here = OnPaths(rows, tried.paths[holds])
    if not here.paths.size:
        return Funded(ledger, outcome)
    committed = commitments(attempt, here)
    here, committed = wanted(here, committed)
    if not here.paths.size:
        return Funded(ledger, outcome)
    before, asked = ledger.at(here.paths), summed(committed, here)
    alone, committed = committed, followed_on(attempt, before, here, committed, streams)
    missed = defaults(tranche, committed, here, streams)
    payments = paid(attempt, committed, missed, here, streams)
    outcome = outcome.defaulted(here.paths, {name: missed[name] & (committed[name] > 0) for name in committed})
    standing, priced = _standing(attempt, before, here, asked, payments)
    money = summed(payments, here)
    code = _code(attempt, here, money, asked, priced)
    outcome = outcome.with_codes(here.paths, code)
    kept = np.flatnonzero(is_done(code))
    done = here.paths[kept]
    events = _events(before, standing, priced, taken(alone, committed))
    outcome = outcome.with_events(done, {event: cut(row, kept) for event, row in events.items()})
    if len(kept) < len(code):
        before, standing, priced = ledger.at(done), standing.at(kept), priced.at(kept)
        payments = {name: cut(row, kept) for name, row in payments.items()}
    after = close_round(tranche, standing, priced, payments, Issue(select(tranche.terms.series, done), attempt.day))
    counted = before.accrued_to(attempt.day), after.accrued_to(attempt.day)
    outcome = _told(outcome, *counted, done, priced.price, money[kept], asked[kept])
    closed = merged(ledger, before, after, done, size) if done.size else ledger
    received = {name: filled(row, done, size) for name, row in payments.items()}
    final = after_default(attempt, closed, ledger, missed, here.paths)
    struck = {name: cut(where, here.paths) for name, where in losers(closed, final).items()}
    outcome = outcome.with_events(here.paths, _told_of(CONSEQUENCE, struck))
    return Funded(final, outcome, received, priced)


def _events(before: Ledger, standing: Ledger, priced: Priced, by_right: Payments) -> dict[Event, Row]:
    """Give what a closing does besides raising money where it is funded, shape ``(len(here.paths),)``."""
    converted = {name: each.shares > 0 for name, each in priced.conversions.items()}
    return {
        **_told_of(CONVERTED, converted),
        **_told_of(BY_RIGHT, by_right),
        **_told_of(PAY_TO_PLAY, losers(before, standing)),
    }


def _told_of(what: str, rows: Mapping[str, Row | Bools]) -> dict[Event, Row]:
    return {(what, who): np.asarray(row, dtype=float) for who, row in rows.items()}


def _standing(attempt: Attempt, before: Ledger, here: OnPaths, asked: Row, payments: Payments) -> tuple[Ledger, Priced]:
    """Give the ledger that the closing finds once those who do not pay to play have lost what they lose, and its price."""
    tranche, offer = (
        attempt.tranche,
        Offer(
            asked,
            summed(payments, here),
            attempt.agreed,
            attempt.day,
            attempt.price_cut,
            cut(attempt.raised, here.paths),
        ),
    )
    priced = price_round(tranche, before.accrued_to(attempt.day), here, offer)
    standing = after_pay_to_play(attempt, before, here, priced.price, asked, payments)
    if standing is before:
        return before, priced
    return standing, price_round(tranche, standing.accrued_to(attempt.day), here, offer)


def _code(attempt: Attempt, here: OnPaths, money: Row, asked: Row, priced: Priced) -> npt.NDArray[np.int16]:
    closing = attempt.tranche.closing
    enough = EVERYWHERE if closing.at_least is None else money >= here.amount(closing.at_least) * asked * (1 - ROUNDING)
    nobody = DEFAULTED if closing.followers is None and closing.others_pay is None else TOO_LITTLE
    spared = np.where(here.amount(attempt.price_cut) > 0, REPRICED, WAIVED)
    funded = np.where(here.amount(attempt.waived), spared, LATE if attempt.late else FUNDED)
    paid_for = np.where(enough, np.where(priced.feasible, funded, NO_PRICE), TOO_LITTLE)
    return np.where(money > 0, paid_for, nobody).astype(np.int16)


def _told(outcome: Outcome, before: Ledger, after: Ledger, done: Paths, price: Row, money: Row, asked: Row) -> Outcome:
    everything, size = after.fully_diluted(), len(outcome.code)
    return replace(
        outcome,
        new_money=filled(money, done, size, outcome.new_money),
        price_per_share=filled(price, done, size, outcome.price_per_share),
        post_money_valuation=filled(price * everything, done, size, outcome.post_money_valuation),
        dilution=filled(1 - before.fully_diluted() / everything, done, size, outcome.dilution),
        unraised=filled(asked - money, done, size, outcome.unraised),
    )
