"""The readings of a contract: clauses that practice reads in several ways, and what each way would pay."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args, get_origin

import numpy as np

from valsim.contract.contract import Contract
from valsim.contract.waterfall import Waterfall, waterfall_of
from valsim.core.block import READING, Block
from valsim.core.errors import Path, ScenarioError, dotted
from valsim.core.liquidity import LiquidityKind
from valsim.core.rows import Row
from valsim.core.walk import walk
from valsim.scenario.dump import plain


@dataclass(frozen=True)
class Clause:
    """One clause that the document reads in one of several ways.

    ``paid`` holds the waterfall under each reading, by its word, and ``refused`` why another one does not go with the rest of the
    document.
    """

    place: str
    stated: str
    paid: Mapping[str, Waterfall]
    refused: Mapping[str, str]

    @property
    def spread(self) -> dict[str, Row]:
        """How far apart the readings pay each lender, each class and a carve-out, in the shape of the proceeds."""
        every = [paid.payees for paid in self.paid.values()]
        rows = {name: [payees[name] for payees in every] for name in every[0]}
        return {name: np.max(found, axis=0) - np.min(found, axis=0) for name, found in rows.items()}

    def as_dict(self) -> dict[str, Any]:
        """Give it as plain data."""
        return {
            "place": self.place,
            "stated": self.stated,
            "readings": {word: _plain(paid.payees) for word, paid in self.paid.items()},
            "spread": _plain(self.spread),
            "refused": dict(self.refused),
        }


def _plain(rows: Mapping[str, Row]) -> dict[str, Any]:
    return {name: row.tolist() for name, row in rows.items()}


def readings(contract: Contract, proceeds: Row, kind: LiquidityKind, on: date | str | None) -> tuple[Clause, ...]:
    """Pay out proceeds under every reading of every clause of a contract, one clause at a time."""
    data = plain(contract.document)
    return tuple(
        _clause(data, path, stated, words, (proceeds, kind, on)) for path, stated, words in _clauses(contract.document)
    )


def _clauses(document: Block) -> Iterator[tuple[Path, str, tuple[str, ...]]]:
    """List the fields of a document that name a reading: their places, what they say, and what they may say."""
    for path, block in walk(document):
        for name, field in getattr(type(block), "model_fields", {}).items():
            extra = field.json_schema_extra
            stated = getattr(block, name) if isinstance(extra, Mapping) and READING in extra else None
            if stated is not None:
                yield (*path, name), stated, tuple(_words(field.annotation))


def _words(annotation: Any) -> Iterator[str]:
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    else:
        for part in get_args(annotation):
            yield from _words(part)


def _clause(
    data: Any, path: Path, stated: str, words: tuple[str, ...], asked: tuple[Row, LiquidityKind, date | str | None]
) -> Clause:
    paid: dict[str, Waterfall] = {}
    refused: dict[str, str] = {}
    for word in words:
        try:
            paid[word] = waterfall_of(Contract.read(_put(data, path, word)), *asked)
        except ScenarioError as error:
            refused[word] = error.problems[0].message
    return Clause(dotted(path), stated, paid, refused)


def _put(data: Any, path: Path, word: str) -> Any:
    """Give plain data with another word at a place, whose block may be written as its kind alone."""
    if not path:
        return word
    key, *rest = path
    if isinstance(data, list):
        return [_put(item, tuple(rest), word) if i == key else item for i, item in enumerate(data)]
    body = data if isinstance(data, Mapping) else {"kind": data}
    return {**body, key: _put(body.get(key), tuple(rest), word)}
