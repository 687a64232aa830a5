"""Tranches: the closings of every round laid on the calendar, each time of a repeated round by itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from valsim.captable.financing.closing import Closing
from valsim.captable.financing.round import Round
from valsim.captable.security import Security
from valsim.captable.term.drawn_terms import called, combinations, with_terms
from valsim.core.parameter import EachTime
from valsim.core.policy import ALL_OF_THEM, Decision, Question
from valsim.core.replace import replace
from valsim.core.rows import Row
from valsim.core.selection import select
from valsim.core.streams import Paths


def shadow_series(series: str, convertible: str) -> str:
    """Name the series of the shares that a convertible becomes where they are not those of the round."""
    return f"{series}-{convertible}"


@dataclass(frozen=True)
class Tranche:
    """One closing of one round, laid on the calendar: it is funded once or not at all.

    A round that may be repeated gives one tranche for each time; each follows the one before. A condition is ``due`` at the end
    of its window and may be cured until the ``last`` day. ``buyers`` are the holders whose purchases are part of it,
    ``follow_on`` the chances with which buyers take their pro-rata part, where they say so.
    """

    round: str
    name: str
    series: str
    after: tuple[str, str] | None
    terms: Round
    closing: Closing
    first: date
    due: date
    last: date
    buyers: Mapping[str, Row] = field(default_factory=dict)
    follow_on: Mapping[str, Any] = field(default_factory=dict)

    def at(self, paths: Paths) -> Self:
        """Give the same closing with what a document states for each path cut to some of them."""
        parts = {name: getattr(self, name) for name in ("terms", "closing", "buyers", "follow_on")}
        here = {name: select(part, paths) for name, part in parts.items()}
        return self if all(here[name] is part for name, part in parts.items()) else replace(self, **here)

    @property
    def key(self) -> tuple[str, str]:
        """What names the tranche: its round and its own name."""
        return self.round, self.name

    @property
    def repeats(self) -> bool:
        """Whether it opens another time of its round, which comes from the step after the time before on."""
        return self.after is not None and self.after[0] != self.round

    @property
    def is_later(self) -> bool:
        """Whether it follows the first closing of its round."""
        return self.name != self.terms.closings[0].name

    @cached_property
    def issued(self) -> Mapping[str, Security]:
        """The series that it may issue, one for each combination of drawn terms, with the terms of each."""
        return {self.series_with(code): self.terms_with(code) for code in self._combinations}

    def series_with(self, code: int) -> str:
        """Name the series that it issues where these terms were drawn."""
        return called(self.series, self._combinations[code])

    def terms_with(self, code: int) -> Security:
        """Give the terms of the shares that it issues where these terms were drawn."""
        return with_terms(self.terms.series, self.terms.drawn_terms, self._combinations[code])

    def making_series(self, terms: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Leave of the drawn terms those that make the shares a series of their own, shape ``(n_paths,)``."""
        return terms & max(self._combinations)

    @cached_property
    def _combinations(self) -> dict[int, tuple[str, ...]]:
        return combinations(self.terms.drawn_terms)

    def issues(self, series: str) -> bool:
        """Whether a series is one of those that the closings of its round issue."""
        names, shadows = self._own_series
        return series in names or series.startswith(shadows)

    @cached_property
    def _own_series(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        bases = (self.round, *(f"{self.round}, {closing.name}" for closing in self.terms.closings))
        names = tuple(called(base, drawn) for base in bases for drawn in self._combinations.values())
        return names, tuple(shadow_series(name, "") for name in names)

    @property
    def comes_after(self) -> EachTime | None:
        """How long after the last round it comes at the earliest, where its round says so and it is the first closing of it."""
        return None if self.is_later else self.terms.time_between_rounds

    @property
    def others(self) -> str:
        """The holder of what no named investor takes."""
        return f"other {self.terms.name} investors"

    @property
    def takes_up(self) -> tuple[str, str] | None:
        """The closing whose unraised money it asks for again, if any."""
        names = [closing.name for closing in self.terms.closings]
        before = names[: names.index(self.name)]
        return (self.round, before[-1]) if before and self.closing.adds_unraised else None

    @property
    def at_any_time(self) -> bool:
        """Whether it has neither a date nor a window: it closes whenever its condition comes true."""
        return self.closing.at is None and self.closing.between is None

    @property
    def may_default(self) -> tuple[str, ...]:
        """The investors that may fail to pay: the named ones, where the closing says how."""
        return () if self.closing.default is None else tuple(self.closing.investors)

    def decision(self, question: Question, decided_by: str) -> Decision | None:
        """Give what is to be decided about it, and by whom; nothing where there is no choice, or it is none of theirs.

        One investor decides about its own payment, and about no waiver.
        """
        offered, asked = alternatives(self.closing, question), self.investors if question == "met" else ()
        if not offered or decided_by not in {ALL_OF_THEM, *asked}:
            return None
        return Decision(self.terms.name, self.round, self.name, question, offered, decided_by)

    @property
    def investors(self) -> tuple[str, ...]:
        """Those who commit to it by name, as investors of the closing or as buyers."""
        return (*self.closing.investors, *self.buyers)

    @property
    def event(self) -> str:
        """What names the closing in the name of a series that it splits off."""
        return f"{self.round}, {self.name}"

    @property
    def stream(self) -> str:
        """The dotted name of its random numbers."""
        return f"rounds.{self.round}.{self.name}"


def alternatives(closing: Closing, question: Question) -> tuple[str, ...]:
    """Give what may be done about the condition of a closing, met or missed; nothing where the document leaves no choice."""
    if question == "missed":
        return () if closing.if_not_met is None else closing.if_not_met.alternatives
    return ("fund", "walk") if closing.is_option else ("fund", "default") if closing.default is not None else ()


def tranches(rounds: tuple[Round, ...], start: date, end: date) -> tuple[Tranche, ...]:
    """Lay every closing of every round on the calendar between ``start`` and ``end``, in the order of the document."""
    return tuple(tranche for terms in rounds for tranche in _of(terms, start, end))


def _of(terms: Round, start: date, end: date) -> Iterator[Tranche]:
    previous: tuple[str, str] | None = None
    for time in range(1, terms.at_most + 1):
        name = terms.name if terms.at_most == 1 else f"{terms.name} {time}"
        follows = previous
        for index, closing in enumerate(terms.closings):
            series = name if index == 0 or not closing.has_own_price else f"{name}, {closing.name}"
            first, due = _window(closing, start, end)
            last = closing.last_day(due)
            tranche = Tranche(name, closing.name, series, follows, terms, closing, first, due, last)
            yield tranche
            follows = tranche.key if index == 0 else follows
        previous = (name, terms.closings[0].name)


def _window(closing: Closing, start: date, end: date) -> tuple[date, date]:
    if closing.at is not None:
        return closing.at, closing.at
    return closing.between or (start, end)
