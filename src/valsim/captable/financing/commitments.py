"""Commitments: who is to pay what of a closing, and who does not."""

from collections.abc import Mapping

import numpy as np

from valsim.captable.curve import total
from valsim.captable.financing.attempt import Attempt
from valsim.captable.merge import OnPaths
from valsim.captable.term.default import Default, one_factor
from valsim.core.rows import NOWHERE, Bools, Row, cut
from valsim.core.streams import Streams


def commitments(attempt: Attempt, here: OnPaths) -> dict[str, Row]:
    """Give what each investor commits to; where the named ones want more than there is, each is cut back in proportion."""
    tranche = attempt.tranche
    named = {name: here.amount(money) for name, money in (*tranche.closing.investors.items(), *tranche.buyers.items())}
    asked, wanted = here.amount(tranche.closing.new_money) + here.amount(attempt.more), summed(named, here)
    part = np.divide(asked, wanted, out=np.ones(asked.shape), where=wanted > asked)
    return {name: money * part for name, money in named.items()} | {tranche.others: np.maximum(asked - wanted, 0.0)}


def wanted(here: OnPaths, committed: dict[str, Row]) -> tuple[OnPaths, dict[str, Row]]:
    """Leave out the paths on which no money is asked for now: there the tranche stays open."""
    asks = np.flatnonzero(summed(committed, here) > 0)
    if asks.size == here.paths.size:
        return here, committed
    return OnPaths(here.rows, here.paths[asks]), {name: cut(money, asks) for name, money in committed.items()}


def defaults(attempt: Attempt, committed: Mapping[str, Row], here: OnPaths, streams: Streams) -> dict[str, Bools]:
    """Say for each investor on which paths it does not pay what it committed to, shape ``(len(here.paths),)``.

    Whoever owes nothing, as it does not follow on there, defaults on nothing.
    """
    return {name: _defaults(attempt, name, here, streams) & (money > 0) for name, money in committed.items()}


def _defaults(attempt: Attempt, investor: str, here: OnPaths, streams: Streams) -> Bools:
    terms = attempt.tranche.closing.default
    if terms is None:
        return NOWHERE
    return attempt.defaults_by_choice(investor, _drawn(attempt, terms, investor, here, streams), here.paths)


def _drawn(attempt: Attempt, terms: Default, investor: str, here: OnPaths, streams: Streams) -> Bools:
    if investor not in attempt.tranche.may_default:
        return NOWHERE
    now, start = np.broadcast_arrays(here["equity_value"], here["equity_value.start"])
    change = np.divide(now, start, out=np.ones(now.shape), where=start > 0)
    chance = terms.chance(change, here.amount(terms.probability_of(investor)), here.amount(terms.wrong_way))
    draw = attempt.draw(f"default.{investor}", here.paths, streams)
    if terms.correlation is not None:
        common = cut(streams.once("rounds.default"), here.paths)
        draw = one_factor(draw, common, here.amount(terms.correlation))
    return np.asarray(draw < chance)


def paid(
    attempt: Attempt, committed: Mapping[str, Row], missed: Mapping[str, Bools], here: OnPaths, streams: Streams
) -> dict[str, Row]:
    """Give what each investor pays: what it committed to, less what it defaults on; nothing where it walks or its rights have ended.

    Followers then look at what the anchor pays.
    """
    terms, tranche = attempt.tranche.closing.default, attempt.tranche
    left = 0.0 if terms is None or terms.pays is None else here.amount(terms.pays)
    payments = {name: np.where(missed[name], money * left, money) for name, money in committed.items()}
    may_be_gone = [name for name in payments if name in attempt.out or attempt.chosen.binds(name)]
    gone = {name: attempt.is_out(name, here.paths) | attempt.walks(name, here.paths) for name in may_be_gone}
    payments |= {name: np.where(where, 0.0, payments[name]) for name, where in gone.items()}
    payments |= _followed(attempt, committed, payments, here, streams)
    if tranche.closing.others_pay is not None:
        payments[tranche.others] = payments[tranche.others] * here.amount(tranche.closing.others_pay)
    return payments


def _followed(
    attempt: Attempt, committed: Mapping[str, Row], payments: Mapping[str, Row], here: OnPaths, streams: Streams
) -> dict[str, Row]:
    """Give what each follower pays, once it has looked at the anchor."""
    tranche = attempt.tranche
    terms, anchor = tranche.closing.followers, tranche.closing.anchor
    if terms is None:
        return {}
    chance = here.amount(terms.probability)
    if anchor is not None and terms.if_anchor_defaults is not None:
        chance = np.where(payments[anchor] < committed[anchor], here.amount(terms.if_anchor_defaults), chance)
    names = (name for name in (*tranche.closing.investors, tranche.others) if name != anchor)
    draws = {name: attempt.draw(f"follows.{name}", here.paths, streams) for name in names}
    return {name: np.where(draw < chance, payments[name], 0.0) for name, draw in draws.items()}


def summed(rows: Mapping[str, Row], here: OnPaths) -> Row:
    """Add up what all investors pay, shape ``(len(here.paths),)``."""
    return np.zeros(here.paths.shape) + total(rows.values())
