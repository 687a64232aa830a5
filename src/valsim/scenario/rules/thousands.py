"""Numbers whose point may part thousands: ``62.000 EUR`` is 62 euros here, and sixty-two thousand to many readers."""

import re
from collections.abc import Iterator
from typing import Any

from valsim.core.block import Block
from valsim.core.errors import Path, Problem
from valsim.core.expression import Expression
from valsim.core.parameter import PROVENANCE, Parameter
from valsim.core.walk import walk
from valsim.scenario.text.document import Document

# Nobody writes 62 with three zeros behind the point; 1.125 USD is a usual price of a share, and 12.500% no 12,500 %.
_LIKE_THOUSANDS = re.compile(r"(?<![\w.])[1-9]\d{0,2}\.\d\d0(?![\d_.]|[eE][-+]?\d|\s*%)", re.ASCII)
_WITH_DECIMALS = re.compile(r"\.(?!\d{3}(?!\d))|(?<!\d)0*\.|\d{4}\.", re.ASCII)
_NO_NUMBERS = {*PROVENANCE, "family", "sample"}


def thousands_problems(read: Block, document: Document) -> Iterator[Problem]:
    """Warn of numbers, also inside formulas, that are written the way thousands are parted elsewhere."""
    found = (place for path, value in walk(read) for place in _texts(path, value, document))
    for path, text in dict.fromkeys(found):
        for number in _LIKE_THOUSANDS.finditer(text):
            message = f"{number[0]} is {float(number[0]):g}: a point stands before decimals"
            advice = f"{meant(number[0])}; write {float(number[0]):g} if that is meant"
            yield Problem(path, message, advice, code="thousands", span=number.span(), severity="warning")


def meant(number: str) -> str:
    """Say how a number is written whose point parts thousands; nothing of any other text.

    >>> meant("62.000")
    'for 62,000 write 62_000'
    """
    if not re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", number):
        return ""
    return f"for {number.replace('.', ',')} write {number.replace('.', '_')}"


def _texts(path: Path, value: Any, document: Document) -> Iterator[tuple[Path, str]]:
    """List the texts of a number or formula as they were written, each with its place."""
    if isinstance(value, Expression) and path in document.spans:
        yield path, value.text
    elif isinstance(value, Parameter):
        # The numbers of a short form, such as "* 0.8", have no place of their own.
        written = value.written if path in document.spans else document.text(path[:-1])
        yield from _leaves(path if path in document.spans else path[:-1], written, document)


def _leaves(path: Path, written: Any, document: Document) -> Iterator[tuple[Path, str]]:
    if isinstance(written, dict):
        for key in (key for key in written if key not in _NO_NUMBERS):
            yield from _leaves((*path, key), written[key], document)
    elif isinstance(written, list):
        items = [leaf for index, item in enumerate(written) for leaf in _leaves((*path, index), item, document)]
        # A sample with decimals is one throughout, and one that is doubtful is told once.
        yield from items if path[-1:] != ("values",) else _sample(items)
    elif path in document.spans:
        yield path, document.text(path)


def _sample(items: list[tuple[Path, str]]) -> list[tuple[Path, str]]:
    if any(_WITH_DECIMALS.search(text) for _, text in items):
        return []
    return [item for item in items if _LIKE_THOUSANDS.search(item[1])][:1]
