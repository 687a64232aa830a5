"""Drawing the terms of a round once its price is known."""

import numpy as np
import numpy.typing as npt

from valsim.captable.financing.attempt import Attempt
from valsim.captable.merge import OnPaths
from valsim.captable.term.drawn_terms import PayInThisRound, is_down
from valsim.core.rows import Bools, Row, cut
from valsim.core.streams import Streams


def drawn(attempt: Attempt, here: OnPaths, price: Row, streams: Streams) -> npt.NDArray[np.int64]:
    """Give the terms that a closing has at a price, the sum of ``2^place`` of each entry, shape ``(len(here.paths),)``.

    A later closing of a round has those of its first one.
    """
    tranche = attempt.tranche
    if tranche.is_later:
        return here.amount(attempt.drawn).astype(np.int64)
    last, code = here.amount(attempt.last_price), np.zeros(here.paths.shape, dtype=np.int64)
    for place, (name, terms) in enumerate(tranche.terms.drawn_terms.items()):
        otherwise = np.zeros(()) if terms.if_not_down is None else here.amount(terms.if_not_down)
        limit = last if terms.below is None else last * here.amount(terms.below)
        chance = np.where(is_down(price, limit), here.amount(terms.if_down), otherwise)
        draw = cut(streams.once(f"rounds.{tranche.round}.drawn_terms.{name}"), here.paths)
        code |= (draw < chance).astype(np.int64) << place
    return code


def asked_to_pay(attempt: Attempt, code: npt.NDArray[np.int64]) -> list[tuple[PayInThisRound, Bools]]:
    """Give the pay-to-play terms that were drawn for this closing, each with where; a later closing asks for nothing anew."""
    entries = enumerate(attempt.tranche.terms.drawn_terms.values())
    found = [(terms.pay_to_play, code >> place & 1 > 0) for place, terms in entries if not attempt.tranche.is_later]
    return [(terms, where) for terms, where in found if terms is not None]
