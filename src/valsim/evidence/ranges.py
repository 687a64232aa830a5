"""What is known of usual values, with how well it is known."""

from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import yaml

from valsim.core.quantity import parse_quantity
from valsim.evidence.facts import Fact, fact

GRADES = {
    "A": "several direct observations",
    "B": "a few observations, or a close proxy",
    "C": "judgement around one or two events",
}


class Evidence(NamedTuple):
    """A usual range of a number: one in ten is below ``low``, half below ``middle``, one in ten above ``high``.

    ``about`` names the keys that it informs, ``of`` the kind of company, ``beside`` the figures of a run that it is set beside,
    ``facts`` the figures that it rests on.
    """

    id: str
    what: str
    low: str
    middle: str
    high: str
    grade: str
    rests_on: str
    facts: tuple[str, ...]
    about: tuple[str, ...] = ()
    of: str = ""
    beside: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The three figures, how well they are known, what they are of, and what they rest on."""
        seen = self.rests_on[0].upper() + self.rests_on[1:]
        return f"{self.low}, {self.middle}, {self.high} (grade {self.grade}): {self.what}. {seen}"

    @property
    def figures(self) -> tuple[float, float, float]:
        """The three figures as plain numbers, fractions where they are percentages."""
        low, middle, high = (parse_quantity(each).value for each in (self.low, self.middle, self.high))
        return low, middle, high

    @property
    def known_by(self) -> tuple[Fact, ...]:
        """The figures that it rests on."""
        return tuple(fact(each) for each in self.facts)


@cache
def all_evidence() -> tuple[Evidence, ...]:
    """Give every range that is known."""
    text = (files("valsim.evidence") / "ranges.yaml").read_text(encoding="utf-8")
    return tuple(Evidence(**_in_tuples(each)) for each in yaml.safe_load(text))


def evidence_for(key: str) -> tuple[Evidence, ...]:
    """Give what is known of a key, such as ``decaying_growth.persistence``."""
    return tuple(each for each in all_evidence() if key in each.about)


def evidence_beside(figure: str) -> tuple[Evidence, ...]:
    """Give the ranges that a figure of a run is set beside, such as ``dilution``."""
    return tuple(each for each in all_evidence() if figure in each.beside)


def _in_tuples(written: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in written.items()}
