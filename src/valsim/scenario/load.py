"""Read a scenario file: text to plain data with positions, every problem reported with the line it stands on."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path as FilePath
from typing import NamedTuple

from valsim.core.errors import Problem, ScenarioError
from valsim.scenario.check import problems
from valsim.scenario.compose.extend import extended
from valsim.scenario.compose.like import inherit
from valsim.scenario.compose.override import override
from valsim.scenario.compose.sample import sampled
from valsim.scenario.compose.variant import BASE, unanchored_base, varied
from valsim.scenario.convert import in_its_currency
from valsim.scenario.judge import sound, valid
from valsim.scenario.model import Scenario
from valsim.scenario.report_problems import report_placed, scenario_error
from valsim.scenario.rules.half_read import half_read_problems
from valsim.scenario.text.document import Document, Placed, Source
from valsim.scenario.text.reading import first_character, parsed, read_text
from valsim.scenario.text.syntax import UnreadableError


def load(path: FilePath | str, overrides: Sequence[str] = (), variant: str = "") -> Scenario:
    """Read, validate and check a scenario file; raise :class:`ScenarioError` with every problem and its place.

    ``overrides`` are ``path=value`` texts, such as ``company.cash=2B USD``, and come after what the file extends and after
    the changes of a variant; without one, the file is taken as it is written. A variant with ``anchor: base`` knows the file as
    it is written too, at whose scale of the opening multiple it is played (see :attr:`Scenario.anchored_as`).
    """
    return scenario_of(read_document(FilePath(path), overrides, variant))


class Judged(NamedTuple):
    """A scenario in which nothing is wrong, and what is legal but suspicious in it."""

    scenario: Scenario
    warnings: tuple[Problem, ...]


def scenario_of(document: Document) -> Scenario:
    """Validate and check a document that was read; raise :class:`ScenarioError` with every problem and its place."""
    return judged(document).scenario


def judged(document: Document) -> Judged:
    """Validate and check a document that was read (see :func:`scenario_of`), and tell what is suspicious."""
    document = inherit(document)
    scenario = _read(document)
    warnings = sound(document, problems(scenario, document.case))
    return Judged(_with_its_base(scenario, document), warnings)


def judged_before(document: Document) -> Scenario:
    """Give a document as its scenario that was found right before, in half the time."""
    document = inherit(document)
    return _with_its_base(_read(document), document)


def _read(document: Document) -> Scenario:
    return in_its_currency(valid(document, Scenario, half_read_problems))


def _with_its_base(case: Scenario, document: Document) -> Scenario:
    """Give a case that is played at the scale of the file as it is written together with that; any other as it is."""
    variant = case.variants.get(document.case)
    if variant is None or document.base is None or not variant.is_anchored_by_base(case.valuation.anchor):
        return case
    base = document.base()
    if base.valuation.anchor == "none":
        raise scenario_error([unanchored_base(document.case)], document)
    return case.anchored_by(base)


def read_document(path: FilePath, overrides: Sequence[str] = (), variant: str = "") -> Document:
    """Read a file over what it extends, and put a variant's changes and ``path=value`` overrides into it.

    What is wrong with single keys and values of the text is kept in the document, for :func:`scenario_of` to raise together
    with all else. Raises :class:`ScenarioError` where nothing can be read.
    """
    return as_played(read_file(path), overrides, variant)


def read_file(path: FilePath) -> Document:
    """Read a file over what it extends; samples are read when it is played (see :func:`read_document`)."""
    try:
        source = read_text(path, str(path), 0)
    except UnreadableError as error:
        raise _error(error) from None
    except OSError as error:
        reason = f"cannot read the file: {(error.strerror or str(error)).lower()}"
        placed = Placed(Problem((), reason, code="unreadable"), first_character(0))
        raise _error(UnreadableError(placed, sources=(Source(str(path), ""),))) from None
    return _extended(source)


def parse_document(text: str, name: str = "scenario", overrides: Sequence[str] = (), variant: str = "") -> Document:
    """Read the text of a scenario (see :func:`read_document`); what it extends stands beside the file of this name."""
    return as_played(_extended(Source(name, text.removeprefix("\ufeff"))), overrides, variant)


def _extended(source: Source) -> Document:
    try:
        return extended(parsed(source, 0))
    except UnreadableError as error:
        raise _error(error) from None


def as_played(document: Document, overrides: Sequence[str] = (), variant: str = "") -> Document:
    """Give a document that was read with the changes of a variant, with overrides and with samples read from their files."""
    try:
        played = sampled(override(varied(document, variant), overrides))
    except UnreadableError as error:
        raise _error(error) from None
    if variant in {"", BASE}:
        return played
    return replace(played, case=variant, base=partial(_as_written, document, overrides))


def _as_written(document: Document, overrides: Sequence[str]) -> Scenario:
    return scenario_of(as_played(document, _fitting(document, overrides)))


def _fitting(document: Document, overrides: Sequence[str]) -> list[str]:
    """Give the overrides that the file as it is written has a place for; the others change what the case alone has."""
    fitting: list[str] = []
    for each in overrides:
        with suppress(UnreadableError):
            override(document, [*fitting, each])
            fitting.append(each)
    return fitting


def _error(error: UnreadableError) -> ScenarioError:
    return ScenarioError(tuple(item.problem for item in error.placed), report_placed(error.placed, error.sources))
