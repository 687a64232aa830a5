"""Read a round that stands alone, to be closed on a cap table."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from valsim.core.errors import Path, Problem
from valsim.core.parameter import Parameter
from valsim.core.walk import walk
from valsim.scenario.captable_document import CapTableDocument
from valsim.scenario.compose.like import inherit_terms
from valsim.scenario.dump import plain
from valsim.scenario.judge import sound, valid
from valsim.scenario.round_document import UNDECIDED, RoundContext, RoundDocument
from valsim.scenario.rules.captable import issued_after
from valsim.scenario.rules.percentages import percentage_problems
from valsim.scenario.rules.provenance import currencies, first_currency
from valsim.scenario.rules.readable import told_by_blocks
from valsim.scenario.rules.thousands import thousands_problems
from valsim.scenario.text.document import Document

TOP: Path = ("closings", 0)
"""The place of a closing whose keys stand at the top."""


class JudgedRound(NamedTuple):
    """A round in which nothing is wrong, and what is legal but suspicious in it."""

    document: RoundDocument
    warnings: tuple[Problem, ...]


def judged_round(document: Document, captable: CapTableDocument) -> JudgedRound:
    """Validate and check a round for a cap table; raise :class:`~valsim.core.errors.ScenarioError` with every problem."""
    document = inherit_terms(document, plain(captable)["classes"])
    terms = valid(document, RoundDocument, _half_read)
    found = (as_written(problem, document) for problem in _problems(terms, captable, document))
    return JudgedRound(terms, sound(document, found))


def judged_alone(document: Document) -> JudgedRound:
    """Validate and check what a round says without looking at a cap table, whose terms it may take over."""
    series = document.data.get("series")
    if isinstance(series, Mapping) and "like" in series:
        document = replace(document, data={key: each for key, each in document.data.items() if key != "series"})
    terms = valid(document, RoundDocument, _half_read)
    return JudgedRound(
        terms, sound(document, (as_written(problem, document) for problem in _of_its_own(terms, document)))
    )


def _half_read(data: Mapping[str, Any]) -> list[Problem]:
    series = {key: each for key, each in data.items() if key == "series"}
    return told_by_blocks(RoundDocument, series)


def as_written(problem: Problem, document: Document) -> Problem:
    """Give a problem the place where the keys of its closing stand."""
    at_the_top = problem.path[:2] == TOP and "closings" not in document.data
    return replace(problem, path=problem.path[2:]) if at_the_top else problem


def _problems(terms: RoundDocument, captable: CapTableDocument, document: Document) -> Iterator[Problem]:
    yield from terms.problems(RoundContext(captable))
    yield from _of_its_own(terms, document)
    yield from _names(terms, captable)
    yield from _currencies(terms, captable)
    yield from _before_the_table(terms, captable)


def _of_its_own(terms: RoundDocument, document: Document) -> Iterator[Problem]:
    yield from percentage_problems(terms)
    yield from thousands_problems(terms, document)
    yield from _without_effect(terms)
    yield from _drawn(terms)


def _names(terms: RoundDocument, captable: CapTableDocument) -> Iterator[Problem]:
    if terms.name in captable.classes:
        message = f"a class of the cap table is called {terms.name!r} already"
        yield Problem(("name",), message, "give the round another name", code="name")


def _currencies(terms: RoundDocument, captable: CapTableDocument) -> Iterator[Problem]:
    known = captable.currency or terms.currency or first_currency(terms)
    if terms.currency and terms.currency != known:
        message = f"the cap table is in {known}, and the round in {terms.currency}"
        yield Problem(("currency",), message, "convert the amounts of one of them", code="currency")
    for path, number in _numbers(terms):
        foreign = [code for code in currencies(number) if known and code != known]
        if foreign:
            message = f"amounts are in {known}, got {number.given!r}"
            advice = f"convert {foreign[0]} at a dated rate and say so in a note"
            yield Problem(path, message, advice, code="currency")


def _before_the_table(terms: RoundDocument, captable: CapTableDocument) -> Iterator[Problem]:
    """Report a closing on a day on which some class or debt of the cap table did not exist yet."""
    for i, closing in enumerate(terms.closings):
        for (_, name, _), issued in issued_after(captable, closing.at):
            message = f"{closing.at} is before {issued}, when {name} was issued"
            yield Problem(("closings", i, "at"), message, "close the round on the cap table of that day", code="date")


def _without_effect(terms: RoundDocument) -> Iterator[Problem]:
    """Warn of what says whether a closing happens: alone, it does."""
    for i, closing in enumerate(terms.closings):
        for key in (key for key in UNDECIDED if key in closing.model_fields_set):
            message = "without effect: a round alone closes, and nothing follows from it"
            yield Problem(("closings", i, key), message, "valsim run plays it", "key", "no_effect", severity="warning")
    for key in ("drawn_terms", "time_between_rounds"):
        if getattr(terms, key):
            message = "without effect: a round alone knows no round before it"
            yield Problem((key,), message, "valsim run plays it", "key", "no_effect", severity="warning")
    if terms.at_most > 1:
        message = "without effect: a round alone closes once"
        yield Problem(("at_most",), message, "", "key", "no_effect", severity="warning")


def _numbers(terms: RoundDocument) -> Iterator[tuple[Path, Parameter]]:
    return ((path, value) for path, value in walk(terms) if isinstance(value, Parameter))


def _drawn(terms: RoundDocument) -> Iterator[Problem]:
    drawn = [path for path, number in _numbers(terms) if not number.known]
    if drawn:
        message = "this number is drawn: a contract alone is worked out at the median"
        yield Problem(drawn[0], message, "valsim run plays all of them", code="median", severity="warning")
