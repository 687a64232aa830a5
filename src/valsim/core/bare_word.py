"""Families of kinds in which a bare word is short for the kind of that name: ``anti_dilution: full_ratchet``."""

from typing import TYPE_CHECKING, Any, Self

from pydantic import GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from valsim.core.block import FAMILY, Kind

# Families are the direct subclasses of Kind, so this stands beside it and is none.
if TYPE_CHECKING:
    _Base = Kind
else:
    _Base = object


class BareWord(_Base):
    """Stands before :class:`~valsim.core.block.Kind` among the bases of a family that takes bare words.

    >>> from typing import Literal
    >>> class Ending(BareWord, Kind, member_of="ending"): ...
    >>> class Happy(Ending):
    ...     kind: Literal["happy"] = "happy"
    >>> Ending.choose("happy").as_written()
    'happy'
    """

    def as_written(self) -> Any:
        """Give the bare word where it says everything."""
        body = super().as_written()
        return body if len(body) > 1 else body[self.tag]

    @classmethod
    def choose(cls, value: Any) -> Self:
        """Build the member of the family that a word or a mapping names."""
        return super().choose({cls.tag: value} if isinstance(value, str) else value)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        described = super().__get_pydantic_json_schema__(schema, handler)
        words = sorted(word for word, kind in cls.kinds.items() if not _required(kind))
        return described | {"examples": words} if FAMILY in described else described


def _required(kind: type[Kind]) -> list[str]:
    return [name for name, field in kind.model_fields.items() if field.is_required()]
