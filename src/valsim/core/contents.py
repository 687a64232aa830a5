"""What a block holds: seen as a whole, replaced in part, compared, and asked whether it differs by path."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cached_property, singledispatch
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel

PLAIN = frozenset({type(None), str, bool, int, float, np.float64, date})
"""What most fields of a block hold, and no rows are in."""


class Contents(BaseModel):  # noqa: PLW1641 - pydantic hashes what is frozen
    """Fields and private state that stay what they are."""

    def but(self, **changes: Any) -> Self:
        """Give the same block with some fields, or private state, replaced; the rows that do not change are shared."""
        # As model_copy does, five times as fast, and without what was worked out from the old fields.
        private = {name: changes.pop(name) for name in self.__private_attributes__.keys() & changes.keys()}
        result = object.__new__(type(self))
        object.__setattr__(result, "__dict__", self._fields() | changes)
        object.__setattr__(result, "__pydantic_fields_set__", self.__pydantic_fields_set__)
        object.__setattr__(result, "__pydantic_extra__", None)
        object.__setattr__(result, "__pydantic_private__", {**(self.__pydantic_private__ or {}), **private} or None)
        return result

    def __eq__(self, other: object) -> bool:
        # By the fields alone: what is worked out from them and kept may be arrays, which compare entry by entry.
        if type(self) is not type(other):
            return NotImplemented
        if self is other:
            return True
        mine, theirs = self.__dict__, other.__dict__
        same = (mine[name] == theirs[name] for name in type(self).__pydantic_fields__)
        return all(same) and self.__pydantic_private__ == other.__pydantic_private__

    def contents(self) -> dict[str, Any]:
        """Give what the block holds, by field, its private state included."""
        private = self.__pydantic_private__
        return self._fields() | private if private else self._fields()

    def _fields(self) -> dict[str, Any]:
        held = self.__dict__
        return {name: held[name] for name in type(self).__pydantic_fields__}

    @property
    def differs_by_path(self) -> bool:
        """Whether a number in it, or in a block in it, is a row with one entry for each path."""
        return bool(self.differing)

    @cached_property
    def differing(self) -> dict[str, Any]:
        """The fields, private ones included, that hold such a row somewhere."""
        return {name: part for name, part in self.contents().items() if type(part) not in PLAIN and _differs(part)}


def _any_differs(parts: Iterable[Any]) -> bool:
    return any(type(part) not in PLAIN and _differs(part) for part in parts)


@singledispatch
def _differs(part: Any) -> bool:
    is_instance = is_dataclass(part) and not isinstance(part, type)
    return is_instance and _any_differs(getattr(part, field.name) for field in fields(part))


@_differs.register(np.ndarray)
def _(part: npt.NDArray[Any]) -> bool:
    return part.ndim > 0


@_differs.register
def _(part: Contents) -> bool:
    return part.differs_by_path


@_differs.register(Mapping)
def _(part: Mapping[Any, Any]) -> bool:
    return _any_differs(part.values())


@_differs.register(tuple)
def _(part: tuple[Any, ...]) -> bool:
    return _any_differs(part)
