"""Field docstrings are read from the source of a block and of those it inherits from."""

from collections.abc import Iterator

import pytest

import valsim.scenario.model  # noqa: F401 - defines every block
from valsim.core.block import Block
from valsim.core.field_docs import field_docs


class Base(Block):
    """A block."""

    level: float
    """The level,
    in its unit."""
    plain: float


class Derived(Base):
    """A block that says more."""

    level: float
    """The level at the start."""
    extra: float
    """One more."""
    "not its docstring"


def blocks(of: type[Block] = Block) -> Iterator[type[Block]]:
    """Every block of valsim."""
    for block in of.__subclasses__():
        yield block
        yield from blocks(block)


SHIPPED = sorted({block for block in blocks() if block.__module__.startswith("valsim.")}, key=str)


def test_a_docstring_is_what_stands_right_under_the_field() -> None:
    assert field_docs(Base) == {"level": "The level,\nin its unit."}


def test_inherited_fields_keep_their_docstrings_unless_they_are_written_anew() -> None:
    assert field_docs(Derived) == {"level": "The level at the start.", "extra": "One more."}


def test_a_class_without_a_source_has_none() -> None:
    made = type("Made", (Block,), {"__annotations__": {"level": float}})
    assert field_docs(made) == {}


@pytest.mark.parametrize("block", SHIPPED, ids=lambda block: block.__name__)
def test_every_field_of_every_shipped_block_has_a_docstring(block: type[Block]) -> None:
    assert field_docs(block).keys() == block.model_fields.keys()
