"""The payoff diagram of one cap table, exactly: the straight lines it is made of, over all layers and regimes.

Where two lines meet the part of somebody in the next dollar changes: a breakpoint. Where a regime switches, a payout may jump: a
discontinuity. Most of both are known before: the breakpoints of each regime, and what just meets a test of the charter, each
raised by what is paid before shareholders. Between two of these every payout is checked to be a straight line, and where it is not - a veto begins to pay, a
convertible switches - the place is found by bisection.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from operator import attrgetter
from typing import Generic, NamedTuple, TypeAlias, TypeVar

import numpy as np

from valsim.captable.curve import Curve, ratio, total
from valsim.captable.ledger import Ledger
from valsim.captable.liquidity.charter import automatic_conversions, issue_price
from valsim.captable.liquidity.distribute import curves_of
from valsim.captable.liquidity.pay_out import Liquidity, Settlement, Table, pay_first, pay_out
from valsim.captable.liquidity.regime import all_converted, all_listed, as_agreed, but
from valsim.captable.liquidity.senior.paid_first import NOBODY_FIRST
from valsim.captable.waterfall import breakpoints as breakpoints_of
from valsim.captable.waterfall import calls_worth
from valsim.core.rows import EVERYWHERE, Bools, Row

ROUNDING = 1e-9
"""How far, relatively, two places are apart at least, and payouts or parts of a dollar that count as different."""
STRAIGHT = 1e-11
"""How far from a line, as a part of the proceeds, a payout may be by rounding."""
_BETWEEN = np.array([0.25, 0.75, 1e-6, 1e-3, 0.999, 1 - 1e-6, *np.arange(1, 32) / 32])
"""Where, between two places, payouts are compared with the line through the first two of these."""
_UP_TO = np.append(_BETWEEN, 1.0)
"""The same, with the second place included."""
_BEYOND = 2.0 ** np.arange(1, 11)
"""How many times the last known place is looked at as well, for lines go on for ever."""
_PARTS = np.arange(16) / 16
_SEARCHES = 14
"""How often a place is looked for in a sixteenth of where it was before: to the last of 53 bits."""
_TURNS = 60

Paid: TypeAlias = Callable[[Row], Row]
"""What everybody is paid out of some proceeds, shape ``(payees, proceeds)``."""

Payee = TypeVar("Payee", bound=Hashable)
"""What a payee is called by."""


class Lines(NamedTuple, Generic[Payee]):
    """Payouts as straight lines: from ``starts`` on, to the next one, each payee has ``slopes`` of every further dollar.

    It begins with its ``levels``, above a jump that may be there. ``bends`` and ``jumps`` say at which starts some part of the
    next dollar changes, and where some payout jumps. All have shape ``(lines,)``; the first start is 0.
    """

    starts: Row
    levels: Mapping[Payee, Row]
    slopes: Mapping[Payee, Row]
    bends: Bools
    jumps: Bools

    def at(self, proceeds: Row) -> dict[Payee, Row]:
        """Give what each payee is paid out of some proceeds, of any shape: ``level + slope (proceeds - start)``."""
        place = np.searchsorted(self.starts, proceeds, side="right") - 1
        beyond = proceeds - self.starts[place]
        return {payee: self.levels[payee][place] + slope[place] * beyond for payee, slope in self.slopes.items()}


def lines(table: Table, liquidity: Liquidity) -> Lines[str]:
    """Give the lines of the payoff diagram of one cap table, its numbers scalars as in ``ledger.at(0)``.

    >>> from valsim.captable.security.common import Common
    >>> from valsim.captable.security.preferred import Preferred
    >>> series_a = Preferred.model_construct(original_issue_price=2.5, liquidation_preference_multiple=1.0,
    ...     participation="none", seniority=1.0)
    >>> ledger = Ledger({"common": Common(), "series_a": series_a}, {("Ada", "common"): 8e6, ("Fund", "series_a"): 2e6})
    >>> found = lines(Table(ledger), Liquidity("acquisition", "as_agreed", np.float64(740000)))
    >>> found.starts.tolist(), found.levels["series_a"].round(2).tolist(), found.slopes["series_a"].round(9).tolist()
    ([0.0, 5000000.0, 25000000.0], [0.0, 5000000.0, 5000000.0], [1.0, 0.0, 0.2])
    """
    return lines_of(table, liquidity, attrgetter("payees"))


def lines_of(table: Table, liquidity: Liquidity, read: Callable[[Settlement], Mapping[Payee, Row]]) -> Lines[Payee]:
    """Give the lines of what ``read`` takes from a settlement, such as the payouts of holders."""
    names = list(read(pay_out(table, liquidity, np.zeros(1))))

    def paid(proceeds: Row) -> Row:
        payees = read(pay_out(table, liquidity, proceeds.ravel()))
        return np.stack([np.broadcast_to(payees[name], proceeds.size) for name in names]).reshape(
            len(names), *proceeds.shape
        )

    known = _apart(_proceeds_at(table, liquidity, np.array(list(_known(table.ledger.accrued_to(liquidity.day))))))
    places = _straight(paid, np.union1d(known, max(known.max(), 1.0) * _BEYOND))
    starts, levels, slopes, bends, jumps = _drawn(paid, places, np.isin(places, known))
    return Lines(starts, dict(zip(names, levels, strict=True)), dict(zip(names, slopes, strict=True)), bends, jumps)


def breakpoints(table: Table, liquidity: Liquidity) -> Row:
    """List the proceeds of one cap table at which somebody's part of the next dollar changes."""
    found = lines(table, liquidity)
    return found.starts[found.bends]


def discontinuities(table: Table, liquidity: Liquidity) -> Row:
    """List the proceeds of one cap table at which a regime switches and some payout jumps; option pricing refuses any."""
    found = lines(table, liquidity)
    return found.starts[found.jumps]


def next_dollar(table: Table, liquidity: Liquidity, proceeds: Row) -> dict[str, Row]:
    """Give everybody's part of the next dollar at proceeds of any shape; at a breakpoint, that above it."""
    found = lines(table, liquidity)
    at = np.searchsorted(found.starts, np.asarray(proceeds, dtype=float), side="right") - 1
    return {name: slopes[at] for name, slopes in found.slopes.items()}


def _proceeds_at(table: Table, liquidity: Liquidity, equity: Row) -> Row:
    """Give the highest proceeds of which no more than some money is left for shareholders, to the last bit."""
    if table.senior == NOBODY_FIRST:
        return equity

    def left(proceeds: Row) -> Row:
        return pay_first(table, liquidity, proceeds).left

    low, high = np.zeros(equity.shape), np.maximum(equity, 1.0)
    for _ in range(_TURNS):
        above = left(high) > equity
        if above.all():
            break
        high = np.where(above, high, 2 * high)
    for _ in range(_SEARCHES):
        tried = _sixteenths(low, high)
        low, high = _sides(tried, left(tried[1:-1]) <= equity)
    return np.append(0.0, low)


def _sixteenths(low: Row, high: Row) -> Row:
    return np.concatenate([low + np.multiply.outer(_PARTS, high - low), high[None]])


def _sides(tried: Row, fine: Bools) -> tuple[Row, Row]:
    """Give the last place up to which those that were tried are fine, and the next one; the first one is, the last is not."""
    first = np.argmin(np.concatenate([fine, np.zeros((1, tried.shape[1]), dtype=bool)]), axis=0)[None]
    low, high = (np.take_along_axis(tried, at, axis=0)[0] for at in (first, first + 1))
    return low, high


def _known(ledger: Ledger) -> Iterator[float]:
    """List the equity at which something may change in some regime, or a test of the charter is just met."""
    tests = automatic_conversions(ledger)
    regimes = [as_agreed, all_converted, all_listed]
    regimes += [but(all_listed, as_agreed, {name: EVERYWHERE}) for name in tests]
    regimes.append(but(all_listed, as_agreed, dict.fromkeys(tests, EVERYWHERE)))
    regimes += [but(as_agreed, all_converted, {name: EVERYWHERE}) for name in tests]
    yield 0.0
    for regime in regimes:
        yield from breakpoints_of(curves_of(ledger, regime)).tolist()
    for name, term in tests.items():
        price, proceeds = term.least(issue_price(ledger, name))
        yield float(proceeds)
        yield from (_worth(curves_of(ledger, regime), price) for regime in (all_converted, all_listed))


def _worth(curves: Mapping[str, Curve], price: Row) -> float:
    """Give the equity at which a common share has a price."""
    claims = total(claim.amount for curve in curves.values() for claim in curve.claims)
    return float(claims + calls_worth([call for curve in curves.values() for call in curve.calls], price))


def _apart(places: Iterable[float]) -> Row:
    """Sort places, the first one of those that rounding alone tells apart."""
    found: list[float] = []
    for place in places:
        if all(abs(place - other) > ROUNDING * place for other in found):
            found.append(place)
    return np.sort(found)


def _straight(paid: Paid, places: Row) -> Row:
    """Add places until every payout is a straight line between two of them."""
    low, high = places[:-1], places[1:]
    for _ in range(_TURNS):
        bent = ~_is_straight(paid, low, high, _BETWEEN)
        if not bent.any():
            break
        low, high = low[bent], high[bent]
        place = _first_bend(paid, low, high)
        left, right = place - low > ROUNDING * place, high - place > ROUNDING * high
        places, low, high = np.union1d(places, place[left & right]), place[right], high[right]
    return places


def _first_bend(paid: Paid, low: Row, high: Row) -> Row:
    """Find the last place up to which payouts are straight from ``low`` on, to the last bit."""
    straight, bent = low, high
    for _ in range(_SEARCHES):
        tried = _sixteenths(straight, bent)
        straight, bent = _sides(tried, _is_straight(paid, low, tried[1:-1], _UP_TO))
    return bent


def _is_straight(paid: Paid, low: Row, high: Row, inside: Row) -> Bools:
    values = paid(low + np.multiply.outer(inside, high - low))
    at = ((inside - inside[0]) / (inside[1] - inside[0])).reshape(-1, *(1 for _ in high.shape))
    away = np.abs(values - values[:, :1] - (values[:, 1:2] - values[:, :1]) * at)
    return np.asarray(away.max(axis=(0, 1)) <= STRAIGHT * high)


def _drawn(paid: Paid, places: Row, exact: Bools) -> tuple[Row, Row, Row, Bools, Bools]:
    """Draw the lines between places and join those that are one: give their starts, levels, slopes, bends and jumps."""
    width = np.diff(places)
    one, two = paid(places[:-1] + 0.25 * width), paid(places[:-1] + 0.75 * width)
    slopes = (two - one) / (0.5 * width)
    gap = (one - 0.25 * width * slopes)[:, 1:] - (two + 0.25 * width * slopes)[:, :-1]
    change, inner = np.diff(slopes, axis=1), places[1:-1]
    jumps = np.abs(gap).max(axis=0) > ROUNDING * inner
    bends = np.abs(change).max(axis=0) > ROUNDING + STRAIGHT * inner / np.minimum(width[1:], width[:-1])
    starts = np.append(0.0, np.where(jumps | exact[1:-1], inner, _met(inner, gap, change)))
    levels = one + slopes * (starts - (places[:-1] + 0.25 * width))
    kept = np.append(True, bends | jumps)
    bends, jumps = np.append(False, bends), np.append(False, jumps)
    return starts[kept], levels[:, kept], slopes[:, kept], bends[kept], jumps[kept]


def _met(places: Row, gap: Row, change: Row) -> Row:
    """Give the places near these where two lines meet, as seen by the payee whose part of the next dollar changes most."""
    most = np.abs(change).argmax(axis=0)[None]
    gap, change = (np.take_along_axis(row, most, axis=0)[0] for row in (gap, change))
    return places - ratio(gap, change)
