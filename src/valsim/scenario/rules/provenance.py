"""Whether every number is in the document's currency and its sources exist, dated on or before the scenario's start."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Protocol

from valsim.core.block import nearest_help
from valsim.core.errors import Path, Problem
from valsim.core.parameter import Parameter
from valsim.core.unit_words import CURRENCIES
from valsim.core.walk import walk
from valsim.evidence.facts import PREFIX, STATUSES, all_facts, near
from valsim.scenario.source import Source

RATES = "exchange_rates"
"""The key of the rates, which are of one currency per another."""


class Cites(Protocol):
    """A document whose amounts are in one currency and whose numbers cite sources."""

    @property
    def currency(self) -> str:
        """The currency of every amount."""
        ...

    @property
    def sources(self) -> Mapping[str, Source]:
        """The sources by key."""
        ...

    @property
    def as_of(self) -> date | None:
        """The date at which it holds, where it has one."""
        ...


def first_currency(document: object) -> str:
    """Give the currency of the first amount that names one, or nothing."""
    found = (code for _, value in walk(document) if isinstance(value, Parameter) for code in currencies(value))
    return next(found, "")


def foreign_currency(document: Cites) -> str:
    """Give the one currency that all amounts are in, where there are several and it is not the document's; or nothing."""
    codes = [code for _, value in walk(document) if isinstance(value, Parameter) for code in currencies(value)]
    return codes[0] if len(codes) > 1 and {*codes} == {codes[0]} - {document.currency} else ""


def currency_problem(document: Cites, foreign: str) -> Problem:
    """Say once that all amounts are in another currency."""
    message = f"the file says {document.currency}, and every amount in it is in {foreign}"
    advice = f"write currency: {foreign}, or convert all amounts into {document.currency}, those in formulas too"
    return Problem(("currency",), message, advice, code="currency")


def number_problems(document: Cites, rated: Collection[str] = ()) -> Iterator[Problem]:
    """Report amounts in another currency and unknown sources; warn of later sources and of bounds that move a number far.

    Currencies that are ``rated`` are converted, by the rate of the document or by its formulas.
    """
    for path, value in walk(document):
        if isinstance(value, Parameter):
            if path[0] != RATES:
                yield from _currency(path, value, document, rated)
            yield from _sources(document, path, value)
            yield from _distance(path, value)


def _currency(path: Path, parameter: Parameter, document: Cites, rated: Collection[str]) -> Iterator[Problem]:
    foreign = [code for code in currencies(parameter) if code not in {document.currency, *rated}]
    if foreign:
        message = f"amounts are in {document.currency}, got {parameter.given!r}"
        yield Problem(path, message, f"convert {foreign[0]} at a dated rate and say so in a note", code="currency")


def currencies(parameter: Parameter) -> tuple[str, ...]:
    """Give the currencies that a number names."""
    per = (name for name, power in parameter.unit.dimensions if power < 0 and name in CURRENCIES)
    return (*parameter.unit.currencies, *per)


def _distance(path: Path, parameter: Parameter) -> Iterator[Problem]:
    distance = parameter.distribution.distance_from_stated(parameter.unit)
    if distance:
        message = f"the bounds cut far into the distribution: {distance}"
        way_out = "quantiles are those before the bounds cut: state them closer together, or widen the bounds"
        yield Problem(path, message, way_out, code="bounds", severity="warning")


def _sources(document: Cites, path: Path, parameter: Parameter) -> Iterator[Problem]:
    for key in parameter.sources:
        yield from _cited(document, (*path, "source"), key)
    for index, reading in enumerate(parameter.readings):
        yield from _sources(document, (*path, "conflict", index), reading)


def _cited(document: Cites, path: Path, key: str) -> Iterator[Problem]:
    known = document.sources
    if key.startswith(PREFIX):
        yield from _found(document, path, key)
    elif key not in known:
        describe = f"describe it: sources: {{{key}: {{title: ..., publisher: ..., date: ...}}}}"
        yield Problem(path, f"no source {key!r}", nearest_help(key, known) or describe, code="source")
    elif document.as_of is not None and known[key].date > document.as_of:
        message = f"the source {key!r} is dated {known[key].date}, after the document's {document.as_of}"
        advice = "a document knows only what was published by then: what it says may be hindsight"
        yield Problem(path, message, advice, code="hindsight", severity="warning")


def _found(document: Cites, path: Path, key: str) -> Iterator[Problem]:
    """Report a figure of the package that does not exist; warn of one that is no fact, or that was published later."""
    found = all_facts().get(key.removeprefix(PREFIX))
    if found is None:
        advice = " or ".join(f"{PREFIX}{each}" for each in near(key)) or "valsim explain of a key names those behind it"
        yield Problem(
            path, f"no figure {key!r} is known", f"did you mean {advice}?" if near(key) else advice, code="source"
        )
    elif not found.is_known:
        message = f"{key!r} is {STATUSES[found.status]}: it is no fact, and its number counts as an assumption"
        yield Problem(path, message, "cite where you have read it", code="recalled", severity="warning")
    elif document.as_of is not None and found.known_from is not None and found.known_from > document.as_of:
        message = f"{key!r} was published by {found.known_from}, after the document's {document.as_of}"
        advice = "a document knows only what was published by then: what it says may be hindsight"
        yield Problem(path, message, advice, code="hindsight", severity="warning")
