"""Fair value by class: the company value at which the class that was priced last is worth its price, and what all are worth then."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from valsim.captable.curve import total
from valsim.core.rows import Row
from valsim.value.fair_value.as_data import method_as_data
from valsim.value.fair_value.attribution import Contribution, shares_of
from valsim.value.fair_value.backsolve import backsolve
from valsim.value.fair_value.by_class import FairValue, Priced, class_value, headline_of
from valsim.value.fair_value.diagram import Exits
from valsim.value.fair_value.method.base import Method
from valsim.value.fair_value.terms import PREFERENCES, carried, with_only

ROUNDING = 1e-9
"""A part of the fair value that is rounding."""

BESIDE = 0.01
"""How far to either side of the root, in logs, the slopes of the present values are measured."""


@dataclass(frozen=True, kw_only=True)
class ModelledValue(FairValue):
    """A fair value by class of a cap table alone, by a ``method``; ``exits`` are those that were valued."""

    method: Method
    exits: Exits = field(repr=False)

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

    @property
    def how(self) -> dict[str, Any]:
        """The method with its numbers, and which of them nobody stated; it values the cap table alone."""
        return {"model": "cap_table", **method_as_data(self.method)}


def value_by_class(exits: Exits, priced: Priced, method: Method) -> ModelledValue:
    """Solve the company value at which a class is worth its price, and value every class at it.

    Raises :class:`~valsim.core.errors.ValuationError` for a class that there is not, or whose price says nothing of the company,
    and where no company value gives the price.
    """
    ledger = exits.table.ledger.accrued_to(exits.day)
    headline = headline_of(ledger, priced)
    post_money = headline * float(ledger.fully_diluted())
    cost = priced.price * float(ledger.outstanding(priced.name))
    roots = _company_values(exits, Priced(priced.name, cost), method, post_money)
    worth = {name: float(row[0]) for name, row in method.present_values(exits, roots[:1]).items()}
    errors = _errors(method, exits, float(roots[0]), priced.name)
    lengths = {name: _length(error) for name, error in errors.items()}
    classes = {name: class_value(ledger, name, worth[name], headline, lengths.get(name, 0.0)) for name in ledger.series}
    fair_value = sum(each.value for each in classes.values())
    return ModelledValue(
        priced=priced,
        fair_value=fair_value,
        company_value=sum(worth.values()),
        post_money_valuation=post_money,
        overvaluation=post_money / fair_value - 1,
        classes=classes,
        paid_first={name: value for name, value in worth.items() if name not in classes and value},
        roots=tuple(roots.tolist()),
        standard_error=_length(total(errors[name] for name in classes)) if errors else 0.0,
        measure=method.measure,
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
