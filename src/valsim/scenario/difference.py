"""What differs between two scenarios: values by what they mean and as they are written, and where they come from."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import singledispatch
from typing import Any, Literal, NamedTuple, TypeAlias

from valsim.core.block import Block
from valsim.core.errors import Path, dotted
from valsim.core.expression import Expression
from valsim.core.parameter import PROVENANCE, Parameter
from valsim.core.unit import ONE
from valsim.scenario.document import Document, steps
from valsim.scenario.like import inherit
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


class Side(NamedTuple):
    """A value of one scenario: what it means, and how it is written where that is known."""

    value: Any
    written: Any = ABSENT


def differences(old: tuple[Scenario, Document], new: tuple[Scenario, Document]) -> tuple[Difference, ...]:
    """List what differs between two scenarios, in the order of the document.

    Numbers that mean the same are no difference however they are written, nor is a default that one side states. A number
    that only comes from elsewhere, or has another note, differs in its provenance.
    """
    before, after = (Side(scenario, inherit(document).data) for scenario, document in (old, new))
    return tuple(_between(before, after, ()))


def _between(old: Side, new: Side, path: Path) -> Iterator[Difference]:
    if old.value is ABSENT or new.value is ABSENT:
        if old.value is not new.value:
            yield Difference(path, "added" if old.value is ABSENT else "removed", _written(old), _written(new))
    elif isinstance(old.value, Block) and isinstance(new.value, Block):
        yield from _parts(_of_block(old), _of_block(new), path)
    elif type(old.value) is type(new.value):
        yield from _compared(old.value, old, new, path)
    elif _known(old.value) is ABSENT or _known(old.value) != _known(new.value):
        yield Difference(path, "changed", _written(old), _written(new))


@singledispatch
def _compared(value: Any, old: Side, new: Side, path: Path) -> Iterator[Difference]:
    """Compare two values of one type; ``value`` is that of the old side."""
    if value != new.value:
        yield Difference(path, "changed", _written(old), _written(new))


@_compared.register
def _(value: Expression, old: Side, new: Side, path: Path) -> Iterator[Difference]:
    if value.text.split() != new.value.text.split():
        yield Difference(path, "changed", _written(old), _written(new))


@_compared.register
def _(value: Parameter, old: Side, new: Side, path: Path) -> Iterator[Difference]:
    if not _alike(value, new.value):
        yield Difference(path, "changed", _written(old), _written(new))
    yield from _provenance(value, new.value, path)


def _provenance(old: Parameter, new: Parameter, path: Path) -> Iterator[Difference]:
    for key, before, after in (("source", old.sources, new.sources), ("note", old.note, new.note)):
        if before != after:
            yield Difference((*path, key), "provenance", _plain(before), _plain(after))
    if len(old.readings) == len(new.readings):
        for i, readings in enumerate(zip(old.readings, new.readings, strict=True)):
            yield from _provenance(*readings, (*path, "conflict", i))


@_compared.register(Mapping)
def _(value: Mapping[str, Any], old: Side, new: Side, path: Path) -> Iterator[Difference]:
    del value
    yield from _parts(_entries(old), _entries(new), path)


@_compared.register
def _(value: tuple, old: Side, new: Side, path: Path) -> Iterator[Difference]:  # type: ignore[type-arg]
    before, after = _by_name(old), _by_name(new)
    if before is None or after is None:
        if value != new.value:
            yield Difference(path, "changed", _written(old), _written(new))
        return
    yield from _parts(before, after, path)
    order = [[name for name in names if name in before and name in after] for names in (before, after)]
    if order[0] != order[1]:
        yield Difference((*path, "order"), "changed", *order)


def _parts(old: Mapping[str, Side], new: Mapping[str, Side], path: Path) -> Iterator[Difference]:
    for key in dict.fromkeys((*old, *new)):
        yield from _between(old.get(key, Side(ABSENT)), new.get(key, Side(ABSENT)), (*path, key))


def _entries(side: Side) -> dict[str, Side]:
    return {key: Side(each, _inside(side, key)) for key, each in side.value.items()}


def _of_block(side: Side) -> dict[str, Side]:
    return {name: Side(getattr(side.value, name), _inside(side, name)) for name in type(side.value).model_fields}


def _by_name(side: Side) -> dict[str, Side] | None:
    """Give the items of a list by their names, or correlated pairs by what they correlate; nothing for another list."""
    named = {str(item.name): Side(item, _inside(side, item.name)) for item in side.value if hasattr(item, "name")}
    pairs = {" with ".join(sorted(item[:2])): Side(item[2]) for item in side.value if _is_pair(item)}
    found = named or pairs
    return found if len(found) == len(side.value) else ABSENT


def _is_pair(item: Any) -> bool:
    return isinstance(item, tuple) and [*map(type, item)] == [str, str, float]


def _inside(side: Side, key: str) -> Any:
    """Give what is written below a value under a key or a name, where it is written that way."""
    step = steps(side.written).get(key)
    return ABSENT if step is None else side.written[step]


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


def _written(side: Side) -> Any:
    """Give a value as it is written, a number without its provenance."""
    if side.value is ABSENT:
        return ABSENT
    if isinstance(side.written, dict) and isinstance(side.value, Parameter):
        body = {key: item for key, item in side.written.items() if key not in PROVENANCE}
        return body["value"] if body.keys() == {"value"} else body
    return side.written if side.written is not ABSENT else _said(side.value)


@singledispatch
def _said(value: Any) -> Any:
    """Say what a value is whose writing is not at hand: a default, or a part of a short form."""
    return value


@_said.register
def _(value: Parameter) -> str:
    return value.given


@_said.register
def _(value: Expression) -> str:
    return value.text


@_said.register
def _(value: Block) -> dict[str, Any]:
    return {name: _said(getattr(value, name)) for name in type(value).model_fields if getattr(value, name) is not None}


def _plain(provenance: str | tuple[str, ...]) -> str | None:
    return (provenance if isinstance(provenance, str) else ", ".join(provenance)) or None
