"""What differs between two scenarios: values by what they mean and as they are written, and where they come from."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import singledispatch
from typing import Any, Literal, TypeAlias

from valsim.core.block import Block
from valsim.core.errors import Path, dotted
from valsim.core.expression import Expression
from valsim.core.parameter import PROVENANCE, Parameter
from valsim.core.unit import ONE
from valsim.scenario.correlations import Group
from valsim.scenario.dump import plain
from valsim.scenario.model import Scenario

ABSENT = None
"""What stands for a value on the side that has none."""


What: TypeAlias = Literal["changed", "added", "removed", "provenance"]
"""What a difference is: of a value, of what there is, or of where a number comes from alone."""


@dataclass(frozen=True)
class Difference:
    """One place at which two scenarios differ; values are plain data, as they are written."""

    path: Path
    what: What
    old: Any
    new: Any

    @property
    def place(self) -> str:
        """The path as a person writes it, list items by their names."""
        return dotted(self.path)


def differences(old: Scenario, new: Scenario) -> tuple[Difference, ...]:
    """List what differs between two scenarios, in the order of the document.

    Numbers that mean the same are no difference however they are written, nor is a default that one side states. A number
    that only comes from elsewhere, or has another note, differs in its provenance.
    """
    return tuple(_between(old, new, ()))


def _between(old: Any, new: Any, path: Path) -> Iterator[Difference]:
    if old is ABSENT or new is ABSENT:
        if old is not new:
            yield Difference(path, "added" if old is ABSENT else "removed", _written(old), _written(new))
    elif isinstance(old, Block) and isinstance(new, Block):
        yield from _parts(_of_block(old), _of_block(new), path)
    elif type(old) is type(new):
        yield from _compared(old, new, path)
    elif _known(old) is ABSENT or _known(old) != _known(new):
        yield _changed(old, new, path)


@singledispatch
def _compared(old: Any, new: Any, path: Path) -> Iterator[Difference]:
    """Compare two values of one type."""
    if old != new:
        yield _changed(old, new, path)


@_compared.register
def _(old: Expression, new: Expression, path: Path) -> Iterator[Difference]:
    if old.text.split() != new.text.split():
        yield _changed(old, new, path)


@_compared.register
def _(old: Parameter, new: Parameter, path: Path) -> Iterator[Difference]:
    if not _alike(old, new):
        yield _changed(old, new, path)
    yield from _provenance(old, new, path)


@_compared.register(Mapping)
def _(old: Mapping[str, Any], new: Mapping[str, Any], path: Path) -> Iterator[Difference]:
    yield from _parts(old, new, path)


@_compared.register
def _(old: tuple, new: tuple, path: Path) -> Iterator[Difference]:  # type: ignore[type-arg]
    before, after = _by_name(old), _by_name(new)
    if before is None or after is None:
        if old != new:
            yield _changed(old, new, path)
        return
    yield from _parts(before, after, path)
    order = [[name for name in names if name in before and name in after] for names in (before, after)]
    if order[0] != order[1]:
        yield Difference((*path, "order"), "changed", *order)


def _provenance(old: Parameter, new: Parameter, path: Path) -> Iterator[Difference]:
    for key, before, after in (("source", old.sources, new.sources), ("note", old.note, new.note)):
        if before != after:
            yield Difference((*path, key), "provenance", _plain(before), _plain(after))
    if len(old.readings) == len(new.readings):
        for i, readings in enumerate(zip(old.readings, new.readings, strict=True)):
            yield from _provenance(*readings, (*path, "conflict", i))


def _changed(old: Any, new: Any, path: Path) -> Difference:
    return Difference(path, "changed", _written(old), _written(new))


def _parts(old: Mapping[str, Any], new: Mapping[str, Any], path: Path) -> Iterator[Difference]:
    for key in dict.fromkeys((*old, *new)):
        yield from _between(old.get(key), new.get(key), (*path, key))


def _of_block(block: Block) -> dict[str, Any]:
    return {name: getattr(block, name) for name in type(block).model_fields}


def _by_name(items: tuple[Any, ...]) -> dict[str, Any] | None:
    """Give the items of a list by their names, or correlated pairs by what they correlate; nothing for another list."""
    named = {str(item.name): item for item in items if hasattr(item, "name")}
    pairs = {" with ".join(sorted(names)): rho for names, rho in map(_correlated, items) if names}
    found = named or pairs
    return found if len(found) == len(items) else None


def _correlated(item: Any) -> tuple[Sequence[str], float]:
    """Give the names that an entry correlates, and how much; no names for an entry of another list."""
    if isinstance(item, Group):
        return item.group, item.correlation
    pair = isinstance(item, tuple) and [*map(type, item)] == [str, str, float]
    return (item[:2], item[2]) if pair else ((), 0.0)


def _known(value: Any) -> float | None:
    """Give the one number that a value means; a default may be a bare one."""
    if isinstance(value, Parameter):
        return value.middle if value.known and value.unit == ONE else ABSENT
    return float(value) if isinstance(value, int | float) else ABSENT


def _alike(old: Parameter, new: Parameter) -> bool:
    """Say whether two numbers mean the same, but for rounding."""
    if old.known and new.known:
        return old.unit == new.unit and math.isclose(old.middle, new.middle, rel_tol=1e-12)
    return old.unit == new.unit and _close(old.distribution, new.distribution)


@singledispatch
def _close(old: Any, new: Any) -> bool:
    """Compare plain values with room for rounding, and blocks and lists by their parts."""
    return bool(old == new) or (type(old) is type(new) is float and math.isclose(old, new, rel_tol=1e-12))


@_close.register
def _(old: Block, new: Any) -> bool:
    fields = type(old).model_fields
    return type(old) is type(new) and all(_close(getattr(old, field), getattr(new, field)) for field in fields)


@_close.register
def _(old: tuple, new: Any) -> bool:  # type: ignore[type-arg]
    return isinstance(new, tuple) and len(old) == len(new) and all(map(_close, old, new))


def _written(value: Any) -> Any:
    """Give a value as it is written, a number without its provenance."""
    told = plain(value)
    if not (isinstance(value, Parameter) and isinstance(told, dict)):
        return told
    body = {key: item for key, item in told.items() if key not in PROVENANCE}
    return body["value"] if body.keys() == {"value"} else body


def _plain(provenance: str | tuple[str, ...]) -> str | None:
    return (provenance if isinstance(provenance, str) else ", ".join(provenance)) or None
