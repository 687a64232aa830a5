"""Fair value by class: the company value at which the class that was priced last is worth its price, and what all are worth then."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import singledispatch
from typing import Any, NamedTuple

import numpy as np

from valsim.captable.curve import total
from valsim.captable.ledger import Ledger
from valsim.core.block import Block
from valsim.core.errors import ValuationError, dotted
from valsim.core.rows import Row
from valsim.core.walk import walk
from valsim.value.fair_value.backsolve import backsolve
from valsim.value.fair_value.diagram import Exits
from valsim.value.fair_value.method.base import Method

BESIDE = 0.01
"""How far to either side of the root, in logs, the slopes of the present values are measured."""


class Priced(NamedTuple):
    """The price that was paid for one share of a class."""

    name: str
    price: float


class ClassValue(NamedTuple):
    """What a class is worth today.

    ``overvaluation`` is the headline over the fair value, less 1: the headline counts each share as the common shares that it
    converts into, at the price paid last. It is None where the class is worth nothing. ``standard_error`` is that of the value:
    0 where nothing is drawn.
    """

    shares: float
    per_share: float | None
    value: float
    overvaluation: float | None
    standard_error: float = 0.0


@dataclass(frozen=True)
class FairValue:
    """What a company and its classes are worth today, beside the headline that its last price paid gives.

    ``fair_value`` is what all classes are worth together. ``company_value`` is what the company is worth with what is paid
    before shareholders, ``paid_first``: costs of an exit, debt, a carve-out. ``post_money_valuation`` is the price over all fully
    diluted shares, the unissued pool included. ``roots`` are all company values at which the class that was priced is worth its
    price, of which the lowest is taken. All money is of today.
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
    notes: tuple[str, ...] = ()
    name: str = ""
    currency: str = ""
    on: date | None = None
    warnings: tuple[str, ...] = field(default=())

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
            **_method(self.method),
            "notes": list(self.notes),
            "warnings": list(self.warnings),
        }


def _method(method: Method) -> dict[str, Any]:
    """Give the method with its numbers, and which of them nobody stated."""
    numbers = {name: as_numbers(getattr(method, name)) for name in type(method).model_fields if name != method.tag}
    return {"method": getattr(method, method.tag), "parameters": numbers, "assumed": list(_assumed(method))}


def _assumed(method: Method) -> Iterator[str]:
    """List the numbers that nobody stated, also of methods inside a method, as a person writes their places."""
    for path, each in walk(method):
        if isinstance(each, Method):
            left_out = type(each).model_fields.keys() - each.model_fields_set - {each.tag}
            names = (name for name in type(each).model_fields if name in left_out)
            yield from (dotted((*path, name)) for name in names if getattr(each, name) is not None)


@singledispatch
def as_numbers(value: Any) -> Any:
    """Give what a field of a method holds as plain data."""
    return value


@as_numbers.register(np.ndarray)
def _(value: Any) -> Any:
    return value.tolist()


@as_numbers.register
def _(value: tuple) -> Any:  # type: ignore[type-arg]
    return [as_numbers(each) for each in value]


@as_numbers.register(Mapping)
def _(value: Mapping[str, Any]) -> Any:
    return {name: as_numbers(each) for name, each in value.items()}


@as_numbers.register
def _(value: Block) -> Any:
    return {name: as_numbers(getattr(value, name)) for name in type(value).model_fields}


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
