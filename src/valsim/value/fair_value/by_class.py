"""What a company and its classes are worth today, whichever way it was worked out."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import numpy as np

from valsim.captable.ledger import Ledger
from valsim.core.errors import ValuationError
from valsim.core.shown import Shown
from valsim.value.fair_value.attribution import Contribution


class Priced(NamedTuple):
    """The price that was paid for one share of a class."""

    name: str
    price: float


class ClassValue(NamedTuple):
    """What a class is worth today.

    ``headline`` counts each share as the common shares that it converts into, at the price paid last; None where no price gives one.
    ``overvaluation`` is that over the value, less 1, and None where the class is worth nothing. ``standard_error`` is that of the value: 0 where nothing is
    drawn.
    """

    shares: float
    per_share: float | None
    value: float
    headline: float | None
    overvaluation: float | None
    standard_error: float = 0.0


@dataclass(frozen=True, kw_only=True)
class FairValue(Shown, ABC):
    """What a company and its classes are worth today, beside the headline that its last price paid gives.

    ``fair_value`` is what all classes are worth together. ``company_value`` is what the company is worth with what is paid
    before shareholders, ``paid_first``: costs of an exit, debt, a carve-out. ``post_money_valuation`` is the price over all fully
    diluted shares, the unissued pool included. ``roots`` are all company values at which the class that was priced is worth its
    price, of which the lowest is taken. All money is of today, under the probabilities that ``measure`` names. Where no price was paid, or
    that of a class that becomes no common shares, there is no headline, and what is measured by it is None.
    """

    priced: Priced | None
    fair_value: float
    company_value: float
    post_money_valuation: float | None
    overvaluation: float | None
    classes: Mapping[str, ClassValue]
    paid_first: Mapping[str, float]
    roots: tuple[float, ...]
    standard_error: float
    measure: str
    notes: tuple[str, ...] = ()
    name: str = ""
    currency: str = ""
    on: date | None = None
    warnings: tuple[str, ...] = ()

    @property
    def attribution(self) -> tuple[Contribution, ...]:
        """What each term adds to the gap between headline and fair value, where it was worked out."""
        return ()

    @property
    def unshared(self) -> tuple[str, ...]:
        """Why the gap cannot be shared out among terms, in a sentence, if so."""
        return ()

    @property
    @abstractmethod
    def how(self) -> dict[str, Any]:
        """How it was worked out: the ``model``, the ``method``, its ``parameters`` and those of them that are ``assumed``."""

    def as_dict(self) -> dict[str, Any]:
        """Give all of it as plain data, as the command writes it in JSON."""
        return {
            "name": self.name,
            "on": None if self.on is None else self.on.isoformat(),
            "currency": self.currency,
            "measure": self.measure,
            "price": {self.priced.name: self.priced.price} if self.priced else {},
            "fair_value": self.fair_value,
            "post_money_valuation": self.post_money_valuation,
            "overvaluation": self.overvaluation,
            "classes": {name: each._asdict() for name, each in self.classes.items()},
            "paid_first": dict(self.paid_first),
            "company_value": self.company_value,
            "standard_error": self.standard_error,
            "roots": list(self.roots),
            "attribution": [each._asdict() for each in self.attribution],
            **self.how,
            "notes": [*self.notes, *self.unshared],
            "warnings": list(self.warnings),
        }


def headline_of(ledger: Ledger, priced: Priced) -> float:
    """Give the price of one common share that the price of a class gives.

    Raises :class:`~valsim.core.errors.ValuationError` for a class that there is not, that nobody holds or that never becomes common.
    """
    found = headline_if_any(ledger, priced)
    if found is None:
        raise ValuationError(f"{priced.name} is no part of the fully diluted shares: its price gives no headline")
    return found


def headline_if_any(ledger: Ledger, priced: Priced | None) -> float | None:
    """Give the price of one common share that the price of a class gives; None for a class that never becomes common, and for no price.

    Raises :class:`~valsim.core.errors.ValuationError` for a class that there is not or that nobody holds.
    """
    if priced is None:
        return None
    if priced.name not in ledger.series:
        raise ValuationError(f"the cap table has no class {priced.name!r}: it has {', '.join(ledger.series)}")
    if not float(ledger.outstanding(priced.name)):
        raise ValuationError(f"nobody holds any {priced.name}, so its price says nothing of the company")
    common = float(ledger.terms[priced.name].as_converted(np.ones(())))
    return priced.price / common if common else None


def class_value(ledger: Ledger, name: str, value: float, headline: float | None, standard_error: float) -> ClassValue:
    """Give what a class is worth beside a headline, the price of one common share that the price paid gives, if it does."""
    shares = float(ledger.outstanding(name))
    counted = None if headline is None else float(ledger.issued_as_converted[name]) * headline
    return ClassValue(
        shares=shares,
        per_share=value / shares if shares else None,
        value=value,
        headline=counted,
        overvaluation=counted / value - 1 if value and counted else None,
        standard_error=standard_error,
    )
