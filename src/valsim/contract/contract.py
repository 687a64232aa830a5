"""A contract: the cap table of a document, opened at one number each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, singledispatch
from os import PathLike
from pathlib import Path as FilePath
from typing import Any, TypeAlias

import numpy as np

from valsim.captable.cap_table import CapTable
from valsim.captable.liquidity.pay_out import Table
from valsim.captable.opening import open_ledger
from valsim.core.block import Block
from valsim.core.errors import Path, Problem
from valsim.core.parameter import at_medians
from valsim.core.quantity import parse_date
from valsim.core.rows import Row
from valsim.core.walk import walk
from valsim.scenario.captable_document import CapTableDocument
from valsim.scenario.dump import as_yaml, plain
from valsim.scenario.holds import WITHIN
from valsim.scenario.load import parse_document, read_document
from valsim.scenario.load_captable import judged_captable
from valsim.scenario.report_problems import scenario_error
from valsim.scenario.rules.captable import issued_after
from valsim.scenario.text.document import Document

CapTableSource: TypeAlias = str | PathLike[str] | Mapping[str, Any] | CapTable
"""A cap table: the path of its file or of a scenario, a text or a mapping that says what such a file does, or one that was read."""

LONG_AGO, LONG_AFTER = 0.0, 1_000_000.0
"""Two days, between which whatever grows with time grows, whenever it was issued: in the years 0 and 2738."""


@dataclass(frozen=True)
class Contract:
    """A cap table that was read and found right, and the text that it stands in."""

    document: CapTableDocument
    warnings: tuple[Problem, ...]
    text: Document

    @classmethod
    def read(cls, source: CapTableSource) -> "Contract":
        """Read a cap table; raise :class:`~valsim.core.errors.ScenarioError` with every problem."""
        return cls.of(document_of(source))

    @classmethod
    def of(cls, text: Document) -> "Contract":
        """Give the contract of a document that was read (see :meth:`read`)."""
        judged = judged_captable(text)
        return cls(judged.document, judged.warnings, text)

    @cached_property
    def table(self) -> Table:
        """The cap table at the medians of its numbers, ready to be paid out."""
        captable = at_medians(self.document)
        return Table(open_ledger(captable.classes, captable.positions), captable.senior)

    def dated(self, on: date | str | None) -> date | None:
        """Give the day of an exit or a round: the one asked for, else that of the document, if it has one."""
        return self.document.as_of if on is None else parse_date(on)

    def day(self, on: date | str | None) -> Row:
        """Give the day of an exit or a round as a proleptic ordinal; one that plays no part may be missing.

        Raises :class:`~valsim.core.errors.ScenarioError` where neither is known and some class or debt grows with time, and where
        some class or debt was issued after that day.
        """
        given = self.dated(on)
        if found := [*self._undated(given), *self._not_yet_issued(given)]:
            raise scenario_error(found, self.text)
        return np.asarray(float(given.toordinal() if given else 0))

    def unplayed(self, on: date | str | None) -> Iterator[Problem]:
        """Warn of terms that a run would have played by the day of an exit or a round, and that a contract alone does not.

        Where no day is known, that is every term that has one.
        """
        until, start = self.dated(on) or date.max, self.document.as_of or date.min
        for path, term in walk(self.document):
            day = term.awaits(start) if isinstance(term, Block) else None
            if day is not None and day <= until:
                message = (
                    "not played here: it hangs on what happens by then, and a contract alone has no time that passes"
                )
                yield Problem(
                    (*self._within, *path), message, "valsim run plays it", code="no_effect", severity="warning"
                )

    @property
    def _within(self) -> Path:
        return (WITHIN,) if WITHIN in self.text.data else ()

    def _undated(self, given: date | None) -> Iterator[Problem]:
        growing = [] if given else [*self._growing]
        if growing:
            message = (
                f"what is due on {' and '.join(name for _, name in growing)} grows with time, and no date is known"
            )
            advice = "state as_of in the file, or ask for a date: --on 2027-06-30"
            path = next(path for path in self.text.spans if path[-2:] == growing[0])
            yield Problem(path, message, advice, "key", "date")

    def _not_yet_issued(self, given: date | None) -> Iterator[Problem]:
        for path, issued in issued_after(self.document, given):
            message = f"{issued} is after the day that was asked for, {given}"
            yield Problem(
                (*self._within, *path), message, "ask for a later day, or use the cap table of that day", code="date"
            )

    @property
    def _growing(self) -> Iterator[tuple[str, str]]:
        yield from (("classes", name) for name in self.document.classes if self._grows(name))
        yield from (("debt", name) for name, debt in self.document.debt.items() if debt.grows)

    def _grows(self, name: str) -> bool:
        security = self.table.ledger.series[name]
        before, after = (security.accrued_to(np.asarray(day)) for day in (LONG_AGO, LONG_AFTER))
        return before != after


@singledispatch
def document_of(source: Any) -> Document:
    """Give what was handed over for a document as plain data with places; raise TypeError for what is none."""
    message = f"expected a file, a text, a mapping or a cap table, got {type(source).__name__}"
    raise TypeError(message)


@document_of.register
def _(source: PathLike) -> Document:  # type: ignore[type-arg]
    return read_document(FilePath(source))


@document_of.register
def _(source: str) -> Document:
    is_text = "\n" in source or source.lstrip().startswith("{")
    return parse_document(source, "text") if is_text else read_document(FilePath(source))


@document_of.register(Mapping)
@document_of.register(Block)
def _(source: Mapping[str, Any] | Block) -> Document:
    return parse_document(as_yaml(plain(source)), "data")
