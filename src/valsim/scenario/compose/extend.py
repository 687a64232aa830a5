"""``extends: base.yaml``: a file that builds on another, which stands under it in the same folder or below.

A bare name, as in ``extends: ai_lab``, is that of a template, which comes with valsim.
"""

from functools import reduce
from os.path import realpath
from pathlib import Path as FilePath
from typing import Any

from valsim.core.errors import Problem
from valsim.scenario.compose.merge import merged
from valsim.scenario.compose.template import is_bare, template
from valsim.scenario.text.beside import ElsewhereError, beside, reason
from valsim.scenario.text.document import Document, Source
from valsim.scenario.text.reading import parsed, read_text
from valsim.scenario.text.syntax import UnreadableError
from valsim.scenario.text.tree import Tree, document_of, tree_of

LONGEST = 8
"""How many files a scenario may be made of."""


def extended(document: Document) -> Document:
    """Give a document over the one that it extends, which may extend a further one; the nearer one's keys win.

    Raises :class:`UnreadableError` for a file that is missing, cannot be read, stands outside the folder of the first one,
    or has been followed already.
    """
    chain = [document]
    while "extends" in chain[-1].data:
        chain.append(_next(chain))
    return document if len(chain) == 1 else _put_together(chain)


def _put_together(chain: list[Document]) -> Document:
    problems = [placed for each in chain for placed in each.problems]
    tree = reduce(lambda parent, child: merged(parent, child, (), problems), map(_without_extends, reversed(chain)))
    sources = tuple(source for each in chain for source in each.sources)
    document = document_of(tree, sources, chain[0])
    return Document(document.data, sources, document.spans, tuple(problems))


def _without_extends(document: Document) -> Tree:
    tree = tree_of(document)
    return tree._replace(value={key: value for key, value in tree.value.items() if key != "extends"})


def _next(chain: list[Document]) -> Document:
    """Read what the last document of a chain extends."""
    given, index = chain[-1].data["extends"], len(chain)
    try:
        source = _template(chain, given) if is_bare(given) else _file(chain, given, index)
        return parsed(source, index)
    except OSError as error:
        raise _after(chain, _refused(chain, reason(given, error))) from None
    except UnreadableError as error:
        raise _after(chain, error) from None


def _file(chain: list[Document], given: Any, index: int) -> Source:
    """Read the file that the last of a chain extends: below the folder of the first, and not in the chain yet."""
    try:
        file = beside(given, chain[-1].name, chain[0].name, "base.yaml")
    except ElsewhereError as error:
        raise _refused(chain, error.message, error.help) from None
    _expect_new(chain, str(file))
    return read_text(file, str(file), index)


def _template(chain: list[Document], name: str) -> Source:
    """Read the template that the last of a chain extends, which is not in the chain yet."""
    try:
        source = template(name)
    except ElsewhereError as error:
        raise _refused(chain, error.message, error.help) from None
    _expect_new(chain, source.name)
    return source


def _expect_new(chain: list[Document], name: str) -> None:
    circle = _circle([each.name for each in chain], name)
    if circle:
        raise _refused(chain, f"expected an end, got a circle: {' extends '.join(circle)}")
    if len(chain) == LONGEST:
        raise _refused(chain, f"expected a scenario of at most {LONGEST} files, each extending the next")


def _circle(names: list[str], file: str) -> list[str]:
    """Give the names of the files from the first time that a file was followed to this one, or none."""
    met = next((i for i, name in enumerate(names) if realpath(name) == realpath(file)), len(names))
    return [FilePath(name).name for name in (*names[met:], file)] if met < len(names) else []


def _refused(chain: list[Document], message: str, help: str = "") -> UnreadableError:
    return UnreadableError(chain[-1].place(Problem(("extends",), message, help, code="extends")))


def _after(chain: list[Document], error: UnreadableError) -> UnreadableError:
    """Give an error together with what was found in the documents before."""
    sources = (*(source for each in chain for source in each.sources), *error.sources)
    return UnreadableError(*(found for each in chain for found in each.problems), *error.placed, sources=sources)
