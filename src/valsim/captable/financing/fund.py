"""Funding a tranche: who pays, at which price, and what it does to the ledger - or why it is not funded."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from valsim.captable.financing.attempt import Attempt
from valsim.captable.financing.close import Issue, Offer, close_round, price_round
from valsim.captable.financing.commitments import commitments, defaults, paid, summed, wanted
from valsim.captable.financing.drawing import asked_to_pay, drawn
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
    WALKED,
    Event,
    Outcome,
    is_done,
)
from valsim.captable.financing.penalty import after_default, after_pay_to_play, after_paying_in_this_round, losers
from valsim.captable.financing.price import Priced
from valsim.captable.financing.tranche import Tranche
from valsim.captable.ledger import ROUNDING, Ledger
from valsim.captable.merge import OnPaths, filled, merged
from valsim.core.replace import replace
from valsim.core.rows import EVERYWHERE, Bools, Row, Rows, cut
from valsim.core.selection import select
from valsim.core.streams import Paths, Streams


@dataclass(frozen=True)
class Funded:
    """What an attempt changed: the ledger, what became of the tranche, what each investor paid, and the price it came to.

    ``priced`` has the rows of the paths on which somebody was to pay.
    """

    ledger: Ledger
    outcome: Outcome
    payments: Mapping[str, Row] = field(default_factory=dict)
    priced: Priced | None = None


def fund(attempt: Attempt, ledger: Ledger, outcome: Outcome, rows: Rows, streams: Streams) -> Funded:
    """Close a tranche as far as its deal holds, its investors pay and a price exists.

    The ledger is that of all paths, also where the attempt is one on some of them; what else there is has the rows of the attempt.
    """
    tranche, size = attempt.tranche, attempt.where.size
    outcome = outcome.closed(attempt.given_up, WALKED) if attempt.given_up.any() else outcome
    tried = OnPaths(rows, np.flatnonzero(attempt.where & ~attempt.given_up))
    holds = attempt.draw("deal", tried.paths, streams) < tried.amount(tranche.closing.probability)
    outcome = outcome.with_codes(tried.paths[~holds], DEAL_FAILED)
    here = OnPaths(rows, tried.paths[holds])
    if not here.paths.size:
        return Funded(ledger, outcome)
    committed = commitments(attempt, here)
    here, committed = wanted(here, committed)
    if not here.paths.size:
        return Funded(ledger, outcome)
    there = attempt.place(here.paths)
    before = ledger if here.paths.size == there.size else ledger.at(there.rows)
    asked = summed(committed, here)
    alone, committed = committed, followed_on(attempt, before, here, committed, streams)
    missed = defaults(attempt, committed, here, streams)
    payments = paid(attempt, committed, missed, here, streams)
    outcome = outcome.defaulted(here.paths, missed)
    standing, priced, terms = _standing(attempt, before, here, asked, payments, streams)
    money = summed(payments, here)
    code = _code(attempt, here, money, asked, priced)
    outcome = outcome.with_codes(here.paths, code)
    done = np.flatnonzero(is_done(code))
    on = here.paths[done]
    events = _events(before, standing, priced, taken(alone, committed))
    outcome = outcome.with_events(on, {event: cut(row, done) for event, row in events.items()})
    deal = _Deal(here.paths, before, standing, priced, payments, money, asked, terms)
    closed, outcome = _closed(attempt, outcome, deal, done)
    received = {name: filled(cut(row, done), on, size) for name, row in payments.items()}
    final = after_default(attempt, closed, before, missed, here.paths)
    outcome = outcome.with_events(here.paths, _told_of(CONSEQUENCE, losers(closed, final)))
    final = final if before is ledger else merged(ledger, before, final, *there)
    return Funded(final, outcome, received, priced)


@dataclass(frozen=True)
class _Deal:
    """A closing on some paths: the ledger before it and once pay-to-play has struck, its price, and who pays what of what was asked,
    and which terms were drawn.
    """

    paths: Paths
    before: Ledger
    standing: Ledger
    priced: Priced
    payments: Payments
    money: Row
    asked: Row
    terms: npt.NDArray[np.int64]

    def at(self, part: Paths) -> "_Deal":
        """Give the same on some of the paths, by their place among them."""
        if len(part) == len(self.paths):
            return self
        before = self.before.at(part)
        standing = before if self.standing is self.before else self.standing.at(part)
        payments = {name: cut(row, part) for name, row in self.payments.items()}
        paths, priced, terms = self.paths[part], self.priced.at(part), self.terms[part]
        return _Deal(paths, before, standing, priced, payments, self.money[part], self.asked[part], terms)

    def by_series(self, tranche: Tranche, done: Paths) -> Iterator[tuple[int, Paths]]:
        """Give which of the paths where it is ``done`` issue the same series, each with the terms that make it one."""
        codes = tranche.making_series(self.terms)[done]
        for kind in np.unique(codes).tolist():
            yield kind, done[codes == kind]


def _closed(attempt: Attempt, outcome: Outcome, deal: _Deal, done: Paths) -> tuple[Ledger, Outcome]:
    """Give the ledger of a deal after it, and its outcome: on each path the shares are of the series with the terms drawn there."""
    tranche, size, closed = attempt.tranche, len(deal.paths), deal.before
    shares = np.full(size, np.nan)
    for kind, places in deal.by_series(tranche, done):
        part = deal.at(places)
        new = Issue(tranche.series_with(kind), select(tranche.terms_with(kind), part.paths), attempt.day)
        after = close_round(tranche, part.standing, part.priced, part.payments, new)
        shares[places] = after.accrued_to(attempt.day).fully_diluted()
        closed = after if len(places) == size else merged(closed, part.before, after, places, size)
    before = deal.before.accrued_to(attempt.day).fully_diluted()
    return closed, _told(outcome, deal, before, shares, done)


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


def _standing(
    attempt: Attempt, before: Ledger, here: OnPaths, asked: Row, payments: Payments, streams: Streams
) -> tuple[Ledger, Priced, npt.NDArray[np.int64]]:
    """Give the ledger that the closing finds once those who do not pay to play have lost what they lose, its price, and its drawn terms."""
    raised = cut(attempt.raised, here.paths)
    offer = Offer(asked, summed(payments, here), attempt.agreed, attempt.day, attempt.price_cut, raised)
    priced = price_round(attempt.tranche, before.accrued_to(attempt.day), here, offer)
    terms = drawn(attempt, here, priced.price, streams)
    standing = after_pay_to_play(attempt, before, here, priced.price, asked, payments)
    standing = after_paying_in_this_round(
        attempt, before, standing, here, asked, payments, asked_to_pay(attempt, terms)
    )
    if standing is before:
        return before, priced, terms
    return standing, price_round(attempt.tranche, standing.accrued_to(attempt.day), here, offer), terms


def _code(attempt: Attempt, here: OnPaths, money: Row, asked: Row, priced: Priced) -> npt.NDArray[np.int16]:
    closing = attempt.tranche.closing
    enough = EVERYWHERE if closing.at_least is None else money >= here.amount(closing.at_least) * asked * (1 - ROUNDING)
    unpaid = DEFAULTED if closing.followers is None and closing.others_pay is None else TOO_LITTLE
    nobody = np.where(attempt.walks(attempt.chosen.by, here.paths), WALKED, unpaid)
    spared = np.where(here.amount(attempt.price_cut) > 0, REPRICED, WAIVED)
    funded = np.where(here.amount(attempt.waived), spared, LATE if attempt.late else FUNDED)
    paid_for = np.where(enough, np.where(priced.feasible, funded, NO_PRICE), TOO_LITTLE)
    return np.where(money > 0, paid_for, nobody).astype(np.int16)


def _told(outcome: Outcome, deal: _Deal, before: Row, after: Row, done: Paths) -> Outcome:
    """Give the outcome of a closing; ``before`` and ``after`` are the fully diluted shares around it."""
    told: dict[str, Any] = {
        "new_money": deal.money,
        "price_per_share": deal.priced.price,
        "post_money_valuation": deal.priced.price * after,
        "dilution": 1 - before / after,
        "unraised": deal.asked - deal.money,
        "drawn": deal.terms,
    }
    paths, size = deal.paths[done], len(outcome.code)
    told = {name: filled(cut(row, done), paths, size, getattr(outcome, name)) for name, row in told.items()}
    return replace(outcome, **told)
