"""Field docstrings: what stands under each field of a block in its source, which is the reference manual."""

import ast
import inspect
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from textwrap import dedent

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
        source = inspect.getsource(block)
    except OSError:
        return
    (definition,) = ast.parse(dedent(source)).body
    for above, below in pairwise(definition.body):  # type: ignore[attr-defined]
        match above, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                yield name, inspect.cleandoc(text)
