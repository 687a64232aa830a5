"""Overrides from the command line: ``--set drivers.users.start=12M`` changes one value of a document."""

from collections.abc import Sequence

from valsim.core.errors import Path, Problem
from valsim.scenario.compose.pointer import MisfitError, changed, follow
from valsim.scenario.text.document import Document, Placed, Region, Source, Spans
from valsim.scenario.text.nodes import Builder
from valsim.scenario.text.syntax import UnreadableError, compose
from valsim.scenario.text.tree import Tree, document_of, planted, tree_of

_PREFIX = "--set "


def override(document: Document, settings: Sequence[str]) -> Document:
    """Give the document with each ``path=value`` put in; raise :class:`UnreadableError` with all that do not fit."""
    if not settings:
        return document
    tree, sources, problems = tree_of(document), document.sources, list(document.problems)
    for setting in (written.encode(errors="replace").decode() for written in settings):
        sources = (*sources, Source("--set", _PREFIX + setting, numbered=False))
        try:
            tree = _set(tree, setting, len(sources) - 1)
        except UnreadableError as error:
            problems += error.placed
    if len(problems) > len(document.problems):
        raise UnreadableError(*problems, sources=sources)
    return document_of(tree, sources, document)


def _set(tree: Tree, setting: str, source: int) -> Tree:
    """Put one value into a tree, or take one away."""
    name, equals, _ = setting.partition("=")
    if not equals or not name.strip():
        message = f"expected path=value, got '{setting}'"
        raise _misfit(MisfitError(message, (0, max(1, len(setting))), "such as drivers.users.start=12M"), source)
    try:
        target = follow(tree.bare, name)
        return changed(tree, target, _value(setting, len(name) + 1, target.path, source))
    except MisfitError as error:
        raise _misfit(error, source) from None


def _value(setting: str, start: int, path: Path, source: int) -> Tree:
    # Blanks in front keep the columns of the parsed value equal to those of the text that is shown.
    text = " " * (len(_PREFIX) + start) + setting[start:]
    node, builder = compose(text, source), Builder(source)
    if node is None:
        span = (len(setting) - 1, len(setting))
        raise MisfitError("expected a value behind =", span, "write null to take a value away", path)
    grown = planted(builder.build(node, path), builder.spans, path)
    if builder.problems:
        raise UnreadableError(*builder.problems)
    key = Region(source, (0, len(_PREFIX)), (0, len(_PREFIX) + start - 1))
    return grown._replace(spans=Spans(key, grown.spans.value))


def _misfit(error: MisfitError, source: int) -> UnreadableError:
    start, end = (len(_PREFIX) + column for column in error.span)
    problem = Problem(error.path, error.message, error.help, code="override")
    return UnreadableError(Placed(problem, Region(source, (0, start), (0, end))))
