"""Read a cap table: a file of its own, or what stands under ``captable:`` in a scenario."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path as FilePath
from typing import NamedTuple

from valsim.captable.cap_table import CapTable
from valsim.core.errors import Path, Problem
from valsim.core.parameter import Parameter
from valsim.core.walk import walk
from valsim.scenario.captable_document import CapTableDocument, CapTableOfScenario, Heading
from valsim.scenario.compose.like import inherit
from valsim.scenario.holds import WITHIN
from valsim.scenario.judge import sound, valid
from valsim.scenario.load import read_document
from valsim.scenario.rules.captable import cap_table_rules
from valsim.scenario.rules.percentages import percentage_problems
from valsim.scenario.rules.provenance import currency_problem, first_currency, foreign_currency, number_problems
from valsim.scenario.rules.readable import told_by_blocks
from valsim.scenario.rules.rights import founder_problems
from valsim.scenario.rules.thousands import thousands_problems
from valsim.scenario.rules.unused import unused_sources
from valsim.scenario.text.document import Document


class JudgedCapTable(NamedTuple):
    """A cap table in which nothing is wrong, and what is legal but suspicious in it."""

    document: CapTableDocument
    warnings: tuple[Problem, ...]


def load_captable(path: FilePath | str, overrides: Sequence[str] = (), variant: str = "") -> CapTableDocument:
    """Read, validate and check the cap table of a file; raise :class:`ScenarioError` with every problem and its place.

    The file is a cap table alone, or a scenario, of which nothing else is looked at. ``overrides`` and ``variant`` are those of
    :func:`~valsim.scenario.load.load`.
    """
    return judged_captable(read_document(FilePath(path), overrides, variant)).document


def judged_captable(document: Document) -> JudgedCapTable:
    """Validate and check the cap table of a document that was read, and tell what is suspicious."""
    if WITHIN not in document.data:
        document = inherit(document)
        alone = valid(document, CapTableDocument, partial(told_by_blocks, CapTableDocument))
        found = sound(document, _problems(alone, alone, (), document))
        return JudgedCapTable(_in_its_currency(alone), found)
    kept = {key: value for key, value in document.data.items() if key in CapTableOfScenario.model_fields}
    document = inherit(replace(document, data=kept))
    part = valid(document, CapTableOfScenario, partial(told_by_blocks, CapTableOfScenario))
    cited = [problem for problem in _problems(part, part.captable, (WITHIN,), document) if problem.code != "unused"]
    return JudgedCapTable(_in_its_currency(part.standing_alone), sound(document, cited))


def _problems(whole: Heading, captable: CapTable, place: Path, document: Document) -> Iterator[Problem]:
    foreign = foreign_currency(whole) if whole.currency else ""
    if foreign:
        yield currency_problem(whole, foreign)
    yield from number_problems(whole.but(currency=foreign or whole.currency or first_currency(whole)))
    yield from percentage_problems(whole)
    yield from thousands_problems(whole, document)
    yield from unused_sources(whole, whole.sources)
    yield from (problem.under(place) for problem in cap_table_rules(captable, whole.as_of))
    yield from (problem.under(place) for problem in founder_problems(captable))
    yield from _drawn(captable, place)


def _drawn(captable: CapTable, place: Path) -> Iterator[Problem]:
    drawn = [path for path, value in walk(captable) if isinstance(value, Parameter) and not value.known]
    if drawn:
        several = f"this number and {len(drawn) - 1} more are" if len(drawn) > 1 else "this number is"
        message = f"{several} drawn: a contract alone is worked out at the median"
        yield Problem((*place, *drawn[0]), message, "valsim run plays all of them", code="median", severity="warning")


def _in_its_currency(document: CapTableDocument) -> CapTableDocument:
    return document.but(currency=document.currency or first_currency(document))
