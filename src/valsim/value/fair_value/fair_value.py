"""Fair value by class: the company value at which the class that was priced last is worth its price, and what all are worth then."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from valsim.captable.curve import total
from valsim.captable.ledger import Ledger
from valsim.core.errors import ValuationError
from valsim.core.rows import Row
from valsim.value.fair_value.as_data import method_as_data
from valsim.value.fair_value.attribution import Contribution, shares_of
from valsim.value.fair_value.backsolve import backsolve
from valsim.value.fair_value.diagram import Exits
from valsim.value.fair_value.method.base import Method
from valsim.value.fair_value.terms import PREFERENCES, carried, with_only

ROUNDING = 1e-9
"""A part of the fair value that is rounding."""

BESIDE = 0.01
"""How far to either side of the root, in logs, the slopes of the present values are measured."""


class Priced(NamedTuple):
    """The price that was paid for one share of a class."""

    name: str
    price: float


class ClassValue(NamedTuple):
    """What a class is worth today.

    ``headline`` counts each share as the common shares that it converts into, at the price paid last. ``overvaluation`` is that over
    the value, less 1, and None where the class is worth nothing. ``standard_error`` is that of the value: 0 where nothing is
    drawn.
    """

    shares: float
    per_share: float | None
    value: float
    headline: float
    overvaluation: float | None
    standard_error: float = 0.0


@dataclass(frozen=True)
class FairValue:
    """What a company and its classes are worth today, beside the headline that its last price paid gives.

    ``fair_value`` is what all classes are worth together. ``company_value`` is what the company is worth with what is paid
    before shareholders, ``paid_first``: costs of an exit, debt, a carve-out. ``post_money_valuation`` is the price over all fully
    diluted shares, the unissued pool included. ``roots`` are all company values at which the class that was priced is worth its
    price, of which the lowest is taken. All money is of today. ``exits`` are those that were valued.
    """

    priced: Priced
    fair_value: float
    company_value: float
    post_money_valuation: float
    overvaluation: float
    classes: Mapping[str, ClassValue]
    paid_first: Mapping[str, float]
    roots: tuple[float, ...]
    standard_error: float
    method: Method
    exits: Exits = field(repr=False)
    notes: tuple[str, ...] = ()
    name: str = ""
    currency: str = ""
    on: date | None = None
    warnings: tuple[str, ...] = ()

    @cached_property
    def attribution(self) -> tuple[Contribution, ...]:
        """What each term adds to the gap between headline and fair value: together, all of it.

        First comes the unissued pool, which the headline counts and nobody owns; then the preferences, at once what was paid;
        then what else the cap table has, each on the mean over the orders in which they may come. A ``remainder`` is what no
        term explains.
        """
        terms = carried(self.exits.table)
        first = frozenset({PREFERENCES.name} & terms.keys())
        steps = {"unissued_pool": self._unissued}
        steps["remainder"] = self._gap(frozenset()) - self._unissued
        steps |= {name: self._gap(first) - self._gap(frozenset()) for name in first}
        steps |= shares_of(lambda kept: self._gap(kept | first), [name for name in terms if name not in first])
        told = {name: adds for name, adds in steps.items() if name in terms or abs(adds) > ROUNDING * self.fair_value}
        return tuple(Contribution(n, terms.get(n, ()), adds, adds / self.fair_value) for n, adds in told.items())

    def _gap(self, kept: frozenset[str]) -> float:
        """Give the headline over the fair value where the cap table has no terms but some, money."""
        exits = Exits(with_only(self.exits.table, kept), self.exits.day)
        found = value_by_class(exits, self.priced, self.method)
        return found.post_money_valuation - found.fair_value

    @property
    def _unissued(self) -> float:
        return self.post_money_valuation - sum(each.headline for each in self.classes.values())

    def as_dict(self) -> dict[str, Any]:
        """Give all of it as plain data, as the command writes it in JSON."""
        return {
            "name": self.name,
            "on": None if self.on is None else self.on.isoformat(),
            "currency": self.currency,
            "measure": self.method.measure,
            "price": {self.priced.name: self.priced.price},
            "fair_value": self.fair_value,
            "post_money_valuation": self.post_money_valuation,
            "overvaluation": self.overvaluation,
            "classes": {name: each._asdict() for name, each in self.classes.items()},
            "paid_first": dict(self.paid_first),
            "company_value": self.company_value,
            "standard_error": self.standard_error,
            "roots": list(self.roots),
            "attribution": [each._asdict() for each in self.attribution],
            **method_as_data(self.method),
            "notes": list(self.notes),
            "warnings": list(self.warnings),
        }


def value_by_class(exits: Exits, priced: Priced, method: Method) -> FairValue:
    """Solve the company value at which a class is worth its price, and value every class at it.

    Raises :class:`~valsim.core.errors.ValuationError` for a class that there is not, or whose price says nothing of the company,
    and where no company value gives the price.
    """
    ledger = exits.table.ledger.accrued_to(exits.day)
    post_money = _headline(ledger, priced) * float(ledger.fully_diluted())
    cost = priced.price * float(ledger.outstanding(priced.name))
    roots = _company_values(exits, Priced(priced.name, cost), method, post_money)
    worth = {name: float(row[0]) for name, row in method.present_values(exits, roots[:1]).items()}
    errors = _errors(method, exits, float(roots[0]), priced.name)
    headline = _headline(ledger, priced)
    classes = {name: _class_value(ledger, name, worth[name], headline, errors) for name in ledger.series}
    fair_value = sum(each.value for each in classes.values())
    return FairValue(
        priced=priced,
        fair_value=fair_value,
        company_value=sum(worth.values()),
        post_money_valuation=post_money,
        overvaluation=post_money / fair_value - 1,
        classes=classes,
        paid_first={name: value for name, value in worth.items() if name not in classes and value},
        roots=tuple(roots.tolist()),
        standard_error=_length(total(errors[name] for name in classes)) if errors else 0.0,
        method=method,
        exits=exits,
        notes=(*method.about(exits), *method.calibrated(exits, float(roots[0]))),
        warnings=method.cautions(),
    )


def _company_values(exits: Exits, bought: Priced, method: Method, headline: float) -> Row:
    """Give every company value at which a whole class is worth what it cost, or the one that the method itself states."""
    stated = method.stated_value(exits)
    if stated is not None:
        return np.array([stated])
    return backsolve(
        lambda value: method.present_values(exits, value)[bought.name], bought.price, headline, method.points
    )


def _headline(ledger: Ledger, priced: Priced) -> float:
    """Give the price of one common share that the price of a class gives."""
    if priced.name not in ledger.series:
        raise ValuationError(f"the cap table has no class {priced.name!r}: it has {', '.join(ledger.series)}")
    if not float(ledger.outstanding(priced.name)):
        raise ValuationError(f"nobody holds any {priced.name}, so its price says nothing of the company")
    common = float(ledger.terms[priced.name].as_converted(np.ones(())))
    if not common:
        raise ValuationError(f"{priced.name} is no part of the fully diluted shares: its price gives no headline")
    return priced.price / common


def _class_value(ledger: Ledger, name: str, value: float, headline: float, errors: Mapping[str, Row]) -> ClassValue:
    shares = float(ledger.outstanding(name))
    counted = float(ledger.issued_as_converted[name]) * headline
    return ClassValue(
        shares=shares,
        per_share=value / shares if shares else None,
        value=value,
        headline=counted,
        overvaluation=counted / value - 1 if value and counted else None,
        standard_error=_length(errors[name]) if errors else 0.0,
    )


def _errors(method: Method, exits: Exits, root: float, priced: str) -> Mapping[str, Row]:
    """Give the errors of all present values at the root, whose own error moves them all (the delta method); none of what is exact.

    Where the class that was priced came out too high by chance, the root came out too low.
    """
    noise = method.noise(exits, root)
    if not noise:
        return {}
    beside = method.present_values(exits, root * np.exp(np.array([-BESIDE, BESIDE])))
    rises = {name: float(row[1] - row[0]) for name, row in beside.items()}
    return {name: row - rises[name] / rises[priced] * noise[priced] for name, row in noise.items()}


def _length(error: Any) -> float:
    """Give the standard error that independent parts of an error come to."""
    return float(np.sqrt(np.sum(np.square(error))))
