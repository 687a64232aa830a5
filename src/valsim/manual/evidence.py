"""What is known of usual values, with how well it is known."""

from functools import cache
from importlib.resources import files
from typing import NamedTuple

import yaml

GRADES = {
    "A": "several direct observations",
    "B": "a few observations, or a close proxy",
    "C": "judgement around one or two events",
}


class Evidence(NamedTuple):
    """A usual range of a number: one in ten is below ``low``, half below ``middle``, one in ten above ``high``."""

    about: tuple[str, ...]
    what: str
    low: str
    middle: str
    high: str
    grade: str
    rests_on: str

    @property
    def text(self) -> str:
        """The three figures, how well they are known, what they are of, and what they rest on."""
        seen = self.rests_on[0].upper() + self.rests_on[1:]
        return f"{self.low}, {self.middle}, {self.high} (grade {self.grade}): {self.what}. {seen}"


@cache
def all_evidence() -> tuple[Evidence, ...]:
    """Give every range that is known."""
    text = (files("valsim.manual") / "evidence.yaml").read_text(encoding="utf-8")
    return tuple(Evidence(**{**each, "about": tuple(each["about"])}) for each in yaml.safe_load(text))


def evidence_for(key: str) -> tuple[Evidence, ...]:
    """Give what is known of a key, such as ``decaying_growth.persistence``."""
    return tuple(each for each in all_evidence() if key in each.about)
