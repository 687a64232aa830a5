"""Random numbers of a document: stated ones, and ones that differ by path."""

from random import Random
from typing import Any

Body = dict[str, Any]


def number(chosen: Random, low: float, high: float, unit: str = "", drawn: float = 0.3) -> Any:
    """A number between two ends, or a uniform distribution inside them, which gives each path its own."""
    one, other = sorted(float(f"{chosen.uniform(low, high):.4g}") for _ in range(2))
    behind = f" {unit}" if unit else ""
    if chosen.random() < drawn and one < other:
        return {"family": "uniform", "low": f"{one!r}{behind}", "high": f"{other!r}{behind}"}
    return f"{one!r}{behind}"


def stated(chosen: Random, low: float, high: float, unit: str = "") -> str:
    """A number that is the same on every path."""
    text: str = number(chosen, low, high, unit, drawn=0.0)
    return text


def some(chosen: Random, chance: float, /, **terms: Any) -> Body:
    """Each of some terms with a chance, the others left out."""
    return {name: term for name, term in terms.items() if chosen.random() < chance}


def maybe(chosen: Random, part: float, body: Body) -> Body:
    """All of a mapping with a chance, or nothing."""
    return body if chosen.random() < part else {}
