"""The base of every anti-dilution term."""

from abc import abstractmethod
from typing import Any, Self

from pydantic import GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from valsim.core.block import FAMILY, Kind
from valsim.core.rows import Row


class AntiDilution(Kind, member_of="anti_dilution"):
    """What an issue of shares does to the conversion price; in the document a bare word is short for its kind."""

    @abstractmethod
    def adjusted(self, conversion_price: Row, price: Row, new_shares: Row, before: Row) -> Row:
        """Give the conversion price after an issue; it never rises.

        ``price`` is that of one new share, ``before`` the fully diluted shares before the issue, unissued pool included
        (its size before any adjustment, so that the order of the classes plays no part). Shapes ``(n_paths,)``.
        """

    def as_written(self) -> Any:
        """Give the bare word where it says everything."""
        body = super().as_written()
        return body if len(body) > 1 else body[self.tag]

    @classmethod
    def choose(cls, value: Any) -> Self:
        """Build the term from its kind, or from a mapping that names it."""
        return super().choose({cls.tag: value} if isinstance(value, str) else value)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        described = super().__get_pydantic_json_schema__(schema, handler)
        return described | {"examples": sorted(cls.kinds)} if FAMILY in described else described
