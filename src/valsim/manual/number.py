"""The forms of a number in the editor's schema: a quantity, ``{value, source, note}``, a distribution or a conflict."""

from valsim.core.parameter.domain import QUANTITY
from valsim.manual.definitions import Schema, definitions, families

SOURCE = {
    "type": ["string", "array"],
    "items": {"type": "string"},
    "markdownDescription": "Where the number comes from: a key of `sources`, or a list of them. Without one it is an assumption.",
}
NOTE = {"type": "string", "markdownDescription": "What the number rests on, in a sentence."}
PROVENANCE = {"source": SOURCE, "note": NOTE}
GIVEN = {
    "type": ["number", "string"],
    "pattern": QUANTITY,
    "patternErrorMessage": "expected a quantity such as 1.5B USD, 12% or 18 months",
}
VALUE = GIVEN | {"markdownDescription": "The number itself, such as `1.5B USD`, `12%` or `18 months`."}
WEIGHT = GIVEN | {"markdownDescription": "How much this reading is believed; the weights add up to 100 %."}
NAMELESS = {"required": ["family"], "errorMessage": "quantiles need a family, e.g. family: lognormal"}
CONFLICT = (
    "Readings that contradict each other, each with its `value`, `source` and `weight`; a path believes one of them."
)


def number_forms(mark: str) -> dict[str, Schema]:
    """Give the definitions that a number's mappings are checked by, under names that begin with ``mark``."""
    if mark:
        return {mark + "number": {"if": {"type": "object"}, "then": _any_keys()}}
    value = {"if": {"type": "object"}, "then": _value()}
    nameless = {
        "if": {"type": "object", "anyOf": [{"required": [key]} for key in _keys_of_families()]},
        "then": NAMELESS,
    }
    conflict = _where("conflict", _conflict()) | {"else": nameless | {"else": value}}
    return {"number": _where("family", {"$ref": "#/definitions/Distribution"}) | {"else": conflict}}


def in_quantities(schema: Schema) -> Schema:
    """Let a number of a distribution be written as a quantity."""
    types = schema.get("type", ())
    if "number" not in ([types] if isinstance(types, str) else types):
        return schema
    return {**schema, **GIVEN, "type": [*GIVEN["type"], *(["null"] if "null" in types else [])]}


def _where(key: str, then: Schema) -> Schema:
    return {"if": {"type": "object", "required": [key]}, "then": then}


def _value() -> Schema:
    family = {"enum": sorted(families()["Distribution"].kinds), "markdownDescription": "The family of a distribution."}
    conflict = {"type": "array", "markdownDescription": CONFLICT}
    properties = {"value": VALUE, **PROVENANCE, "family": family, "conflict": conflict}
    return {"type": "object", "properties": properties, "required": ["value"], "additionalProperties": False}


def _conflict() -> Schema:
    reading = {
        "type": "object",
        "properties": {"value": VALUE, "weight": WEIGHT, **PROVENANCE},
        "required": ["weight", "source"],
    }
    known = {"value": VALUE, "weight": WEIGHT, **PROVENANCE}
    strict = reading | {"properties": known, "additionalProperties": False}
    each = {"if": {"required": ["family"]}, "then": reading, "else": strict}
    listed = {"type": "array", "items": each, "minItems": 2, "markdownDescription": CONFLICT}
    return {"type": "object", "properties": {"conflict": listed, **PROVENANCE}, "additionalProperties": False}


def _any_keys() -> Schema:
    conflict = {"type": "array", "markdownDescription": CONFLICT}
    known: Schema = {name: {} for name in ("family", *_keys_of_families())}
    properties = {**known, "value": VALUE, "conflict": conflict, **PROVENANCE}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _keys_of_families() -> list[str]:
    """List the keys of the distributions that mean nothing without a family."""
    members = (definitions()[member.__name__]["properties"] for member in families()["Distribution"].kinds.values())
    return list(dict.fromkeys(name for keys in members for name in keys if name not in {"family", "value"}))
