"""Fair value by class: the company value at which the class that was priced last is worth its price, and what all are worth then."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from valsim.captable.curve import total
from valsim.core.errors import ValuationError
from valsim.core.rows import Row
from valsim.value.fair_value.as_data import method_as_data
from valsim.value.fair_value.attribution import Contribution, shares_of
from valsim.value.fair_value.backsolve import backsolve
from valsim.value.fair_value.by_class import FairValue, Priced, class_value, headline_if_any
from valsim.value.fair_value.diagram import Exits
from valsim.value.fair_value.method.base import Method
from valsim.value.fair_value.terms import PREFERENCES, carried, with_only

ROUNDING = 1e-9
"""A part of the fair value that is rounding."""

BESIDE = 0.01
"""How far to either side of the root, in logs, the slopes of the present values are measured."""


@dataclass(frozen=True, kw_only=True)
class ModelledValue(FairValue):
    """A fair value by class of a cap table alone, by a ``method``; ``exits`` are those that were valued.

    ``solved`` says whether the price led to the company value, which is otherwise given, or stated by the method.
    """

    method: Method
    exits: Exits = field(repr=False)
    solved: bool

    @property
    def attribution(self) -> tuple[Contribution, ...]:
        """What each term adds to the gap between headline and fair value: together, all of it.

        First comes the unissued pool, which the headline counts and nobody owns; then the preferences, at once what was paid;
        then what else the cap table has, each on the mean over the orders in which they may come. A ``remainder`` is what no
        term explains. Without a headline, and where no price led to the company value, there is nothing to share out; and where it
        would take minutes, it is left out. Where fewer terms leave no company value at which the price is fair, or a whole
        stretch of them, a note says so.
        """
        return self._shared_out[0]

    @property
    def unshared(self) -> tuple[str, ...]:
        """Why the gap cannot be shared out among terms, in a sentence, if so."""
        return self._shared_out[1]

    @cached_property
    def _shared_out(self) -> tuple[tuple[Contribution, ...], tuple[str, ...]]:
        if self.post_money_valuation is None or not self.solved or takes_minutes(self.exits):
            return (), ()
        try:
            return self._contributions(), ()
        except ValuationError as error:
            return (), (f"what each term adds cannot be told: with fewer terms, {error}",)

    def _contributions(self) -> tuple[Contribution, ...]:
        terms = carried(self.exits.table)
        first, bare = frozenset({PREFERENCES.name} & terms.keys()), self._with_only(frozenset())
        steps = {"unissued_pool": bare.unissued, "remainder": bare.gap - bare.unissued}
        steps |= {name: self._with_only(first).gap - bare.gap for name in first}
        rest = [name for name in terms if name not in first]
        steps |= shares_of(lambda kept: self._with_only(kept | first).gap, rest)
        told = {name: adds for name, adds in steps.items() if name in terms or abs(adds) > ROUNDING * self.fair_value}
        return tuple(Contribution(n, terms.get(n, ()), adds, adds / self.fair_value) for n, adds in told.items())

    def _with_only(self, kept: frozenset[str]) -> "ModelledValue":
        exits = Exits(with_only(self.exits.table, kept), self.exits.day)
        return value_by_class(exits, self.priced, self.method)

    @property
    def gap(self) -> float:
        """The headline over the fair value, money."""
        return (self.post_money_valuation or 0.0) - self.fair_value

    @property
    def unissued(self) -> float:
        """What the headline counts of shares that nobody holds, money."""
        return (self.post_money_valuation or 0.0) - sum(each.headline or 0.0 for each in self.classes.values())

    @property
    def how(self) -> dict[str, Any]:
        """The method with its numbers, and which of them nobody stated; it values the cap table alone."""
        return {"model": "cap_table", "solved": self.solved, **method_as_data(self.method)}


def value_by_class(
    exits: Exits, priced: Priced | None, method: Method, company_value: float | None = None
) -> ModelledValue:
    """Solve the company value at which a class is worth its price, or take the one that is given or stated; value every class at it.

    Raises :class:`~valsim.core.errors.ValuationError` for a class that there is not or that nobody holds, where no company value
    gives the price, and where neither is known.
    """
    ledger = exits.table.ledger.accrued_to(exits.day)
    headline, known = headline_if_any(ledger, priced), _known(company_value, method.stated_value(exits))
    roots = _solved(exits, priced, method) if known is None else np.array([known])
    worth = {name: float(row[0]) for name, row in method.present_values(exits, roots[:1]).items()}
    errors = _errors(method, exits, float(roots[0]), priced if known is None else None)
    lengths = {name: _length(error) for name, error in errors.items()}
    classes = {name: class_value(ledger, name, worth[name], headline, lengths.get(name, 0.0)) for name in ledger.series}
    fair_value = sum(each.value for each in classes.values())
    post_money = None if headline is None else headline * float(ledger.fully_diluted())
    return ModelledValue(
        priced=priced,
        fair_value=fair_value,
        company_value=sum(worth.values()),
        post_money_valuation=post_money,
        overvaluation=None if post_money is None else post_money / fair_value - 1,
        classes=classes,
        paid_first={name: value for name, value in worth.items() if name not in classes and value},
        roots=tuple(roots.tolist()),
        standard_error=_length(total(errors[name] for name in classes)) if errors else 0.0,
        measure=method.measure,
        method=method,
        exits=exits,
        solved=known is None,
        notes=(*method.about(exits), *method.calibrated(exits, float(roots[0])), *_left_out(exits)),
        warnings=method.cautions(),
    )


def takes_minutes(exits: Exits) -> bool:
    """Whether convertibles, each of which waits for what the others do, are to be paid out on many days under many sets of terms."""
    return exits.grows and any(security.is_convertible for security in exits.table.ledger.series.values())


def _left_out(exits: Exits) -> tuple[str, ...]:
    left_out = "what each term adds is left out, since convertibles and payouts that grow with time would take minutes"
    return (left_out,) if takes_minutes(exits) else ()


def _known(given: float | None, stated: float | None) -> float | None:
    if given is not None and stated is not None:
        raise ValuationError(
            "the method states what the company is worth itself: leave the company value out", "company_value"
        )
    if given is not None and not 0 < given < np.inf:
        raise ValuationError(f"a company value is above 0, got {given:g}", "company_value")
    return stated if given is None else given


def _solved(exits: Exits, priced: Priced | None, method: Method) -> Row:
    """Give every company value at which a share of the class is worth its price."""
    if priced is None:
        raise ValuationError("neither a price nor a company value is known")
    ledger, name = exits.table.ledger.accrued_to(exits.day), priced.name
    shares = float(ledger.outstanding(name))
    everything = priced.price * max(float(ledger.fully_diluted()), shares)
    return backsolve(
        lambda value: method.present_values(exits, value)[name] / shares, priced.price, everything, method.points
    )


def _errors(method: Method, exits: Exits, root: float, priced: Priced | None) -> Mapping[str, Row]:
    """Give the errors of all present values at the root, whose own error moves them all (the delta method); none of what is exact.

    Where the class that was priced came out too high by chance, the root came out too low; a company value that is known has no
    error.
    """
    noise = method.noise(exits, root)
    if not noise or priced is None:
        return noise
    beside = method.present_values(exits, root * np.exp(np.array([-BESIDE, BESIDE])))
    rises = {name: float(row[1] - row[0]) for name, row in beside.items()}
    return {name: row - rises[name] / rises[priced.name] * noise[priced.name] for name, row in noise.items()}


def _length(error: Any) -> float:
    """Give the standard error that independent parts of an error come to."""
    return float(np.sqrt(np.sum(np.square(error))))
