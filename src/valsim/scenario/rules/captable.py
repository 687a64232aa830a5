"""Whether a cap table can be opened, its names are free and its classes and loans were issued by its date."""

from collections.abc import Iterator, Mapping
from datetime import date

from valsim.captable.cap_table import CapTable
from valsim.captable.liquidity.senior.paid_first import senior_problems
from valsim.captable.opening import cap_table_problems
from valsim.captable.security import Security
from valsim.core.errors import Path, Problem
from valsim.core.parameter import middle
from valsim.scenario.rules.names import cap_table_names

FEW_SHARES, HIGH_PRICE = 100, 10_000
"""Fewer shares than these, each at more than this, are hardly a class of shares in any currency."""


def cap_table_rules(captable: CapTable, as_of: date | None) -> Iterator[Problem]:
    """Report what is wrong with a cap table; paths start at its own keys."""
    yield from cap_table_names(captable)
    circles = tuple(_circles(captable.classes))
    yield from circles
    for problem in cap_table_problems(captable.classes, captable.positions):
        if not (circles and problem.path[-1:] == ("on",)):  # what a circle sets off is not told again
            yield problem
    yield from _swapped(captable.classes)
    yield from senior_problems(captable.senior, captable.positions)
    for path, day in issued_after(captable, as_of):
        yield Problem(path, f"{day} is after the document's {as_of}", code="date")


def _swapped(classes: Mapping[str, Security]) -> Iterator[Problem]:
    """Warn of hardly any shares at a price of very many: the two may stand in each other's place."""
    for name, security in classes.items():
        shares, price = security.shares, getattr(security, "original_issue_price", None)
        if shares is None or price is None or not 0 < middle(shares) < FEW_SHARES or middle(price) <= HIGH_PRICE:
            continue
        message = f"{middle(shares):,g} shares at {middle(price):,g} each: the number and the price may stand in each other's place"
        advice = "write as shares how many there are, and as original_issue_price what one cost"
        yield Problem(("classes", name, "shares"), message, advice, code="swapped", severity="warning")


def issued_after(captable: CapTable, day: date | None) -> Iterator[tuple[Path, date]]:
    """Give the classes and debts that did not exist on a day yet: the path of each date of issue, and the date."""
    issued = {("classes", name): security.issued for name, security in captable.classes.items()}
    issued |= {("debt", name): getattr(debt, "issued", None) for name, debt in captable.debt.items()}
    for place, of in issued.items():
        if of is not None and day is not None and of > day:
            yield (*place, "issued"), of


def _circles(classes: Mapping[str, Security]) -> Iterator[Problem]:
    """Report classes that turn into one another without an end, each circle once."""
    into = {name: getattr(security, "on", None) for name, security in classes.items()}
    for name in classes:
        way = [name]
        while (following := into.get(way[-1])) is not None and following not in way:
            way.append(following)
        if following == name and name == min(way, key=list(classes).index):
            message = f"expected an end, got a circle: {' is on '.join((*way, name))}"
            advice = "a warrant is on common or preferred shares"
            yield Problem(("classes", name, "on"), message, advice, code="cycle")
