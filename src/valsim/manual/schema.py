"""The JSON Schema of the whole document, for editors: draft 7, which yaml-language-server speaks best.

Every block stands in it twice: whole, with the keys that it requires, and as a part (``part:NAME``), which may leave out what
``like`` or ``extends`` brings in.
"""

import json
from functools import partial
from typing import Any

from valsim.core.block import FAMILY, HOLDS, LIKE, NAMED_BY_KIND, Kind
from valsim.core.field_docs import IN_PART
from valsim.evidence.ranges import evidence_for
from valsim.manual.catalogue import ANYWHERE, LIKE_ENTRY, Entry, Page, pages
from valsim.manual.definitions import FILES, Schema, definitions, families, rewritten
from valsim.manual.number import PROVENANCE, in_quantities, number_forms
from valsim.manual.wording import NULL, name_in
from valsim.scenario.load import parse_document

FILE = "valsim.schema.json"
"""What the schema's file is called beside a scenario."""
PART = "part:"
"""What stands before the name of a block that may leave keys out."""


def scenario_schema(what: str = "scenario") -> Schema:
    """Give the schema of a whole file: of a scenario, or of one of the other words of ``FILES``."""
    named: dict[str, Schema] = {}
    for mark in ("", PART):
        named |= {mark + page.block: _block(page, mark) for page in pages()}
        named |= {mark + name: _family(family, mark) for name, family in families().items() if _used(family)}
        named |= number_forms(mark)
    named |= {f"named:{page.block}": _named_by_kind(page) for page in pages() if page.family}
    block = FILES[what].__name__
    whole = {"if": {"required": ["extends"]}, "then": _ref(PART + block), "else": _ref(block)}
    return {"$schema": DRAFT, "title": f"A {what} of valsim", **whole, "definitions": named}


def scenario_schema_text(what: str = "scenario") -> str:
    """Give the schema as the text of its file."""
    return json.dumps(scenario_schema(what), ensure_ascii=False, separators=(",", ":")) + "\n"


DRAFT = "http://json-schema.org/draft-07/schema#"


def _used(family: type[Kind]) -> bool:
    return any(kind.__name__ in definitions() for kind in family.kinds.values())


def _ref(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name}"}


def _block(page: Page, mark: str) -> Schema:
    written = definitions()[page.block]
    fields = written.get("properties", {})
    properties = {name: _property(page, name, schema, mark) for name, schema in fields.items()}
    if page.places[0].startswith(ANYWHERE):
        properties = {name: rewritten(schema, in_quantities) for name, schema in properties.items()} | PROVENANCE
    if mark and LIKE_ENTRY in page.entries:
        properties["like"] = _text(LIKE_ENTRY)
    shaped = _shaped({key: value for key, value in written.items() if key != "properties"}, mark)
    shaped |= {"title": page.word, "description": page.summary, "markdownDescription": page.meaning}
    kept = {key: value for key, value in shaped.items() if not (mark and key == "required")}
    return kept | ({"properties": properties} if properties else {})


def _named_by_kind(page: Page) -> Schema:
    """Give a block without its tag, which the name of the entry says."""
    block, tag = _block(page, ""), families()[page.family].tag
    return block | {"required": [key for key in block.get("required", ()) if key != tag]}


def _property(page: Page, name: str, schema: Schema, mark: str) -> Schema:
    (entry,) = (entry for entry in page.entries if entry.name == name)
    shaped = _entries(schema, mark) if schema.get(LIKE) else _shaped(schema, PART if schema.get(IN_PART) else mark)
    shaped = _as_part(shaped) if mark else shaped
    shown = {"examples": [_plain(each) for each in entry.examples]} if entry.examples else {}
    known = "".join(f"\n\nEvidence: {each.text}" for each in evidence_for(f"{page.title}.{name}"))
    told = {"description": entry.meaning, "markdownDescription": entry.text + known}
    return {**shaped, "title": f"{page.word}: {name}", **told, **shown}


def _as_part(shaped: Schema) -> Schema:
    """Allow what a part may say of what it extends: nothing, to take it away, and named items of a list by their names."""
    if isinstance(shaped.get("additionalProperties"), dict):
        shaped = {**shaped, "additionalProperties": {"anyOf": [shaped["additionalProperties"], NULL]}}
        kinds = shaped.get("properties", {}).items()
        shaped |= {"properties": {name: {"anyOf": [each, NULL]} for name, each in kinds}} if kinds else {}
    if _has_named_items(shaped):
        by_name = {"type": "object", "additionalProperties": {"anyOf": [shaped["items"], NULL]}}
        return {"anyOf": [shaped, by_name, NULL]}
    return shaped if NULL["type"] in _types(shaped) else _or_nothing({"anyOf": [shaped, NULL]})


def _has_named_items(shaped: Schema) -> bool:
    item = shaped.get("items")
    if not (isinstance(item, dict) and "$ref" in item):
        return False
    return "name" in definitions()[name_in(item).removeprefix(PART)].get("properties", {})


def _types(schema: Schema) -> list[str]:
    given = schema.get("type", [])
    return given if isinstance(given, list) else [given]


def _text(entry: Entry) -> Schema:
    return {"type": "string", "description": entry.meaning, "markdownDescription": entry.text}


def _plain(text: str) -> Any:
    """Read an example the way the loader reads a value."""
    return parse_document(f"example: {text}").data["example"]


def _entries(schema: Schema, mark: str) -> Schema:
    """Give a field whose value, or each of whose values, may be ``like`` another one."""
    inner = schema.get("additionalProperties", schema)
    block = inner[FAMILY] if FAMILY in inner else name_in(inner)
    like = {"if": {"required": ["like"]}, "then": _ref(PART + block), "else": _ref(mark + block)}
    either = {"type": "object", "properties": {"like": _text(LIKE_ENTRY)}, **like}
    if inner is schema:
        return either
    named = schema.get(NAMED_BY_KIND) and {
        kind: {"if": _any_of("like", families()[block].tag), "then": either, "else": _ref(_of_kind(member, mark))}
        for kind, member in families()[block].kinds.items()
    }
    return {"type": "object", "additionalProperties": either, **({"properties": named} if named else {})}


def _of_kind(member: type[Kind], mark: str) -> str:
    return (mark or "named:") + member.__name__


def _any_of(*keys: str) -> Schema:
    return {"anyOf": [{"required": [key]} for key in keys]}


def _family(family: type[Kind], mark: str) -> Schema:
    """Give a block that is chosen by its tag: the tag decides which keys there may be."""
    kinds = sorted(family.kinds)
    choice = {"enum": kinds, "markdownDescription": _choices(family)}
    by_kind = [
        {
            "if": {"properties": {family.tag: {"const": kind}}, "required": [family.tag]},
            "then": _ref(mark + member.__name__),
        }
        for kind, member in sorted(family.kinds.items())
    ]
    chosen = {"title": family.member_of, "type": "object", "properties": {family.tag: choice}, "allOf": by_kind}
    if not mark and not family.usual:
        return chosen | {"required": [family.tag]}
    meant = [rule["then"] for rule in by_kind] if mark else [_ref(_of_kind(family.kinds[family.usual], mark))]
    untold = {"if": {"not": {"required": [family.tag]}}, "then": {"anyOf": meant}}
    return chosen | {"allOf": [*by_kind, untold]}


def _choices(family: type[Kind]) -> str:
    known = {page.block: page for page in pages()}
    lines = (f"- `{kind}`: {known[member.__name__].summary}" for kind, member in sorted(family.kinds.items()))
    return "\n".join(lines)


def _shaped(schema: Schema, mark: str) -> Schema:
    """Give a piece of a block's own schema as draft 7 writes it, with the kinds and the forms of a number looked up."""
    shaped: Schema = rewritten(schema, partial(_piece, mark))
    return shaped


def _piece(mark: str, schema: Schema) -> Schema:
    if NULL in schema.get("anyOf", ()):
        return _or_nothing(schema)
    kept = {RENAMED.get(str(key), key): value for key, value in schema.items() if key not in DROPPED}
    return kept | _looked_up(schema, mark)


def _looked_up(schema: Schema, mark: str) -> Schema:
    """Give what stands for a kind, a block, a whole number or a number in any form."""
    if FAMILY in schema:
        return _any_kind(schema, mark)
    if "$ref" in schema:
        return _ref(mark + name_in(schema))
    if schema.get("type") == "integer":
        return WHOLE
    return {"allOf": [_ref(mark + "number")]} if {"number", "object"} <= set(schema.get("type", ())) else {}


WHOLE = {
    "type": ["integer", "string"],
    "pattern": r"^\d{1,3}(_\d{3})*$",
    "errorMessage": "expected a whole number such as 100_000",
}
RENAMED = {"prefixItems": "items"}
DROPPED = {"title", HOLDS, FAMILY, IN_PART, LIKE, NAMED_BY_KIND, "default"}


def _any_kind(schema: Schema, mark: str) -> Schema:
    family = _ref(mark + schema[FAMILY])
    return {"anyOf": [{"enum": schema["examples"]}, family]} if "examples" in schema else family


def _or_nothing(schema: Schema) -> Schema:
    """Allow nothing where a key may be left out; a value says so among its types, so that a complaint is about the value."""
    given = [each for each in schema["anyOf"] if each != NULL]
    first = given[0]
    if len(given) > 1 or "type" not in first:
        return {"anyOf": [*given, NULL]}
    types = first["type"] if isinstance(first["type"], list) else [first["type"]]
    nothing = {"enum": [*first["enum"], None]} if "enum" in first else {}
    return {**first, "type": [*types, "null"], **nothing}
