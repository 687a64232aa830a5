"""Refusing first: who takes shares that are sold instead of the buyer."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from valsim.captable.curve import ratio, total
from valsim.captable.ledger import UNISSUED, Ledger
from valsim.captable.term.first_refusal import FirstRefusal, Refusal
from valsim.core.amount import amount
from valsim.core.rows import Bools, Row, Rows
from valsim.core.streams import Streams


class Sale(NamedTuple):
    """Shares for sale on some paths: how many, at which price, by whom and to whom; rows of shape ``(n_paths,)``."""

    shares: Row
    price: Row
    seller: str
    buyer: str


def taken_first(
    right: FirstRefusal, sale: Sale, ledger: Ledger, rows: Rows, streams: Streams
) -> tuple[Row, dict[str, Row]]:
    """Give the shares that the company takes, and those that each holder takes by a right of first refusal.

    ``ledger`` has what grows with time counted up to the day of the sale.
    """
    company = np.zeros(np.shape(sale.shares))
    if right.issuer is not None:
        affordable = np.minimum(sale.shares, np.maximum(rows["cash"], 0.0) / sale.price)
        company = np.where(_uses(right.issuer, "the company", sale, rows, streams), affordable, 0.0)
    return company, _by_holders(right, sale, sale.shares - company, ledger, rows, streams)


def _by_holders(
    right: FirstRefusal, sale: Sale, left: Row, ledger: Ledger, rows: Rows, streams: Streams
) -> dict[str, Row]:
    entitled, claimed = dict[str, Row](), dict[str, Row]()
    for holder, shares, refusal in _entitled(right, sale, ledger):
        uses = _uses(refusal, holder, sale, rows, streams)
        entitled[holder] = entitled.get(holder, 0.0) + shares
        claimed[holder] = claimed.get(holder, 0.0) + np.where(uses, shares, 0.0)
    whole = {"to_the_buyer": entitled, "to_those_who_take": claimed}.get(right.unclaimed or "", entitled)
    return {holder: left * ratio(part, total(whole.values())) for holder, part in claimed.items()}


def _entitled(right: FirstRefusal, sale: Sale, ledger: Ledger) -> Iterator[tuple[str, Row, Refusal]]:
    for (holder, series), shares in ledger.as_converted().items():
        if series in right.holders and holder not in {sale.seller, sale.buyer, UNISSUED}:
            yield holder, shares, right.holders[series]


def _uses(refusal: Refusal, holder: str, sale: Sale, rows: Rows, streams: Streams) -> Bools:
    wants = np.asarray(True if refusal.when is None else refusal.when(rows))
    draw = streams.once(f"positions.{sale.buyer}.first_refusal.{holder}")
    return wants & (draw < amount(refusal.probability, rows))
