"""What a document says, read a second time by other means, and held against the scenario that was loaded from it.

Nothing of the reader under test is used: a small reader of YAML 1.2 (core schema), a small reader of quantities and dates.
"""

import calendar
import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from valsim.core.parameter import parameters
from valsim.scenario.dump import plain
from valsim.scenario.model import Scenario

CORE = (
    (re.compile(r"null|Null|NULL|~|"), lambda _: None),
    (re.compile(r"true|True|TRUE"), lambda _: True),
    (re.compile(r"false|False|FALSE"), lambda _: False),
    (re.compile(r"[-+]?([0-9]+|[0-9]{1,3}(_[0-9]{3})+)"), int),
    (re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+"), lambda text: int(text, 0)),
    (re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?[0-9]{1,3}(_[0-9]{3})+\.?[0-9]*"), float),
)
NUMBERS = (int, float)
AMOUNTS = {
    "issued",
    "shares",
    "new_money",
    "post_money_valuation",
    "original_issue_price",
    "conversion_price",
    "source",
    "note",
}
COMPARED = {"enterprise_value", "revenue", "multiple", "growth", "margin"}
SIZES = {"": 1.0, "k": 1e3, "m": 1e6, "mm": 1e6, "mn": 1e6, "b": 1e9, "bn": 1e9, "t": 1e12, "tn": 1e12}
SIZES |= {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
UNITS = {"%": 0.01, "bp": 1e-4, "bps": 1e-4, "years": 1.0, "months": 1 / 12, "quarters": 0.25, "weeks": 7 / 365.25}
UNITS |= {"days": 1 / 365.25, "hours": 1 / 8766, "s": 1e3, "seconds": 1e3}
UNITS |= {"yr": 1.0, "yrs": 1.0, "mo": 1 / 12, "h": 1 / 8766, "d": 1 / 365.25, "min": 1 / 525960, "minutes": 1 / 525960}
UNITS |= {word.removesuffix("s"): size for word, size in UNITS.items() if len(word) > 2}
QUANTITY = re.compile(
    r"([-+]?)(US\$|HK\$|[$€£]?)\s?(\d[\d_]*\.?\d*(?:[eE][-+]?\d+)?|\.\d+)\s?([a-zA-Z]*)(.*)", re.DOTALL
)


class DuplicateError(Exception):
    """A key stands twice in one mapping."""


def read(text: str) -> Any:
    """Read a document: mappings, lists, texts, numbers, truths and nothing."""
    return _value(yaml.compose(text.removeprefix("\ufeff"), Loader=yaml.CBaseLoader))


def _value(node: Any) -> Any:
    if isinstance(node, yaml.SequenceNode):
        return [_value(item) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        names = [key.value for key, _ in node.value]
        if len(set(names)) < len(names):
            raise DuplicateError(names)
        return {key.value: _value(value) for key, value in node.value}
    if node is None or node.style:
        return None if node is None else node.value
    return next((make(node.value) for pattern, make in CORE if pattern.fullmatch(node.value)), node.value)


def differences(text: str, scenario: Scenario) -> Iterator[str]:
    """List what a document says and the scenario does not, or the other way round."""
    said = taken_over(read(text))
    yield from _compared("", said, plain(scenario))
    for path, parameter in parameters(scenario):
        yield from _measured(".".join(map(str, path)), parameter)


def taken_over(said: Any) -> Any:
    """Follow every ``like``, as a person would."""
    classes = said.get("captable", {}).get("classes", {})
    for name in classes:
        classes[name] = _followed(classes[name], classes, AMOUNTS)
    for room in ("drivers", "risks", "exits"):
        for name in said.get(room) or {}:
            said[room][name] = _followed(said[room][name], said[room], set())
    for terms in said.get("rounds") or []:
        terms["series"] = _followed(terms["series"], classes, AMOUNTS)
    for sector in (said.get("sectors") or {}).values():
        sector |= {"comparables": {k: _sourced(v) for k, v in (sector.get("comparables") or {}).items()}}
    return said


def _sourced(comparable: Mapping[str, Any]) -> dict[str, Any]:
    """Give each bare number of a comparable the sources that stand beside it."""
    keys = comparable.get("source")
    if not keys:
        return dict(comparable)
    bare = {k: v for k, v in comparable.items() if k in COMPARED and not isinstance(v, dict)}
    listed = {"source": keys if isinstance(keys, list) else [keys]}
    return {**comparable, **{k: {"value": v, "source": keys} for k, v in bare.items()}, **listed}


def _followed(entry: Any, others: Mapping[str, Any], kept: set[str]) -> Any:
    if not isinstance(entry, dict) or "like" not in entry:
        return entry
    parent = _followed(others[entry["like"]], others, kept)
    return {**{k: v for k, v in parent.items() if k not in kept}, **{k: v for k, v in entry.items() if k != "like"}}


def _compared(path: str, said: Any, held: Any) -> Iterator[str]:
    if isinstance(said, dict) and isinstance(held, dict):
        for key in said.keys() | held.keys():
            yield from _under(f"{path}.{key}", key, said, held)
    elif isinstance(said, list) and isinstance(held, list) and len(said) == len(held):
        for index, (one, other) in enumerate(zip(said, held, strict=True)):
            yield from _compared(f"{path}[{index}]", one, other)
    elif not (_same(said, held) or _short(path, said, held)):
        yield f"{path}: the file says {said!r}, the scenario {held!r}"


def _under(path: str, key: str, said: dict[str, Any], held: dict[str, Any]) -> Iterator[str]:
    if key not in held:
        if said[key] not in (None, "", {}, []) and (key, said[key]) not in {("at_most", 1), ("extends", "")}:
            yield f"{path}: the file says {said[key]!r}, the scenario nothing"
    elif key not in said:
        if not (key == "kind" and path == f".exits.{held['kind']}.kind"):
            yield f"{path}: the file says nothing, the scenario {held[key]!r}"
    else:
        yield from _compared(path, said[key], held[key])


def _same(said: Any, held: Any) -> bool:
    if type(said) is type(held):
        return bool(said == held)
    # A formula may be a bare number; nothing else turns one type into another.
    return type(said) in NUMBERS and (str(said) == held or (type(held) in NUMBERS and said == held))


def _short(path: str, said: Any, held: Any) -> bool:
    """Compare a short form with the long one."""
    if not isinstance(said, str):
        return False
    if isinstance(held, dict):
        return _dated(said, held) or _effect(said) == held
    if path.endswith(".unit"):
        return _singular(said) == _singular(str(held))
    return (last_day if path.endswith(".between[1]") else day)(said) == held


def _singular(unit: str) -> str:
    words = (
        word.removesuffix("s").upper() if len(word) > 2 else word
        for word in "".join(unit.split()).removeprefix("1").split("/")
    )
    return "/".join("YEAR" if word in {"YR", "yr"} else word for word in words)


def _dated(said: str, held: Mapping[str, Any]) -> bool:
    """Whether a text is a percentage of the fully diluted shares at the same date."""
    parts = (
        re.fullmatch(r"(.+?%)\s+of\s+fully\s+diluted\s+at\s+(\S+)", text.strip())
        for text in (said, str(held.get("value")))
    )
    one, other = parts
    return bool(one and other and held.keys() == {"value"} and (one[1], day(one[2])) == (other[1], other[2]))


def _effect(said: str) -> dict[str, str] | None:
    parts = re.fullmatch(r"\s*([*+-])\s*(.+?)(?:\s+decaying over\s+(.+?))?\s*", said, re.DOTALL)
    if parts is None:
        return None
    key, sign = ("times", "") if parts[1] == "*" else ("plus", "-" if parts[1] == "-" else "")
    return {key: sign + parts[2]} | ({"recovery": parts[3]} if parts[3] else {})


def day(text: str) -> str | None:
    """Give a date in full: of a quarter or a month its first day."""
    found = re.fullmatch(r"(\d{4})-(?:[qQ]([1-4])|(\d\d)(?:-(\d\d))?)", text.strip())
    if found is None:
        return None
    return f"{found[1]}-{3 * int(found[2]) - 2:02}-01" if found[2] else f"{found[1]}-{found[3]}-{found[4] or '01'}"


def last_day(text: str) -> str | None:
    """Give the last date of a quarter or a month, and a date itself."""
    first = day(text)
    if first is None or re.fullmatch(r"\d{4}-\d\d-\d\d", text.strip()):
        return first
    year, month = int(first[:4]), int(first[5:7]) + (2 if "q" in text.lower() else 0)
    return f"{year}-{month:02}-{calendar.monthrange(year, month)[1]:02}"


def quantity(raw: Any) -> float | None:
    """Give a number, percentages and times in base units; nothing for what is no quantity."""
    found = QUANTITY.fullmatch(str(raw).strip()) if type(raw) in {int, float, str} else None
    if found is None:
        return None
    sign, symbol, digits, word, rest = found.groups()
    size, unit = (SIZES[word.lower()], rest) if word.lower() in SIZES else (1.0, word + rest)
    words = [part.strip() for part in re.sub(r"\s*\bper\b\s*", "/", f"{symbol} {unit}").split("/")]
    above, below = words[0].split(), words[1:]
    factor = size
    for each in above:
        factor *= UNITS.get(each.lower(), 1.0)
    for each in below:
        factor /= UNITS.get(each.lower(), 1.0)
    return float(f"{float(sign + digits.replace('_', '')) * factor:.12g}")


def _measured(path: str, parameter: Any) -> Iterator[str]:
    """Hold the numbers of a distribution against what was written, in base units."""
    written = parameter.written
    body = written if isinstance(written, dict) else {"value": written}
    for key, value in body.items():
        inside = getattr(parameter.distribution, key, None)
        found = quantity(value)
        if not isinstance(inside, float) or found is None or key in {"source", "note"}:
            continue
        if abs(found - inside) > 1e-9 * max(abs(inside), abs(found)):
            yield f"{path}.{key}: {value!r} is {found!r}, the scenario has {inside!r}"
