"""Schemas and docstrings in words: what may stand in a place, and what is said of it."""

import re
from collections.abc import Iterable
from inspect import cleandoc
from typing import Any

from valsim.core.block import FAMILY, HOLDS
from valsim.manual.definitions import Schema, definitions, families


def holds(schema: Schema) -> str:
    """Say in words what may stand in a place."""
    if HOLDS in schema:
        return str(schema[HOLDS])
    if FAMILY in schema:
        family = families()[schema[FAMILY]]
        return f"{with_article(family.member_of)}, chosen by its {family.tag}: {_listed(family.kinds)}"
    if "const" in schema or "enum" in schema:
        return _listed(schema.get("enum", [schema.get("const")]))
    if "anyOf" in schema:
        return " or ".join(holds(branch) for branch in schema["anyOf"] if branch != NULL)
    if "$ref" in schema:
        return _of_block(name_in(schema))
    return _of_type(schema)


def _of_block(name: str) -> str:
    written = definitions()[name]
    return str(written.get(HOLDS) or f"the keys {_listed(written['properties'])}")


def _of_type(schema: Schema) -> str:
    if isinstance(schema.get("additionalProperties"), dict):
        return f"names, each with {holds(schema['additionalProperties'])}"
    if "prefixItems" in schema:
        return f"[{', '.join(holds(each) for each in schema['prefixItems'])}]"
    if "items" in schema:
        return f"a list, each item {holds(schema['items'])}"
    return " or ".join(WORDS.get(each, each) for each in _as_list(schema.get("type", "anything"))) + _limits(schema)


def _limits(schema: Schema) -> str:
    words = {"minimum": "at least", "exclusiveMinimum": "above", "maximum": "at most", "exclusiveMaximum": "below"}
    return "".join(f", {word} {schema[key]}" for key, word in words.items() if key in schema)


def schema_of_value(schema: Schema) -> Schema:
    """Give the schema of a value that is given, where it may be left out too."""
    branches = [branch for branch in schema.get("anyOf", ()) if branch != NULL]
    return branches[0] if len(branches) == 1 else schema


def plain(docstring: str) -> str:
    r"""Give a docstring as Markdown: without the examples for Python, and with the lines of a paragraph joined.

    >>> plain("A level ``S`` of :func:`~valsim.core.rows.grown`.\n\n>>> 1\n1")
    'A level `S` of `grown`.'
    """
    text = re.sub(r":\w+:`~?([\w.]+\.)?(\w+)`", r"`\2`", cleandoc(docstring).split(">>>")[0].strip()).replace("``", "`")
    return "\n\n".join(part if part[:1].isspace() else " ".join(part.split()) for part in text.split("\n\n"))


def with_article(word: str) -> str:
    """Give a word behind its article.

    >>> with_article("exit"), with_article("driver")
    ('an exit', 'a driver')
    """
    return f"{'an' if word[:1] in 'aeio' else 'a'} {word}"


NULL = {"type": "null"}
WORDS = {
    "string": "text", "integer": "a whole number", "number": "a number", "boolean": "true or false", "array": "a list",
    "object": "a mapping",
}  # fmt: skip


def name_in(schema: Schema) -> str:
    """Give the name of the block that a schema refers to."""
    return str(schema["$ref"]).rsplit("/", 1)[-1]


def _listed(words: Iterable[Any]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
