"""The cap table after a round, as a document that the next question can be asked about."""

from collections.abc import Mapping
from datetime import date
from functools import singledispatch
from typing import Any

from valsim.captable.ledger import OTHERS, UNISSUED, Ledger
from valsim.scenario.captable_document import CapTableDocument
from valsim.scenario.dump import as_yaml, plain
from valsim.scenario.load import parse_document
from valsim.scenario.load_captable import judged_captable

SIZES = ("shares", "new_money", "post_money_valuation", "allocated")
"""What a class says of how many there are, which a ledger knows better."""
NOISE, DIGITS = 1e-12, 10
"""How far, relatively, a number of so many digits may be from another one that is taken for it."""
PRICES = ("original_issue_price", "conversion_price")


def captable_after(document: CapTableDocument, ledger: Ledger, on: date | None) -> CapTableDocument:
    """Give the document of a cap table whose shares, conversion prices and holders are those of a ledger."""
    data = plain(document)
    classes = {name: _class(name, document, ledger, on) for name in ledger.series if ledger.shares(name) > 0}
    day = {} if on is None else {"as_of": on.isoformat()}
    after = {**data, **day, "classes": classes, "positions": _positions(ledger)}
    return judged_captable(parse_document(as_yaml(plain(after)), "the cap table after the round")).document


def _class(name: str, document: CapTableDocument, ledger: Ledger, on: date | None) -> Mapping[str, Any]:
    """Give a class as a document writes it: what it said of itself, with what the ledger knows better."""
    terms = ledger.series[name]
    if name in document.classes and terms.is_convertible:
        return dict(plain(document.classes[name]))
    body = plain(document.classes[name]) if name in document.classes else _new(plain(terms), on)
    shares, unissued = ledger.shares(name), ledger.held(UNISSUED, name)
    sizes = {"shares": shares} | ({"allocated": shares - unissued} if "allocated" in body else {})
    prices = {key: getattr(terms, key) for key in PRICES if key in type(terms).model_fields}
    known = {key: short(float(number)) for key, number in (prices | sizes).items()}
    return {key: value for key, value in body.items() if key not in {*SIZES, *PRICES}} | known


def _new(body: Mapping[str, Any], on: date | None) -> Mapping[str, Any]:
    return {**short(body), **({} if on is None else {"issued": on.isoformat()})}


def _positions(ledger: Ledger) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for (holder, series), shares in ledger.lots.items():
        if holder not in {OTHERS, UNISSUED} and shares > 0:
            found.setdefault(holder, {})[series] = short(float(shares))
    return found


@singledispatch
def short(data: Any) -> Any:
    """Give plain data with its numbers as a person writes them: without the noise of a calculation, whole ones without a point.

    >>> short({"shares": 499999.99999999977, "seniority": 3.0, "price": 1 / 3})
    {'shares': 500000, 'seniority': 3, 'price': 0.3333333333333333}
    """
    return data


@short.register
def _(data: float) -> float | int:
    rounded = float(f"{data:.{DIGITS}g}")
    near = rounded if abs(rounded - data) <= NOISE * abs(data) else float(data)
    return int(near) if near.is_integer() else near


@short.register(Mapping)
def _(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: short(value) for key, value in data.items()}


@short.register(list)
def _(data: list[Any]) -> list[Any]:
    return [short(value) for value in data]
