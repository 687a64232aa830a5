"""What the document may say, read off the blocks themselves: one JSON Schema a block, by its name."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeAlias

from valsim.core.block import FAMILY, Block, Kind
from valsim.scenario.captable_document import CapTableDocument
from valsim.scenario.model import Scenario
from valsim.value.fair_value.fund import Fund
from valsim.value.fair_value.method import Method

Schema: TypeAlias = dict[str, Any]
"""A JSON Schema, or a piece of one."""


FILES: Mapping[str, type[Block]] = {"scenario": Scenario, "captable": CapTableDocument, "method": Method, "fund": Fund}
"""What a file may hold as a whole, by the word for it."""


OUTSIDE: Mapping[str, str] = {"Distribution": "any number", "Method": "method of valuation"}
"""The families whose kinds stand at no place of a document, and where they do stand: wherever a number may, and in a method of
valuation, which ``valsim fair-value`` is asked for by name or in a file."""


@cache
def definitions() -> dict[str, Schema]:
    """Give the schema of the document, and of every block and every kind in it, by the name of its class.

    Where any kind of a family may stand they hold :data:`~valsim.core.block.FAMILY`. Nothing lists the kinds: a new one is
    found because its family is.
    """
    found: dict[str, Schema] = {}
    waiting: list[type[Block]] = [block for block in FILES.values() if block.__name__ not in families()]
    waiting += [kind for family in OUTSIDE for kind in families()[family].kinds.values()]
    while waiting:
        block = waiting.pop(0)
        if block.__name__ not in found:
            written = block.model_json_schema()
            inner = written.pop("$defs", {})
            found |= {block.__name__: written} | inner
            waiting += [member for piece in pieces([written, inner]) for member in _members(piece)]
    return found


@cache
def families() -> dict[str, type[Kind]]:
    """Give the families of kinds by the names of their classes."""
    return {family.__name__: family for family in Kind.__subclasses__()}


def pieces(schema: Any) -> list[Schema]:
    """List every mapping inside a schema, and itself."""
    found: list[Schema] = []

    def note(piece: Schema) -> Schema:
        found.append(piece)
        return piece

    rewritten(schema, note)
    return found


def rewritten(schema: Any, change: Callable[[Schema], Schema]) -> Any:
    """Give a schema with every mapping in it changed, the inner ones first."""
    if isinstance(schema, list):
        return [rewritten(each, change) for each in schema]
    if isinstance(schema, dict):
        return change({key: rewritten(value, change) for key, value in schema.items()})
    return schema


def _members(piece: Schema) -> list[type[Block]]:
    return list(families()[piece[FAMILY]].kinds.values()) if FAMILY in piece else []
