"""The codes of all problems that the sources may report."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import SRC, modules_of

PLACE = {"Problem": 4, "custom_error": 0, "_complain": 4}
"""Which argument of a call is a code, where it is not named."""


def codes() -> set[str]:
    """Every code that stands in the sources as a word."""
    return {code for path in modules_of(SRC) for code in _codes(path)}


def _codes(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            given = [keyword.value for keyword in node.keywords if keyword.arg == "code"]
            if name in PLACE and len(node.args) > PLACE[name]:
                given.append(node.args[PLACE[name]])
            yield from (str(value.value) for value in given if isinstance(value, ast.Constant))
