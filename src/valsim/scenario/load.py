"""Read a scenario file: text to plain data with positions, every problem reported with the line it stands on."""

from collections.abc import Sequence
from pathlib import Path as FilePath
from typing import Never

from pydantic import ValidationError

from valsim.core.errors import Problem, ScenarioError
from valsim.scenario.check import errors
from valsim.scenario.document import Document, Placed, Region, Source, lines
from valsim.scenario.explain import from_validation_error
from valsim.scenario.half_read import problems_of_formulas
from valsim.scenario.like import inherit
from valsim.scenario.model import Scenario
from valsim.scenario.nodes import Builder
from valsim.scenario.override import OverrideError, override
from valsim.scenario.report_problems import report_placed, scenario_error
from valsim.scenario.syntax import UnreadableError, compose

LARGEST = 4_000_000
"""The most bytes a scenario file may have."""

_START = Region(0, (0, 0), (0, 1))


def load(path: FilePath | str, overrides: Sequence[str] = ()) -> Scenario:
    """Read, validate and check a scenario file; raise :class:`ScenarioError` with every problem and its place.

    ``overrides`` are ``path=value`` texts, such as ``company.cash=2B USD``.
    """
    return scenario_of(read_document(FilePath(path), overrides))


def scenario_of(document: Document) -> Scenario:
    """Validate and check a document that was read; raise :class:`ScenarioError` with every problem and its place."""
    document = inherit(document)
    try:
        scenario = Scenario.model_validate(document.data)
    except ValidationError as error:
        wrong = [*from_validation_error(error, document), *problems_of_formulas(document.data)]
        raise scenario_error(wrong, document) from None
    found = errors(scenario)
    if found or document.problems:
        raise scenario_error(found, document)
    return scenario


def read_document(path: FilePath, overrides: Sequence[str] = ()) -> Document:
    """Read a file and put ``path=value`` overrides into it; raise :class:`ScenarioError` where nothing can be read.

    What is wrong with single keys and values of the text is kept in the document, for :func:`scenario_of` to raise together
    with all else.
    """
    name = str(path)
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        _fail(Source(name, ""), f"cannot read the file: {(error.strerror or str(error)).lower()}", "unreadable")
    if len(raw) > LARGEST:
        _fail(Source(name, ""), f"expected at most {LARGEST:,} bytes", "too_large")
    return parse_document(_decoded(raw, name), name, overrides)


def parse_document(text: str, name: str = "scenario", overrides: Sequence[str] = ()) -> Document:
    """Read the text of a scenario (see :func:`read_document`)."""
    source = Source(name, text.removeprefix("\ufeff"))
    try:
        return override(_document(source), overrides)
    except OverrideError as error:
        raise _error(error.placed, error.sources) from None
    except UnreadableError as error:
        raise _error(error.placed, (source,)) from None


def _document(source: Source) -> Document:
    if len(source.text.encode(errors="replace")) > LARGEST:
        raise UnreadableError(Placed(Problem((), f"expected at most {LARGEST:,} bytes", code="too_large"), _START))
    node, builder = compose(source.text, 0), Builder(0)
    data = builder.build(node) if node else None
    if not isinstance(data, dict):
        message = "the file is empty" if data is None else "expected a mapping of keys such as name and as_of"
        wrong_shape = Placed(Problem((), message, code="empty" if data is None else "shape"), _START)
        raise UnreadableError(*builder.problems, wrong_shape)
    return Document(data, (source,), builder.spans, tuple(builder.problems))


def _decoded(raw: bytes, name: str) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = lines(raw[: error.start].decode("utf-8"))
        line, column = len(before) - 1, len(before[-1])
        source = Source(name, raw.decode("utf-8", errors="replace"))
        _fail(source, "expected UTF-8 text", "encoding", Region(0, (line, column), (line, column + 1)))


def _fail(source: Source, message: str, code: str, region: Region = _START) -> Never:
    raise _error((Placed(Problem((), message, code=code), region),), (source,)) from None


def _error(placed: Sequence[Placed], sources: Sequence[Source]) -> ScenarioError:
    return ScenarioError(tuple(item.problem for item in placed), report_placed(placed, sources))
