"""The cap table after a round, as a document that the next question can be asked about."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from valsim.captable.ledger import OTHERS, UNISSUED, Ledger
from valsim.core.rows import Row
from valsim.scenario.captable_document import CapTableDocument
from valsim.scenario.dump import as_yaml, plain
from valsim.scenario.load import parse_document
from valsim.scenario.load_captable import judged_captable

SIZES = ("shares", "new_money", "post_money_valuation", "allocated")
"""What a class says of how many there are, which a ledger knows better."""
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
    known = {key: _short(number) for key, number in (prices | sizes).items()}
    return {key: value for key, value in body.items() if key not in {*SIZES, *PRICES}} | known


def _new(body: Mapping[str, Any], on: date | None) -> Mapping[str, Any]:
    return {**body, **({} if on is None else {"issued": on.isoformat()})}


def _positions(ledger: Ledger) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for (holder, series), shares in ledger.lots.items():
        if holder not in {OTHERS, UNISSUED} and shares > 0:
            found.setdefault(holder, {})[series] = _short(shares)
    return found


def _short(number: Row) -> float | int:
    """Give a number without the decimals that it does not need."""
    exact = float(number)
    return int(exact) if exact.is_integer() else exact
