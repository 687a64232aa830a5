"""What a measure is: a number of a result by name, of whom it is asked, in which unit and under which probabilities."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, Literal, TypeAlias

from valsim.analysis.measured import Measured
from valsim.analysis.tranches import funded
from valsim.captable.financing.tranche import Tranche
from valsim.core.unit import ONE, Unit
from valsim.result import Result
from valsim.scenario.model import Scenario
from valsim.scenario.names import holder_names, series_names

Under: TypeAlias = Literal["risk-neutral", "real-world"]
"""The probabilities that a number is under."""
Names: TypeAlias = Callable[[Scenario], Mapping[str, tuple[str, ...]]]
"""Gives what may stand in the parentheses of a measure, and how a result names it."""


@dataclass(frozen=True)
class Subject:
    """Of whom or what a measure is asked, such as a holder, and which there are."""

    noun: str
    names: Names
    example: str = ""

    @property
    def word(self) -> str:
        """The noun with its article; nothing where the company as a whole is asked."""
        article = "an" if self.noun[:1] in "aeiou" else "a"
        return f"{article} {self.noun}" if self.noun else ""


def _alone(names: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    return {name: (name,) for name in names}


HOLDER = Subject("holder", lambda scenario: _alone(holder_names(scenario)), "me")
CLASS = Subject("class", lambda scenario: _alone(series_names(scenario)), "series_b")
CLOSING = Subject(
    "closing", lambda scenario: {"/".join(tranche.key): tranche.key for tranche in scenario.tranches}, "series_b/first"
)
EXIT = Subject("exit", lambda scenario: _alone((*scenario.exits, "still_private")), "ipo")
COMPANY = Subject("", lambda _: {"": ()})


Counts: TypeAlias = Literal["money", "price", "chance", "share", "multiple", "rate", "number"]
"""What a number counts, and so how it is written."""
WORDS: Mapping[Counts, str] = {
    "money": "money",
    "price": "money per share",
    "chance": "a probability",
    "share": "a fraction",
    "multiple": "a multiple",
    "number": "a plain number",
    "rate": "a rate per year",
}
IN_MONEY = ("money", "price")


@dataclass(frozen=True)
class Measure:
    """A number of a result: what it means, of whom it is asked, what it counts, under which probabilities, and what estimates it."""

    name: str
    meaning: str
    of: Subject
    counts: Counts
    under: Under
    of_result: Callable[..., Measured]

    def unit(self, currency: str) -> Unit:
        """Give the unit of the number in a scenario of this currency."""
        return Unit.of(currency) if self.counts in IN_MONEY else ONE

    @property
    def what(self) -> str:
        """What it counts, in words."""
        return WORDS[self.counts]

    @property
    def example(self) -> str:
        """How it is written in a formula."""
        return f"{self.name}({self.of.example})" if self.of.noun else self.name


MEASURES: dict[str, Measure] = {}
"""The measures there are, by name."""


def measure(of: Subject, counts: Counts, under: Under) -> Callable[[Callable[..., Measured]], Callable[..., Measured]]:
    """Make a function of a result and of whom it is asked a measure of its name, told by its docstring."""

    def known(function: Callable[..., Measured]) -> Callable[..., Measured]:
        @wraps(function)
        def found(result: Result, *whom: Any) -> Measured:
            return replace(function(result, *whom), clusters=result.clusters)

        name, told = function.__name__, (function.__doc__ or "").strip()
        MEASURES[name] = Measure(name, told, of, counts, under, found)
        return found

    return known


def of_funded(result: Result, closing: tuple[str, ...], what: str) -> Measured:
    """Estimate a number of a closing, expected over the paths on which it is funded."""
    tranche = tranche_of(result.scenario, closing)
    return Measured.mean_where(result.outcomes["tranche", *tranche.key, what], funded(result, tranche))


def tranche_of(scenario: Scenario, closing: tuple[str, ...]) -> Tranche:
    """Give the tranche that a round and the name of its closing are the key of."""
    return next(tranche for tranche in scenario.tranches if tranche.key == closing)
