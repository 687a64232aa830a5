"""Every parameter of a tree of blocks: listed, at its median, or replaced by its draws."""

from collections.abc import Callable, Iterator, Mapping
from functools import singledispatch
from typing import Any, TypeAlias, TypeVar

import numpy as np

from valsim.core.block import Block
from valsim.core.errors import Path
from valsim.core.parameter.number import Draws, Parameter
from valsim.core.streams import stream_of

B = TypeVar("B", bound=Block)

Visit: TypeAlias = Callable[[Parameter, Path], Any]


@singledispatch
def rebuilt(value: Any, visit: Visit, path: Path) -> Any:
    """Rebuild a tree of blocks with every parameter replaced by what ``visit`` makes of it."""
    del visit, path
    return value


@rebuilt.register
def _(value: Parameter, visit: Visit, path: Path) -> Any:
    return visit(value, path)


@rebuilt.register
def _(value: Block, visit: Visit, path: Path) -> Any:
    changes = {name: rebuilt(getattr(value, name), visit, (*path, name)) for name in type(value).model_fields}
    return value.but(**{name: new for name, new in changes.items() if new is not getattr(value, name)})


@rebuilt.register(Mapping)
def _(value: Mapping[str, Any], visit: Visit, path: Path) -> Any:
    changes = {name: rebuilt(item, visit, (*path, name)) for name, item in value.items()}
    return changes if any(changes[name] is not value[name] for name in value) else value


@rebuilt.register
def _(value: tuple, visit: Visit, path: Path) -> Any:  # type: ignore[type-arg]
    return tuple(rebuilt(item, visit, (*path, _called(item, i))) for i, item in enumerate(value))


def _called(item: Any, index: int) -> str | int:
    # A list item is known by its name, so that inserting another one shifts no draw.
    return str(getattr(item, "name", index))


def parameters(block: Block) -> Iterator[tuple[Path, Parameter]]:
    """List every parameter of a block with its path, in the order of the document."""
    found: list[tuple[Path, Parameter]] = []

    def noted(parameter: Parameter, path: Path) -> Parameter:
        found.append((path, parameter))
        return parameter

    rebuilt(block, noted, ())
    return iter(found)


def streams_of_parameters(block: Block) -> tuple[str, ...]:
    """Name the streams of the parameters that are drawn once a path, in the order of the document."""
    drawn = ((path, each) for path, each in parameters(block) if each.drawn_once and not each.known)
    return tuple(stream_of(".".join(map(str, path))) for path, _ in drawn)


def at_medians(block: B) -> B:
    """Give the same block with every parameter replaced by its median: one path, to look at."""
    result: B = rebuilt(block, lambda parameter, _: np.asarray(parameter.middle), ())
    return result


def realise(block: B, draws: Draws) -> B:
    """Give the same block with every parameter replaced by its draws: known ones a scalar, others ``(n_paths,)``.

    What is drawn anew each time stays as it is.
    """

    def drawn(parameter: Parameter, path: Path) -> Any:
        return parameter.realised(draws, ".".join(map(str, path)))

    result: B = rebuilt(block, drawn, ())
    return result
