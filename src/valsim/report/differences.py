"""What differs between two scenarios, as a person reads it: by room, in 80 columns."""

import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import singledispatch
from itertools import groupby
from typing import Any

from valsim.core.errors import dotted
from valsim.scenario.difference import Difference, What

WIDTH = 80
SIGNS: Mapping[What, str] = {"changed": " ", "added": "+", "removed": "-", "provenance": " "}
COUNTED: Mapping[What, tuple[str, str]] = {
    "changed": ("value changed", "values changed"),
    "added": ("added", "added"),
    "removed": ("removed", "removed"),
    "provenance": ("source or note changed", "sources or notes changed"),
}
NOTHING = "none"
LONGEST = 1_500
"""The most characters of one value that are shown, of a sample say; the JSON has them all."""
QUOTED = frozenset(",:{}[]")
"""Characters that put a text inside a list or mapping into quotes."""


def told(differences: Sequence[Difference], old: str, new: str) -> str:
    """Write all differences, grouped by the room of the document that they are in, and how many there are."""
    if not differences:
        return f"{old} and {new} say the same"
    lines = [f"from {old}", f"to   {new}", counted(differences)]
    for room, found in groupby(differences, key=_room):
        lines += ["", *room, *(line for each in found for line in _lines(each, len(room)))]
    return "\n".join(lines)


def counted(differences: Sequence[Difference]) -> str:
    """Say how many differences there are of each sort, such as ``2 values changed, 1 added``."""
    counts = Counter(each.what for each in differences)
    return ", ".join(f"{counts[what]} {words[counts[what] > 1]}" for what, words in COUNTED.items() if counts[what])


def _room(found: Difference) -> tuple[str, ...]:
    """Give the room that a difference stands in; what stands at the top of the document is in none."""
    return (str(found.path[0]),) if found.path[1:] else ()


def _lines(found: Difference, below: int) -> Iterator[str]:
    """Write one difference; ``below`` is how many parts of its path stand above it already."""
    head = f"{SIGNS[found.what]} {dotted(found.path[below:])}:"
    one = {"added": found.new, "removed": found.old}
    if found.what in one:
        yield from _wrapped(f"{head} ", flow(one[found.what]))
        return
    old, new = flow(found.old), flow(found.new)
    line = f"{head} {old} → {new}"
    yield from [line] if len(line) <= WIDTH else [head, *_wrapped("    - ", old), *_wrapped("    + ", new)]


def _wrapped(head: str, text: str) -> list[str]:
    lines = textwrap.wrap(
        text, WIDTH, initial_indent=head, subsequent_indent=" " * 6, break_long_words=False, break_on_hyphens=False
    )
    return lines or [head.rstrip()]


def flow(value: Any) -> str:
    """Write plain data in one line, much as YAML does.

    >>> flow({"family": "uniform", "low": "1B USD", "note": "Assumption: low."}), flow(None)
    ('{family: uniform, low: 1B USD, note: "Assumption: low."}', 'none')
    """
    text = NOTHING if value is None else _flow(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


@singledispatch
def _flow(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


@_flow.register
def _(value: dict) -> str:  # type: ignore[type-arg]
    return f"{{{', '.join(f'{key}: {_quoted(item)}' for key, item in value.items())}}}"


@_flow.register
def _(value: list) -> str:  # type: ignore[type-arg]
    return f"[{', '.join(map(_quoted, value))}]"


def _quoted(value: Any) -> str:
    return f'"{value}"' if isinstance(value, str) and QUOTED & set(value) else flow(value)
