"""Closing a round on a ledger: its price, then the shares that it issues, converts and reserves."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from valsim.captable.conversion import Converted
from valsim.captable.curve import ZERO, ratio, total
from valsim.captable.financing.price import Priced, solve_price
from valsim.captable.financing.tranche import Tranche, shadow_series
from valsim.captable.ledger import UNISSUED, Ledger
from valsim.captable.merge import OnPaths, replaced_where
from valsim.captable.security import Security
from valsim.captable.term.anti_dilution import Source
from valsim.core.replace import replace
from valsim.core.rows import Row


class Offer(NamedTuple):
    """What is offered for new shares on some paths, rows of shape ``(n_paths,)``.

    ``planned`` is what the investors committed to, ``money`` what they pay, ``agreed`` the price per share of the round's
    earlier closing, ``day`` the proleptic ordinal of the closing, ``price_cut`` the part of
    the price that investors let themselves be given for a missed condition, and ``raised`` the money of the round's earlier closings.
    """

    planned: Row
    money: Row
    agreed: Row
    day: int
    price_cut: Row = ZERO
    raised: Row = ZERO


def price_round(tranche: Tranche, ledger: Ledger, here: OnPaths, offer: Offer) -> Priced:
    """Give the price at which a tranche closes on some paths, and what it leads to.

    ``ledger`` is that of the paths, with what grows with time counted up to the day. The price is not ``feasible`` where none
    satisfies the terms.
    """
    terms = tranche.terms
    pool = None if terms.option_pool is None else here.amount(terms.option_pool)
    increase = here.amount(0.0 if terms.pool_increase is None else terms.pool_increase)
    worth, includes = pre_money(tranche, ledger, here, offer)
    source = _source(tranche, ledger, offer)
    priced = solve_price(ledger, worth, offer.money, includes, pool, increase, source)
    largest = 1.0 if terms.new_money_at_most is None else here.amount(terms.new_money_at_most)
    return priced._replace(feasible=priced.feasible & (offer.money <= largest * (worth + offer.money)))


def _source(tranche: Tranche, ledger: Ledger, offer: Offer) -> Source:
    already = total(ledger.outstanding(series) for series in ledger.series if tranche.issues(series))
    return Source(tranche.terms.name, tranche.round, offer.day, already, offer.raised)


def pre_money(tranche: Tranche, ledger: Ledger, here: OnPaths, offer: Offer) -> tuple[Row, frozenset[str]]:
    """Give the value before the money that a closing states, or that its price per share says, and what that value pays for.

    That is besides the fully diluted shares before it; ``ledger`` is that of the paths on the day.
    """
    worth, includes = _stated(tranche, here, offer.planned), tranche.terms.counted
    if worth is None:
        # A price that was agreed leaves nothing to solve: what it sets off dilutes the new money too.
        given = tranche.closing.price_per_share
        worth = here.amount(offer.agreed if given is None else given) * ledger.fully_diluted()
        includes = frozenset[str]()
    return worth * (1 - here.amount(offer.price_cut)), includes


def _stated(tranche: Tranche, here: OnPaths, planned: Row) -> Row | None:
    closing = tranche.closing
    if closing.price is not None:
        return here.amount(closing.price.of) * (1 - here.amount(closing.price.discount))
    if closing.pre_money_valuation is not None:
        return here.amount(closing.pre_money_valuation)
    if closing.post_money_valuation is not None:
        return here.amount(closing.post_money_valuation) - planned
    return None


class Issue(NamedTuple):
    """What a closing issues on some paths: the series and the terms of its shares, cut to them, and the day, a proleptic ordinal."""

    series: str
    terms: Security
    day: int


def close_round(tranche: Tranche, before: Ledger, priced: Priced, payments: Mapping[str, Row], new: Issue) -> Ledger:
    """Give the ledger after a closing at its price: ``payments`` is the money of each investor.

    Conversion prices are lowered, the investors get the shares of the round's series, the convertibles become shares of it or
    of a shadow series of their own, and the unissued pool grows.
    """
    after = before
    for name, price in priced.conversion_prices.items():
        after = after.with_terms(name, conversion_price=price)
    after = after.remembering(tranche.round, priced.first_closings)
    after = _with_prices(after, new.series, new.terms, priced.price)
    shares = {name: money / priced.price for name, money in payments.items()}
    after = _issued(after, new.series, shares, new.day)
    for name, converted in priced.conversions.items():
        after = _with_converted(after, name, converted, new)
    if tranche.terms.adds_to_pool:
        pool = next(name for name, security in after.series.items() if security.is_pool)
        after = after.issue(pool, after.series[pool], {UNISSUED: priced.pool_shares})
    return after


def _issued(ledger: Ledger, series: str, shares: Mapping[str, Row], day: int) -> Ledger:
    """Issue shares of a series that the ledger has."""
    joined = ledger.joined(series, total(shares.values()), day)
    return joined.issue(series, joined.series[series], shares)


def _with_converted(ledger: Ledger, name: str, converted: Converted, new: Issue) -> Ledger:
    """Turn every holder's part of a convertible into shares, where it converts."""
    done = converted.shares > 0
    terms = ledger.series[name].conversion()
    if terms is None or not np.any(done):
        return ledger
    series = new.series
    if terms.converts_into == "shadow_series":
        series = shadow_series(series, name)
        ledger = _with_prices(ledger, series, new.terms, np.where(done, converted.price, 1.0))
    outstanding = ledger.outstanding(name)
    holders = {holder: held for (holder, of), held in ledger.lots.items() if of == name}
    shares = {holder: converted.shares * ratio(held, outstanding) for holder, held in holders.items()}
    return _issued(ledger, series, shares, new.day).cancel(name, done.astype(float))


def _with_prices(before: Ledger, series: str, new: Security, price: Row) -> Ledger:
    """Give the ledger in which a series has its terms: on a path where it has shares already, those it has.

    Common shares have no price of issue.
    """
    prices = [name for name in ("original_issue_price", "conversion_price") if name in type(new).model_fields]
    if series not in before.series:
        return replace(before, series={**before.series, series: new.but(**dict.fromkeys(prices, price))})
    is_new, terms = before.shares(series) <= 0, before.series[series]
    begun = replaced_where(is_new, terms, new)
    begun = begun.but(**{name: np.where(is_new, price, getattr(terms, name)) for name in prices})
    return replace(before, series={**before.series, series: begun})
