"""Opening a cap table: from the document's classes and positions to the ledger."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice

import numpy as np

from valsim.captable.conversion import convertible_problems
from valsim.captable.curve import ZERO, total
from valsim.captable.holding import Holding
from valsim.captable.ledger import OTHERS, ROUNDING, UNISSUED, Ledger, Lot
from valsim.captable.security import Security
from valsim.core.block import nearest_help
from valsim.core.errors import Problem, ScenarioError
from valsim.core.parameter import at_medians
from valsim.core.quantity import format_quantity
from valsim.core.rows import Row
from valsim.core.unit import ONE

Classes = Mapping[str, Security]
Positions = Mapping[str, Mapping[str, Holding]]


def open_ledger(classes: Classes, positions: Positions) -> Ledger:
    """Derive shares and prices in listed order, give holders their positions and the rest to others.

    Numbers are realised: scalars, or rows of shape ``(n_paths,)``. Raises ScenarioError with every problem; its paths start
    at ``classes`` or ``positions``.
    """
    _expect_none(_document_problems(classes, positions))
    _expect_none(_price_problems(classes))
    ledger = _with_shares(classes)
    _expect_none(_uncounted(ledger, positions))
    named = {
        (holder, series): _resolved(holding, series, ledger)
        for holder, holdings in positions.items()
        for series, holding in holdings.items()
    }
    rest = {series: _rest(series, ledger, named) for series in classes}
    _expect_none(_overdrawn(ledger, named, rest))
    # In the order that every later ledger has, so that no path's sums depend on what happens on others.
    opened = Ledger(ledger.series, dict(sorted({**named, **_unnamed(ledger, rest)}.items())))
    _expect_none((*_residual_problems(opened), *convertible_problems(opened)))
    return opened


def cap_table_problems(classes: Classes, positions: Positions) -> tuple[Problem, ...]:
    """Report what is wrong with a document's cap table: in its terms, or else when it is opened at its medians."""
    found = tuple(_document_problems(classes, positions))
    if any(problem.severity == "error" for problem in found):
        return found
    medians = {name: at_medians(security) for name, security in classes.items()}
    held = {holder: {name: at_medians(lot) for name, lot in lots.items()} for holder, lots in positions.items()}
    try:
        with np.errstate(over="ignore", invalid="ignore"):
            open_ledger(medians, held)
    except ScenarioError as error:
        return (*found, *error.problems)
    return found


def _document_problems(classes: Classes, positions: Positions) -> Iterator[Problem]:
    for index, (name, security) in enumerate(classes.items()):
        if not security.is_sized:
            way_out = "state shares, or new_money and post_money_valuation"
            yield Problem(("classes", name), "the class does not say how many shares it has", way_out, "key")
        if security.shares is None and security.new_money is not None and index == 0:
            message = "a price from a post-money valuation needs the shares that were there before"
            yield Problem(("classes", name, "new_money"), message, "list the earlier classes first", "key")
        for problem in security.problems(dict(islice(classes.items(), index))):
            yield problem.under(("classes", name))
    for holder, holdings in positions.items():
        for series, holding in holdings.items():
            yield from _position_problems(("positions", holder, series), series, holding, classes)


def _position_problems(path: tuple[str, ...], series: str, holding: Holding, classes: Classes) -> Iterator[Problem]:
    if series not in classes:
        yield Problem(path, f"the cap table has no class {series!r}", nearest_help(series, classes), "key")
        return
    undated = [name for name in _listed_after(series, classes) if holding.at and classes[name].issued is None]
    if undated:
        message = f"whether {', '.join(undated)} counts in the fully diluted shares at {holding.at} is not known"
        yield Problem(path, message, "say when each was issued, e.g. issued: 2024-02-01")
    issued = classes[series].issued
    if holding.at and issued and issued > holding.at:
        yield Problem(path, f"{series} was issued on {issued}, after {holding.at}")


def _listed_after(series: str, classes: Classes) -> list[str]:
    names = list(classes)
    return names[names.index(series) + 1 :]


def _uncounted(ledger: Ledger, positions: Positions) -> Iterator[Problem]:
    one = np.ones(())
    for holder, holdings in positions.items():
        for series, holding in holdings.items():
            if holding.of == "fully_diluted" and not np.all(ledger.terms[series].as_converted(one) > 0):
                message = f"shares of {series} do not count in the fully diluted ones"
                yield Problem(("positions", holder, series), message, "state a number, or a percentage of the class")


def _with_shares(classes: Classes) -> Ledger:
    """Give the ledger of the classes with nobody's name on the shares."""
    ledger = Ledger({}, {})
    for name, security in classes.items():
        terms, shares = security.opened(ledger.fully_diluted())
        ledger = Ledger({**ledger.series, name: terms}, {**ledger.lots, (OTHERS, name): np.asarray(shares)})
    return ledger


def _price_problems(classes: Classes) -> Iterator[Problem]:
    for name, security in classes.items():
        value, money = security.post_money_valuation, security.new_money
        if value is not None and money is not None and not np.all(np.asarray(value) > money):
            message = "the value after the money holds the new money, so it is above it"
            yield Problem(("classes", name, "post_money_valuation"), message)


def _resolved(holding: Holding, series: str, ledger: Ledger) -> Row:
    if holding.of == "shares":
        return np.asarray(holding.amount)
    if holding.of == "class":
        return holding.amount * ledger.shares(series)
    counted = [
        shares for (_, name), shares in ledger.as_converted().items() if _counts(name, series, holding.at, ledger)
    ]
    return holding.amount * total(counted) / ledger.terms[series].as_converted(np.ones(()))


def _counts(name: str, series: str, at: date | None, ledger: Ledger) -> bool:
    issued = ledger.series[name].issued
    return name not in _listed_after(series, ledger.series) if issued is None or at is None else issued <= at


def _rest(series: str, ledger: Ledger, named: Mapping[Lot, Row]) -> dict[str, Row]:
    shares, mine = ledger.shares(series), total(row for (_, name), row in named.items() if name == series)
    unissued = ledger.series[series].unissued(shares, mine)
    return {OTHERS: shares - unissued - mine, UNISSUED: unissued}


def _overdrawn(ledger: Ledger, named: Mapping[Lot, Row], rest: Mapping[str, Mapping[str, Row]]) -> Iterator[Problem]:
    for series, left in rest.items():
        shares = ledger.shares(series)
        if any(np.any(row < -ROUNDING * shares) for row in left.values()):
            holders = {holder: row for (holder, name), row in named.items() if name == series}
            listed = ", ".join(f"{holder} {_written(row)}" for holder, row in holders.items())
            message = f"the positions hold more than there is: {_written(shares)} {series}, of which {listed or 'allocated more'}"
            path = ("positions", list(holders)[-1], series) if holders else ("classes", series)
            yield Problem(path, message, _advice(total(holders.values()), shares) if holders else "")


def _advice(held: Row, shares: Row) -> str:
    if not np.all(shares > 0):
        return "the class has no shares: issue some, or let nobody hold any"
    return f"together they hold {100 * float(np.max(held / shares)):.4g} %; lower one of them"


def _written(row: Row) -> str:
    low, high = (format_quantity(float(limit), ONE, digits=6) for limit in (np.min(row), np.max(row)))
    return low if low == high else f"{low} to {high}"


def _unnamed(ledger: Ledger, rest: Mapping[str, Mapping[str, Row]]) -> dict[Lot, Row]:
    """Give the lots of the shares that no position names; what is left by rounding is none."""
    return {
        (holder, series): np.maximum(row, 0.0)
        for series, left in rest.items()
        for holder, row in left.items()
        if np.any(row > ROUNDING * ledger.shares(series))
    }


def _residual_problems(ledger: Ledger) -> Iterator[Problem]:
    with np.errstate(over="ignore"):  # told below, in words
        curves = {name: security.curve(ledger.outstanding(name)) for name, security in ledger.terms.items()}
    for name, curve in curves.items():
        if not all(np.all(np.isfinite(claim.amount)) for claim in curve.claims):
            message = "the preference of all its shares is too large a number to count with"
            yield Problem(("classes", name), message, "lower its liquidation_preference_multiple or its price", "key")
    if not np.all(total(curve.residual_shares for curve in curves.values()) > ZERO):
        message = "nobody is paid what is left after the preferences"
        yield Problem(("classes",), message, "add the common shares, e.g. common: {kind: common, shares: 480M}", "key")


def _expect_none(problems: Iterable[Problem]) -> None:
    found = tuple(problem for problem in problems if problem.severity == "error")
    if found:
        raise ScenarioError(found)
