"""Between all paths and some of them: cut rows, fill them back, merge a ledger that changed on some paths."""

from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from valsim.captable.ledger import Ledger
from valsim.captable.term.anti_dilution import FirstClosing
from valsim.core.amount import amount
from valsim.core.block import Block
from valsim.core.rows import Bools, Row, Rows, cut
from valsim.core.streams import Paths


@dataclass(frozen=True)
class OnPaths(Mapping[str, Any]):
    """The rows of an instant on some paths only; each is cut when it is read."""

    rows: Rows
    paths: Paths

    def __getitem__(self, name: str) -> Any:
        return cut(np.asarray(self.rows[name]), self.paths)

    def __contains__(self, name: object) -> bool:
        return name in self.rows

    def __iter__(self) -> Iterator[str]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def amount(self, value: Any) -> Row:
        """Give an amount on these paths: a formula evaluated, a realised number cut, shape ``(len(paths),)``."""
        row = amount(value, self) if callable(value) else cut(np.asarray(value), self.paths)
        return np.broadcast_to(row, self.paths.shape)


def filled(part: npt.NDArray[Any], paths: Paths, size: int, rest: Row | float = 0.0) -> Row:
    """Give the row of all paths that holds ``part`` on some of them and ``rest`` elsewhere, shape ``(size,)``."""
    row = np.empty(size)
    row[:] = rest
    row[paths] = part
    return row


def merged(ledger: Ledger, before: Ledger, after: Ledger, paths: Paths, size: int) -> Ledger:
    """Give the ledger in which some paths hold what ``after`` says and the others what they held.

    ``before`` is the ledger on those paths; what ``after`` shares with it has not changed. A series that is new has no
    shares elsewhere; its terms there are those of the first of the paths and mean nothing.
    """
    if after is before:
        return ledger
    changed = {lot: held for lot, held in after.lots.items() if held is not before.lots.get(lot)}
    lots = {lot: filled(held, paths, size, ledger.lots.get(lot, 0.0)) for lot, held in changed.items()}
    new = {name: terms for name, terms in after.series.items() if terms is not before.series.get(name)}
    series = {
        name: _terms(ledger.series.get(name), before.series.get(name), terms, paths, size)
        for name, terms in new.items()
    }
    first = {
        key: _remembered(ledger.first_closings.get(key, FirstClosing.nothing()), rows, paths, size)
        for key, rows in after.first_closings.items()
        if rows is not before.first_closings.get(key)
    }
    return Ledger(
        {**ledger.series, **series},
        dict(sorted({**ledger.lots, **lots}.items())),
        {**ledger.first_closings, **first},
    )


def _remembered(old: FirstClosing, new: FirstClosing, paths: Paths, size: int) -> FirstClosing:
    pairs = zip(astuple(new), astuple(old), strict=True)
    return FirstClosing(*(filled(part, paths, size, rest) for part, rest in pairs))


B = TypeVar("B", bound=Block)


def _terms(old: B | None, before: B | None, new: B, paths: Paths, size: int) -> B:
    was = {} if before is None else before.contents()
    changed = {name: value for name, value in new.contents().items() if value is not was.get(name)}
    whole = new if old is None else old
    return whole.but(**dict(_changes(old, was, changed, paths, size)))


def _changes(
    old: Block | None, before: Mapping[str, Any], changed: Mapping[str, Any], paths: Paths, size: int
) -> Iterator[tuple[str, Any]]:
    """Give what changed in a block, and in the blocks in it, for all paths: rows are filled with the old ones."""
    for name, value in changed.items():
        kept = getattr(old, name, None)
        if isinstance(value, Block):
            yield name, _terms(kept, before.get(name), value, paths, size)
        elif isinstance(value, np.ndarray) and (value.ndim or old is not None):
            yield name, filled(value, paths, size, np.ravel(value)[0] if kept is None else kept)
        else:
            yield name, value


def replaced_where(where: Bools, old: B, new: B) -> B:
    """Give a block, and the blocks in it, with the numbers of another of its kind on some paths; what they share stays."""
    changed = {}
    terms = old.contents()
    for name, after in new.contents().items():
        before = terms[name]
        if after is before:
            continue
        if isinstance(after, Block):
            changed[name] = replaced_where(where, before, after)
        elif isinstance(after, np.ndarray | np.generic) and not np.array_equal(after, before):
            changed[name] = np.where(where, after, before)
    return old.but(**changed) if changed else old
