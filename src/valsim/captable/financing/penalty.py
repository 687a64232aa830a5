"""Penalties: what those lose who do not pay, by pay-to-play before a closing has its price or by default after it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

import numpy as np

from valsim.captable.curve import ZERO, ratio
from valsim.captable.financing.attempt import Attempt
from valsim.captable.financing.follow_on import Payments, fractions, offered, owed
from valsim.captable.financing.tranche import Tranche, shadow_series
from valsim.captable.ledger import ROUNDING, Ledger, Lot
from valsim.captable.merge import OnPaths, replaced_where
from valsim.captable.security import Security
from valsim.captable.term.consequence import Consequence
from valsim.captable.term.drawn_terms import PayInThisRound
from valsim.captable.term.pay_to_play import PayToPlay
from valsim.core.replace import replace
from valsim.core.rows import NOWHERE, Bools, Row
from valsim.core.selection import select
from valsim.core.streams import Paths


def after_pay_to_play(
    attempt: Attempt, before: Ledger, here: OnPaths, price: Row, asked: Row, payments: Payments
) -> Ledger:
    """Give the ledger in which each holder that pays less than its part has borne the consequence of its class.

    ``price`` is that of the closing if nobody loses anything, ``asked`` its new money; shapes ``(len(here.paths),)``.
    """
    striking = _striking(attempt.tranche, before)
    if not striking:
        return before
    counted = before.accrued_to(attempt.day)
    due = {series: _due(attempt, counted, here, series, price, asked) for series in striking}
    unpaid = _unpaid(due.values(), payments)
    after = before
    for series, terms in striking.items():
        for holder, money in due[series].items():
            part = np.where(money > 0, unpaid[holder], 0.0)
            after = struck(attempt, after, before.held(holder, series), (holder, series), terms.consequence, part)
    return after


def _due(attempt: Attempt, counted: Ledger, here: OnPaths, series: str, price: Row, asked: Row) -> dict[str, Row]:
    """Give the money that each holder of a series has to pay; whose rights have ended is offered nothing, and owes nothing."""
    right = offered(attempt.tranche, counted)[series]
    rounds = _pay_to_play(counted.series)[series].rounds
    plays = _ROUNDS[rounds](counted.series[series], price)
    return {
        holder: np.where(plays & ~attempt.is_out(holder, here.paths), part * asked, 0.0)
        for holder, part in owed(counted, series, right, here).items()
    }


def after_paying_in_this_round(
    attempt: Attempt,
    before: Ledger,
    after: Ledger,
    here: OnPaths,
    asked: Row,
    payments: Payments,
    terms: Iterable[tuple[PayInThisRound, Bools]],
) -> Ledger:
    """Give the ledger in which each holder of shares that can become common has borne what was drawn, where it pays less than its part.

    ``after`` is the ledger in which the classes' own terms have struck; shapes ``(len(here.paths),)``.
    """
    counted, tranche = before.accrued_to(attempt.day), attempt.tranche
    for drawn, where in terms:
        # In the order of their names: which series was issued first differs from path to path, and sums are in one order.
        series = sorted(name for name, each in before.series.items() if each.converts and not tranche.issues(name))
        parts = {name: fractions(counted, name, drawn.base) for name in series}
        unpaid = _unpaid([{who: part * asked for who, part in each.items()} for each in parts.values()], payments)
        for name, holders in parts.items():
            for holder in holders:
                lost = np.where(where & ~attempt.is_out(holder, here.paths), unpaid[holder], 0.0)
                after = struck(attempt, after, before.held(holder, name), (holder, name), drawn.consequence, lost)
    return after


def after_default(
    attempt: Attempt, ledger: Ledger, earlier: Ledger, missed: Mapping[str, Bools], paths: Paths
) -> Ledger:
    """Give the ledger in which investors that did not pay what they committed to have borne the consequence.

    ``missed`` says who on which of the ``paths``, which the ledgers are of; what was bought in the closing itself, after the
    ``earlier`` one, is not struck.
    """
    tranche = attempt.tranche
    terms = select(tranche.closing.default, paths)
    if terms is None:
        return ledger
    after = ledger
    for (holder, series), held in earlier.lots.items():
        where = missed.get(holder, NOWHERE)
        if np.any(where) and terms.reaches(issued_here=tranche.issues(series)):
            unpaid = where * terms.unpaid
            after = struck(attempt, after, held, (holder, series), terms.consequence, unpaid)
    return after


def losers(before: Ledger, after: Ledger) -> dict[str, Bools]:
    """Say for each holder where a penalty took shares of some series from it; shapes ``(n_paths,)``."""
    lost: dict[str, Bools] = {}
    for (holder, series), held in before.lots.items() if after is not before else ():
        if after.held(holder, series) is not held:
            lost[holder] = lost.get(holder, NOWHERE) | (after.held(holder, series) < held)
    return lost


def struck(attempt: Attempt, ledger: Ledger, held: Row, lot: Lot, consequence: Consequence, unpaid: Row) -> Ledger:
    """Give the ledger in which what a holder ``held`` of a series has borne a consequence, where a part was unpaid."""
    (holder, series), part = lot, consequence.struck(unpaid)
    if not consequence.strikes(ledger.series[series]):
        return ledger
    shares = np.minimum(held * part, ledger.held(holder, series))
    if not np.any(shares > 0):
        return ledger
    turned = consequence.turned(shares, ledger.accrued_to(attempt.day).terms[series].as_converted(shares))
    new = consequence.split_off(series, attempt.tranche.event)
    if new:
        terms, old = consequence.terms(ledger.series[series]), ledger.series.get(new)
        # On other paths the shares may have been split off before, at the conversion price of then.
        terms = terms if old is None else replaced_where(shares > 0, old, terms)
        ledger = replace(ledger, series={**ledger.series, new: terms})
    return ledger.exchange(holder, series, shares, new or ledger.common, turned)


def split_off(
    classes: Mapping[str, Security], tranches: Sequence[Tranche], convertibles: Iterable[str]
) -> dict[str, str]:
    """Name the series that closings may split off, each with the series that it comes from; convertibles may become series."""
    names, found = tuple(convertibles), dict[str, str]()
    for tranche in tranches:
        series = {**_issued_until(tranche.last, tranches, names), **classes}
        threats = {name: terms.consequence for name, terms in _pay_to_play(series).items() if not tranche.issues(name)}
        found |= _named(series, threats, tranche)
        older = [name for name in series if not tranche.issues(name)]
        for asked in (each.pay_to_play for each in tranche.terms.drawn_terms.values() if each.pay_to_play is not None):
            found |= _named(series, dict.fromkeys(older, asked.consequence), tranche)
        if tranche.closing.default is not None:
            found |= _named(series, dict.fromkeys(series, tranche.closing.default.consequence), tranche)
    return found


def _issued_until(day: date, tranches: Iterable[Tranche], convertibles: Sequence[str]) -> dict[str, Security]:
    # Closings may come in another order than they are listed in: whatever may be there by then counts.
    series = {name: terms for each in tranches if each.first <= day for name, terms in each.issued.items()}
    return series | {shadow_series(name, each): terms for name, terms in series.items() for each in convertibles}


def _named(series: Mapping[str, Security], threats: Mapping[str, Consequence], tranche: Tranche) -> dict[str, str]:
    struck = {name: threat for name, threat in threats.items() if threat.strikes(series[name])}
    names = {threat.split_off(name, tranche.event): name for name, threat in struck.items()}
    return {new: name for new, name in names.items() if new}


def _striking(tranche: Tranche, before: Ledger) -> dict[str, PayToPlay]:
    threats = _pay_to_play(before.series)
    there = offered(tranche, before) if threats else {}
    return {name: terms for name, terms in threats.items() if name in there}


def _pay_to_play(series: Mapping[str, Security]) -> dict[str, PayToPlay]:
    found = {name: getattr(terms, "pay_to_play", None) for name, terms in series.items()}
    return {name: terms for name, terms in sorted(found.items()) if terms is not None}


def _unpaid(due: Iterable[Mapping[str, Row]], payments: Payments) -> dict[str, Row]:
    """Give the part that each holder leaves unpaid of all that is due from it; what is left by rounding is none."""
    whole: dict[str, Row] = {}
    for each in due:
        whole |= {name: whole.get(name, ZERO) + money for name, money in each.items()}
    parts = {name: 1 - ratio(np.minimum(payments.get(name, ZERO), money), money) for name, money in whole.items()}
    return {name: np.where(part > ROUNDING, part, 0.0) for name, part in parts.items()}


def _everywhere(terms: Security, price: Row) -> Bools:
    del terms
    return np.ones(np.shape(price), dtype=bool)


def _down(terms: Security, price: Row) -> Bools:
    protected: Row = terms.conversion_price  # type: ignore[attr-defined]
    return ~(price >= protected * (1 - ROUNDING))


_ROUNDS: Mapping[str, Callable[[Security, Row], Bools]] = {"all": _everywhere, "down": _down}
"""Where holders of a class have to pay at a price, by the reading that the document names; no price at all is down."""
