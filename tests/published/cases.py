"""Cases that others have published, each with its source: facts and figures, recomputed for this project.

``known_wrong`` cases hold what their source prints (``published_wrong``) and what is right (``expected``).
"""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

Case = dict[str, Any]


def cases(file: str, kind: str, stance: str | None = None) -> list[Case]:
    """The cases of a kind, all of them or those of one stance."""
    held = json.loads((Path(__file__).parent / f"{file}.json").read_text(encoding="utf-8"))["cases"]
    return [case for case in held if case["kind"] == kind and stance in {None, case["stance"]}]


def called(case: Case) -> str:
    return str(case["id"])


def number(written: Any) -> float:
    """A number that may be written as a fraction, ``"95000000/7"``."""
    return float(Fraction(str(written)))
