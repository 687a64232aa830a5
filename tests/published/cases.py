"""Cases that others have published, each with its source: facts and figures, recomputed for this project.

``known_wrong`` cases hold what their source prints (``published_wrong``) and what is right (``expected``).
"""

import json
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

Case = dict[str, Any]

COMPARED: list[tuple[Case, str, Any, Any]] = []
"""What was compared until now: the case, the figure, ours and theirs; docs/validation.py makes a table of it."""


def cases(file: str, kind: str, stance: str | None = None) -> list[Case]:
    """The cases of a kind, all of them or those of one stance."""
    return [case for case in cases_of(file) if case["kind"] == kind and stance in {None, case["stance"]}]


def cases_of(file: str) -> list[Case]:
    """All cases of a file."""
    held: list[Case] = json.loads((Path(__file__).parent / f"{file}.json").read_text(encoding="utf-8"))["cases"]
    return held


def called(case: Case) -> str:
    return str(case["id"])


def number(written: Any) -> float:
    """A number that may be written as a fraction, ``"95000000/7"``."""
    return float(Fraction(str(written)))


def close(found: Mapping[str, Any], case: Case) -> bool:
    """Whether each figure that a case expects was found, within the tolerance of the case or of the figure."""
    for what, expected in case["expected"].items():
        mine, theirs = found[what], _numbers(expected)
        COMPARED.append((case, what, mine, theirs))
        assert mine == pytest.approx(theirs, rel=0, abs=_tolerance(case, what)), what
    return True


def _tolerance(case: Case, what: str) -> float:
    given = case["tolerance"]
    return float(given.get(what, given.get("default")) if isinstance(given, dict) else given)


def _numbers(written: Any) -> Any:
    if isinstance(written, dict):
        return {name: number(each) for name, each in written.items()}
    return [number(each) for each in written] if isinstance(written, list) else number(written)
