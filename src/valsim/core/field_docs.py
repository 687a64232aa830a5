"""Field docstrings: what stands under each field of a block in its source, which is the reference manual."""

import ast
import inspect
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from textwrap import dedent
from types import ModuleType

from valsim.core.block import Block, frozen

IN_PART = "x-in-part"
"""The key of a JSON Schema that says that a required key of the block in the field may follow from what stands beside it."""


@cache
def field_docs(block: type[Block]) -> Mapping[str, str]:
    """Give the docstring of each field of a block by its name, those of inherited fields included.

    They are read from the source when somebody asks: pydantic would read every class at every start. A class without a
    source, such as one typed into a shell, has none.

    >>> from valsim.core.effect import Effect
    >>> field_docs(Effect)["plus"]
    'Points added to the row, in its unit.'
    """
    lineage = [cls for cls in reversed(block.__mro__) if issubclass(cls, Block)]
    found = {name: text for cls in lineage for name, text in _written_in(cls)}
    return frozen({name: found[name] for name in block.model_fields if name in found})


def _written_in(block: type[Block]) -> Iterator[tuple[str, str]]:
    try:
        found = _definitions(sys.modules[block.__module__]).get(block.__qualname__) or _definition(block)
    except (OSError, TypeError):  # a shell's module is told from a file's in either way
        return
    for above, below in pairwise(found.body):
        match above, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                yield name, inspect.cleandoc(text)


@cache
def _definitions(module: ModuleType) -> Mapping[str, ast.ClassDef]:
    """The classes of a module by their names; it is read once for all of them."""
    tree = ast.parse(inspect.getsource(module))
    return {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}


def _definition(block: type[Block]) -> ast.ClassDef:
    """A class that stands inside another one or a function."""
    (found,) = ast.parse(dedent(inspect.getsource(block))).body
    return found  # type: ignore[return-value]
