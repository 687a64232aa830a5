"""From pydantic's errors to problems: a place in the document, a sentence and what to do."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any, TypeAlias

from pydantic import ValidationError

from valsim.core.block import nearest_help
from valsim.core.errors import Path, Problem
from valsim.scenario.rules.thousands import meant
from valsim.scenario.text.document import Document, steps

KnownKeys: TypeAlias = Callable[[Path], Iterable[str]]
"""Gives the keys that a mapping of the document may have."""


def no_keys(path: Path) -> tuple[str, ...]:
    """Know no keys: an unknown one gets no suggestion."""
    del path
    return ()


def from_validation_error(error: ValidationError, document: Document, known_keys: KnownKeys = no_keys) -> list[Problem]:
    """Explain every error of a failed validation of ``document.data``, each once, in the words of the document.

    Of a union only the form that fits best is reported: "expected a list" is left out where there is an error inside it.
    """
    told = [_problem(details, document, known_keys) for details in error.errors(include_url=False)]
    misspelt = {(problem.path[:-1], problem.help) for problem in told if problem.code in _UNKNOWN}
    found = [problem for problem in told if not _is_misspelt(problem, misspelt)]
    found = [problem for problem in found if not _belongs_above(problem.path, document.data)]
    better = {problem.path[:size] for problem in found for size in range(len(problem.path))}
    better |= {problem.path for problem in found if problem.code not in _SHAPES}
    return list(
        dict.fromkeys(problem for problem in found if problem.code not in _SHAPES or problem.path not in better)
    )


def _is_misspelt(problem: Problem, misspelt: Collection[tuple[Path, str]]) -> bool:
    # A key that is missing because it stands there with a slip of the pen is one problem, not two.
    if problem.code != "missing" or not problem.path:
        return False
    return (problem.path[:-1], nearest_help(str(problem.path[-1]), [str(problem.path[-1])])) in misspelt


def _belongs_above(path: Path, data: Any) -> bool:
    return bool(path) and path[-1] in dict(_too_little_indented(_at(data, path[:-1])))


def _too_little_indented(place: Any) -> Iterator[tuple[str, str]]:
    """List the keys among names that belong to a name above, which has nothing, with that name; the first of them is a tag."""
    owner = ""
    names = list(place) if isinstance(place, dict) else []
    for above, name in pairwise(names):
        if isinstance(place[name], dict):
            owner = ""
        elif place[above] is None and name in _TAG_KEYS:
            owner = above
        if owner:
            yield name, owner


def _at(place: Any, path: Path) -> Any:
    for part in path:
        place = place[part] if part in steps(place) else None
    return place


def _problem(details: Any, document: Document, known_keys: KnownKeys) -> Problem:
    code, given = details["type"], (details.get("ctx") or {}).get("tag", details.get("input"))
    path, is_key = _path(details["loc"], document.data, keep_last=code == "missing")
    context: Mapping[str, Any] = details.get("ctx") or {}
    if code in _TAGS:
        path = (*path, str(context.get("discriminator", "kind")).strip("'"))
    if code == "extra_forbidden":
        advice = nearest_help(str(path[-1]), known_keys(path[:-1])) if path else ""
        return Problem(path, "unknown key", advice, at="key", code=code)
    if code == "missing":
        return Problem(path, "required, but not given", code=code)
    if path and path[-1] in dict(_too_little_indented(_at(document.data, path[:-1]))).values():
        return Problem(path, "nothing stands below it", "indent the lines that follow deeper than it", "key", code)
    if code == "kind":
        path = _tag_path(path, document)
    message = _sentence(details, context, given)
    advice = str(context.get("help") or "") or _nearest(context, given) or meant(document.text(path))
    span = tuple(context["span"]) if context.get("span") and isinstance(given, str) else None
    return Problem(
        path, message, advice, at="key" if is_key or code == "unknown_key" else "value", code=code, span=span
    )


def _path(loc: tuple[int | str, ...], data: Any, *, keep_last: bool) -> tuple[Path, bool]:
    """Walk a location through the data; leave out what is not there, such as the tag of a union."""
    path: list[int | str] = []
    place = data
    for part in loc[:-1] if keep_last else loc:
        if steps(place).get(part) == part:
            place = place[part]
            path.append(part)
    return (*path, *loc[-1:]) if keep_last else tuple(path), loc[-1:] == ("[key]",)


def _tag_path(path: Path, document: Document) -> Path:
    """Point at the word that names an unknown kind or family, where there is one."""
    written = ((*path, tag) for tag in ("kind", "family") if (*path, tag) in document.spans)
    return next(written, path)


_TAG_KEYS = {"kind", "like"}
_UNKNOWN = {"extra_forbidden", "unknown_key"}
_TAGS = {"union_tag_invalid", "union_tag_not_found"}
_NUMBERS = {
    "greater_than": "more than {gt}",
    "greater_than_equal": "{ge} or more",
    "less_than": "less than {lt}",
    "less_than_equal": "{le} or less",
    "multiple_of": "a multiple of {multiple_of}",
    "finite_number": "a finite number",
    "string_too_short": "at least {min_length} characters",
    "string_too_long": "at most {max_length} characters",
    "string_pattern_mismatch": "text of the form {pattern}",
    "literal_error": "{expected}",
    "enum": "{expected}",
    "union_tag_invalid": "one of {expected_tags}",
    "union_tag_not_found": "a mapping that names its {discriminator}",
}
_COUNTS = {
    "too_short": "expected {min_length} or more items, got {actual_length}",
    "too_long": "expected {max_length} items or fewer, got {actual_length}",
}
_FORMS = {
    "a whole number": "int_type int_parsing int_from_float int_parsing_size",
    "a number": "float_type float_parsing decimal_type decimal_parsing",
    "true or false": "bool_type bool_parsing",
    "text": "string_type string_sub_type string_unicode",
    "a list": "list_type tuple_type set_type frozen_set_type iterable_type",
    "a mapping of keys": "dict_type mapping_type model_type model_attributes_type dataclass_type",
    "a date such as 2026-02-20": "date_type date_parsing date_from_datetime_parsing date_from_datetime_inexact",
    "nothing": "none_required",
}
_EXPECTED = _NUMBERS | {code: words for words, codes in _FORMS.items() for code in codes.split()}
_SHAPES = {code for codes in _FORMS.values() for code in codes.split()} | {*_COUNTS}
"""Errors of a value as a whole, which say nothing where there is one inside it."""


def _sentence(details: Any, context: Mapping[str, Any], given: Any) -> str:
    if details["type"] in {"value_error", "assertion_error"}:
        return str(context.get("error") or details["msg"])
    if details["type"] in _COUNTS:
        return _COUNTS[details["type"]].format_map(_Details(context))
    if details["type"] in _EXPECTED:
        expected = _EXPECTED[details["type"]].format_map(_Details(context))
        several = " or " in expected and details["type"] in {"literal_error", "enum"}
        return f"expected {'one of ' if several else ''}{expected}, got {_shown(given)}"
    words = re.sub(r"^Input should be (?:an instance of )?", "expected ", details["msg"])
    return f"{words}, got {_shown(given)}" if words != details["msg"] else words


class _Details(dict[str, Any]):
    """What pydantic says of a limit, a whole one without decimals; a detail it lacks never fails an explanation."""

    def __getitem__(self, key: str) -> Any:
        value = self.get(key, "…")
        return int(value) if isinstance(value, float) and value.is_integer() else value


def _nearest(context: Mapping[str, Any], given: Any) -> str:
    known = re.findall("'([^']*)'", str(context.get("expected_tags") or context.get("expected") or ""))
    return nearest_help(str(given), known)


def _shown(given: Any) -> str:
    """Name what was given in the words of YAML."""
    words = {dict: "a mapping", list: "a list", type(None): "nothing", bool: str(given).lower()}.get(type(given))
    text = words or repr(given)
    return text if len(text) <= 60 else text[:59] + "…"
