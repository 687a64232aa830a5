"""The price that a buyer of existing shares could pay: for the return it wants, and for nothing more than fairness."""

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from valsim.analysis.measured import Measured
from valsim.analysis.spread import Plain, number
from valsim.captable.root import rising_root
from valsim.core.parameter import at_medians
from valsim.core.rows import Row
from valsim.result import Columns, ColumnsByKey, Result, each_under

DOUBLINGS = 200
AT_A_TIME = 1 << 18
"""So many paths are asked about at a time, so that what is worked out on the way takes no memory to speak of."""
STEP = 1e-4
"""The part of a price over which the slope is taken: the worth is nearly a straight line of it, bent by the carry alone."""


def prices(result: Result, holder: str) -> Plain | None:
    """Give the prices per share that a buyer of existing shares could pay; nothing for any other holder.

    ``for_target_return`` makes the internal rate of return of the expected cash flows what the buyer wants, under real-world
    probabilities; ``worth_today`` makes its net present value nothing, under risk-neutral ones. Both are after fees and carry, with
    the shares and all else as they were on each path: consent, rights of first refusal and later purchases do not follow the price.
    """
    purchase = result.scenario.positions.get(holder)
    bid = None if purchase is None else at_medians(purchase).bid
    if bid is None:
        return None
    return {
        "paid": number(bid.price_per_share),
        "target_return": None if bid.target_return is None else number(bid.target_return),
        "for_target_return": _told(price_for_return(result, holder)),
        "worth_today": _told(price_worth_paying(result, holder)),
    }


def _told(found: Measured) -> Plain:
    known = np.isfinite(found.value)
    return {"mean": number(found.value), "standard_error": number(found.standard_error) if known else None}


def price_for_return(result: Result, holder: str) -> Measured:
    """Give the price at which the IRR of expected cash flows is the wanted one; NaN where none is wanted, or no price gives it."""
    return _price(result, holder, result.outcomes)


def price_worth_paying(result: Result, holder: str) -> Measured:
    """Give the price at which what is received is worth what is paid today; NaN where there is no such price."""
    return _price(result, holder, result.valued)


def _price(result: Result, holder: str, columns: ColumnsByKey) -> Measured:
    parts = {key: _short(row) for key, row in each_under(columns, "asking", holder)}
    unknown = Measured(np.nan, np.full(result.manifest.paths, np.nan))
    if not parts or not np.any(parts["shares",]):
        return unknown

    def worth(price: float) -> Row:
        return np.concatenate([_worth(some, price) for some in _in_slices(parts, result.manifest.paths)])

    low, high = 0.0, float(np.max(parts["price",]))
    if not np.mean(worth(low)) > 0:
        return unknown
    for _ in range(DOUBLINGS):
        if np.mean(worth(high)) <= 0:
            break
        low, high = high, 2 * high
    at = float(rising_root(_short_of(worth), np.array([low]), np.array([high]), np.array([(low + high) / 2]))[0])
    step = STEP * at
    slope = float(np.mean(worth(at + step)) - np.mean(worth(at - step))) / (2 * step)
    return Measured.root(at, worth(at), slope, result.clusters)


def _short(row: Row) -> Row:
    """Give a row of one number alone in the room of that number."""
    return np.broadcast_to(row[:1], row.shape) if (row == row[:1]).all() else row


def _in_slices(parts: Mapping[tuple[str, ...], Row], paths: int) -> Iterator[Columns]:
    for first in range(0, paths, AT_A_TIME):
        yield {key: row[first : first + AT_A_TIME] for key, row in parts.items()}


def _short_of(worth: Callable[[float], Row]) -> Callable[[Row], Row]:
    """Give how far a price is above what the purchase is worth on average, which rises with it."""
    return lambda prices: np.array([-np.mean(worth(float(price))) for price in prices])


def _worth(parts: Mapping[tuple[str, ...], Row], price: float) -> Row:
    """Give what a purchase at a price is worth by path: receipts after carry, less what is paid, discounted."""
    paid = parts["shares",] * price * (1 + parts["fees",])
    invested, back = paid + parts["other paid",], parts["other received",]
    found, carried = parts["balance",] - paid * parts["factor",], np.zeros(paid.shape)
    for number_, gross in ((key[1], row) for key, row in sorted(parts.items()) if key[0] == "received"):
        back = back + gross
        before, carried = carried, parts["carry",] * np.maximum(back - invested, 0.0)
        found = found + (gross - (carried - before)) * parts["factor", number_]
    return found
