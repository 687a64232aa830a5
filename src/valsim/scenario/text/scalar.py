"""What a scalar without quotes means: the rules of the YAML 1.2 core schema, which are safe for finance.

PyYAML's own rules read ``1e9`` as a text, ``010`` as eight and ``no`` as false.
"""

import re
from typing import Any

from valsim.core.quantity import QuantityError

_WORDS: dict[str, bool | None] = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
_WORDS |= {
    form: value for word, value in (("true", True), ("false", False)) for form in (word, word.title(), word.upper())
}
_INTEGER = re.compile(r"[-+]?(?:\d{1,3}(?:_\d{3})+|\d+)", re.ASCII)
_OTHER_BASE = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+", re.ASCII)
_FLOAT = re.compile(r"[-+]?(?:\.\d+|(?:\d{1,3}(?:_\d{3})+|\d+)(?:\.\d*)?)(?:[eE][-+]?\d+)?", re.ASCII)
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")


def resolve(text: str) -> Any:
    """Give what a scalar without quotes means: a number, a truth, nothing or the text itself.

    >>> resolve("1e9"), resolve("010"), resolve("no"), resolve("2026-02-20")
    (1000000000.0, 10, 'no', '2026-02-20')

    Raises :class:`QuantityError` for an infinity, a NaN or a number out of range.
    """
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text) if len(text) <= 300 else _out_of_range(text)
    if _OTHER_BASE.fullmatch(text):
        return int(text, 0) if len(text) <= 200 else _out_of_range(text)
    if _FLOAT.fullmatch(text):
        return _finite(text)
    if _NOT_FINITE.fullmatch(text):
        raise QuantityError(f"expected a finite number, got '{text}'")
    return text


def _finite(text: str) -> float:
    number = float(text)
    digits = re.split("[eE]", text, maxsplit=1)[0]
    if number in {float("inf"), float("-inf")} or (not number and re.search("[1-9]", digits)):
        return _out_of_range(text)
    return number


def _out_of_range(text: str) -> float:
    shown = text if len(text) <= 40 else text[:39] + "…"
    raise QuantityError(f"expected a number between 1e-308 and 1e308, got '{shown}'")
