"""The break-even value of an exit: the least that a sale must bring until a holder is paid so much."""

from collections.abc import Callable, Sequence

import numpy as np

from valsim.captable.curve import total
from valsim.captable.liquidity.pay_out import Liquidity, Settlement, Table, pay_out
from valsim.captable.waterfall import SAME
from valsim.core.rows import Bools, Row

TOLERANCE = 1e-6
"""How far, relatively, a value is above the exact one at most."""
TURNS, DOUBLINGS = 90, 40

Reading = Callable[[Settlement], Row]
"""Reads what somebody is paid out of what everybody is."""


def break_even(table: Table, liquidity: Liquidity, paid: Reading, due: Row) -> Row:
    """Give the least proceeds of an exit at which somebody is paid what is ``due``, money of shape ``(n_paths,)``.

    What is paid must not fall when proceeds rise, as in a sale where each class keeps its better side; it may jump. Infinite where no
    proceeds are enough, as for shares that a cap holds below it. The value is bracketed and then looked for where straight lines lead to, or halfway where
    they lead nowhere.

    >>> from valsim.captable.ledger import Ledger
    >>> from valsim.captable.security.common import Common
    >>> from valsim.captable.security.preferred import Preferred
    >>> series_a = Preferred.model_construct(original_issue_price=2.5, liquidation_preference_multiple=1.0,
    ...     participation="none", seniority=1.0)
    >>> table = Table(Ledger({"common": Common(), "series_a": series_a}, {("Ada", "common"): 8e6, ("Fund", "series_a"): 2e6}))
    >>> sale = Liquidity("acquisition", "as_agreed", np.float64(740000))
    >>> break_even(table, sale, lambda settled: settled.by_holder["Fund"], np.array([5e6, 15e6])).round(-2).tolist()
    [5000000.0, 75000000.0]
    """
    endless, due = np.isinf(due), np.where(np.isinf(due), 0.0, due)

    def short(proceeds: Row) -> Row:
        return np.asarray(paid(pay_out(table, liquidity, proceeds)) - due * (1 - SAME))

    low, high = np.zeros(due.shape), _upper(table, due)
    below, above = -due, short(high)
    for _ in range(DOUBLINGS):
        if np.all(above >= 0):
            break
        low, below = np.where(above < 0, high, low), np.where(above < 0, above, below)
        high = np.where(above < 0, 2 * high, high)
        above = np.where(above < 0, short(high), above)
    never, at_once = endless | (above < 0), due <= 0
    found = _between(short, low, high, below, above, never | at_once)
    return np.where(never, np.inf, np.where(at_once, 0.0, found))


def _upper(table: Table, due: Row) -> Row:
    """Give proceeds near those at which everything that comes before a common share is paid several times."""
    ledger = table.ledger
    shares = {name: ledger.outstanding(name) for name in ledger.series}
    claims = total(terms.preference(shares[name]) for name, terms in ledger.terms.items())
    return np.broadcast_to(np.asarray(claims) + 4 * due, due.shape).astype(float)


def _between(short: Callable[[Row], Row], low: Row, high: Row, below: Row, above: Row, done: Bools) -> Row:
    """Close in on the place between two values where what is short changes its sign; the upper end is given."""
    earlier, first = np.zeros(low.shape), np.full(low.shape, np.nan)
    for turn in range(TURNS):
        still = ~done & (high - low > TOLERANCE * high)
        if not still.any():
            break
        with np.errstate(divide="ignore", invalid="ignore"):
            tried = GUESSES[turn % len(GUESSES)](low, high, below, above, earlier, first)
        within = (tried > low) & (tried < high)
        tried = np.where(within, tried, (low + high) / 2)
        value = short(tried)
        # A path that is done stays as it is, so that it has the same bits among others.
        left, right = still & (value < 0), still & (value >= 0)
        earlier, first = np.where(left, low, earlier), np.where(left, below, first)
        low, below = np.where(left, tried, low), np.where(left, value, below)
        high, above = np.where(right, tried, high), np.where(right, value, above)
    return high


def _halved(low: Row, high: Row, *_: Row) -> Row:
    return np.where(low > 0, np.sqrt(low * high), high / 2)


def _crossing(low: Row, high: Row, below: Row, above: Row, *_: Row) -> Row:
    """Where the line between both ends is at zero, and a little beyond, so that the upper end is hit."""
    return (low + below / (below - above) * (high - low)) * (1 + TOLERANCE / 4)


def _going_on(low: Row, high: Row, below: Row, above: Row, earlier: Row, first: Row) -> Row:
    """Where the line through the last two lower ends is at zero: the start of a flat piece, as where a preference is paid."""
    del high, above
    return (low - below * (low - earlier) / (below - first)) * (1 + TOLERANCE / 4)


def _just_below(low: Row, high: Row, *_: Row) -> Row:
    """A little below the upper end, which then is known to be the place."""
    del low
    return high * (1 - TOLERANCE / 2)


GUESSES = (_crossing, _just_below, _halved, _going_on, _just_below, _halved)
"""Where the place is looked for, turn by turn: payouts are straight lines with kinks, and may jump."""


def side_by_side(holders: Sequence[str]) -> Reading:
    """Read what holders are paid where their rows stand one after the other, equally many of each."""

    def paid(settled: Settlement) -> Row:
        shape, by_holder = np.shape(settled.price), settled.by_holder
        rows = [np.broadcast_to(by_holder.get(holder, np.zeros(())), shape) for holder in holders]
        parts = np.array_split(np.arange(shape[0]), len(holders))
        return np.concatenate([row[part] for row, part in zip(rows, parts, strict=True)])

    return paid
