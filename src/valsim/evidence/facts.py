"""Figures that were found, each with where it was read and how well it is known."""

import datetime as dt
import difflib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple, TypeAlias

import yaml

PREFIX = "fact:"
"""What a number's ``source`` begins with where it cites a figure of the package: ``source: fact:mm.fin``."""

Status: TypeAlias = Literal["seen", "derived", "recalled"]
STATUSES: Mapping[Status, str] = {
    "seen": "read on the page named",
    "derived": "worked out from figures that were read",
    "recalled": "recalled, not verified",
}


class Read(NamedTuple):
    """Where a figure was read."""

    publisher: str
    date: dt.date | None = None
    url: str = ""


class Fact(NamedTuple):
    """A figure, or a few of one kind, as it was found.

    ``period`` says what time it is of, ``known_from`` the day by which it was published, where that is known.
    """

    id: str
    what: str
    values: Mapping[str, str]
    period: str
    status: Status
    unit: str = ""
    derived_from: tuple[str, ...] = ()
    note: str = ""
    known_from: dt.date | None = None
    sources: tuple[Read, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether it may be shown as a fact: what is only recalled may not."""
        return self.status != "recalled"

    @property
    def key(self) -> str:
        """What a scenario cites it by."""
        return PREFIX + self.id

    @property
    def figures(self) -> str:
        """The values in words, with their unit.

        >>> fact("mm.gm").figures
        '2024: 12.2%, 2025: 25.4%'
        """
        said = ", ".join(value if name == "value" else f"{name}: {value}" for name, value in self.values.items())
        return f"{said} ({self.unit})" if self.unit else said

    @property
    def read_at(self) -> str:
        """Who published it and when, in a line; how else it is known where nobody is named."""
        told = (f"{each.publisher} ({each.date.year})" if each.date else each.publisher for each in self.sources)
        return ", ".join(dict.fromkeys(told)) or STATUSES[self.status]

    @property
    def text(self) -> str:
        """The figure in a line: what it is of, its values and, where it is no fact, that it is none."""
        doubt = "" if self.is_known else f" [{STATUSES[self.status]}]"
        return f"{self.what}, {self.period}: {self.figures}{doubt}"


@cache
def all_facts() -> Mapping[str, Fact]:
    """Give every figure by its id."""
    text = (files("valsim.evidence") / "facts.yaml").read_text(encoding="utf-8")
    return {name: _fact(name, written) for name, written in yaml.safe_load(text).items()}


def fact(name: str) -> Fact:
    """Give a figure by its id, with or without ``fact:`` before it; raise :class:`KeyError` where there is none."""
    return all_facts()[name.removeprefix(PREFIX)]


def near(name: str) -> tuple[str, ...]:
    """Give the ids nearest to one that is not known."""
    return tuple(difflib.get_close_matches(name.removeprefix(PREFIX), all_facts(), cutoff=0.5))


def _fact(name: str, written: Mapping[str, Any]) -> Fact:
    given = {**written, "values": {str(key): str(value) for key, value in written["values"].items()}}
    given["sources"] = tuple(Read(**each) for each in written.get("sources", ()))
    given["derived_from"] = tuple(written.get("derived_from", ()))
    return Fact(name, **given)
