"""Replacing what frozen things hold, which a step does thousands of times."""

from dataclasses import fields
from functools import cached_property
from typing import Any, TypeVar

from valsim.core.each_type import EachType

T = TypeVar("T")

FIELD_NAMES = EachType(lambda kind: tuple(field.name for field in fields(kind)))
"""The names of the fields of a dataclass."""


def replace(whole: T, **changes: Any) -> T:
    """Give the same dataclass with some fields replaced, as :func:`dataclasses.replace` does, in a quarter of its time.

    It makes the new one without its ``__init__``. Raises TypeError for a field that there is not.

    >>> from valsim.core.effect import NOTHING
    >>> replace(NOTHING, points=0.5).points
    0.5
    """
    kind = type(whole)
    content, result = held_fields(whole) | changes, object.__new__(kind)
    if len(content) > len(FIELD_NAMES[kind]):
        raise TypeError(f"{kind.__name__} has no {', '.join(changes.keys() - set(FIELD_NAMES[kind]))}")
    vars(result).update(content)
    return result


def held_fields(whole: Any) -> dict[str, Any]:
    """Give what something holds by name, without what it has worked out of that and kept."""
    held: dict[str, Any] = whole.__dict__.copy()
    for name in _WORKED_OUT[type(whole)]:
        held.pop(name, None)
    return held


def _worked_out(kind: type[Any]) -> tuple[str, ...]:
    held = ((name, value) for base in kind.__mro__ for name, value in vars(base).items())
    return tuple(name for name, value in held if isinstance(value, cached_property))


_WORKED_OUT = EachType(_worked_out)
