"""The catalogue: every block and every key of the document, with its meaning, what may stand there, and an example.

The editor's schema, ``valsim explain`` and the reference are all written from it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from valsim.core.block import FAMILY, LIKE, Block, shown
from valsim.core.distribution import Distribution
from valsim.core.field_docs import field_docs
from valsim.manual.definitions import FILES, OUTSIDE, Schema, definitions, families
from valsim.manual.wording import holds, name_in, plain, schema_of_value
from valsim.scenario.load import parse_document

ANYWHERE = OUTSIDE["Distribution"]
"""The place of a distribution: wherever a number may stand."""


@dataclass(frozen=True)
class Entry:
    """One key of a block."""

    block: str
    name: str
    meaning: str
    holds: str
    required: bool
    default: str
    examples: tuple[str, ...]

    @property
    def presence(self) -> str:
        """Whether it must be given, and what holds where it is not."""
        return "required" if self.required else f"default {self.default}" if self.default else "optional"

    @property
    def example(self) -> str:
        """The first example, with its key."""
        return f"{self.name}: {self.examples[0]}" if self.examples else ""

    @property
    def text(self) -> str:
        """All of it as Markdown, for an editor to show."""
        return f"{self.meaning}\n\nHolds: {self.holds} ({self.presence})."


@dataclass(frozen=True)
class Page:
    """One block, or one kind of a family: where it stands, what it is and its keys."""

    block: str
    family: str
    kind: str
    places: tuple[str, ...]
    meaning: str
    example: str
    entries: tuple[Entry, ...]

    @property
    def title(self) -> str:
        """What names it in the document: its kind, else the place where it stands."""
        return self.kind or self.places[0] or "top level"

    @property
    def word(self) -> str:
        """What one of it is called: ``closing`` for those of ``rounds.*.closings.*``."""
        last = self.title.removesuffix(".*").rsplit(".", 1)[-1]
        return last.removesuffix("s") if self.title.endswith(".*") else last

    @property
    def summary(self) -> str:
        """The first sentence of its meaning."""
        return self.meaning.split("\n")[0].split(": ")[0]

    def entry(self, name: str) -> Entry | None:
        """Give the key of this name, if there is one."""
        return next((entry for entry in self.entries if entry.name == name), None)


LIKE_ENTRY = Entry(
    "",
    "like",
    "The name of another entry of the same place (for the shares of a round: of a class), whose keys are taken over; "
    "what is written here wins. A class hands on its terms, never its amounts and dates of issue.",
    "the name of another entry",
    required=False,
    default="",
    examples=("series_a",),
)


@cache
def pages() -> tuple[Page, ...]:
    """Give a page for every block that a document may hold, in the order of the document."""
    places: dict[str, list[str]] = {}
    for block, place in _walk("Scenario", (), ()):
        places.setdefault(block, []).append(".".join(place))
    for what, whole in FILES.items():
        if whole.__name__ not in families():
            places.setdefault(whole.__name__, [f"{what} file"])
    for family, root in OUTSIDE.items():
        for kind in families()[family].kinds.values():
            for block, place in _walk(kind.__name__, (root,), ()):
                places.setdefault(block, []).append(".".join(place))
    return tuple(_page(block, tuple(dict.fromkeys(found))) for block, found in places.items())


def _walk(block: str, place: tuple[str, ...], open_: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """List the blocks of the document with the places where they stand, ``*`` for a name that the author chooses."""
    if block in open_:
        return
    yield block, place
    for name, written in definitions()[block].get("properties", {}).items():
        for inner, deeper in _blocks_in(written, (*place, name)):
            yield from _walk(inner, deeper, (*open_, block))


def _blocks_in(schema: Any, place: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    if FAMILY in schema:
        yield from ((kind.__name__, place) for kind in families()[schema[FAMILY]].kinds.values())
    if "$ref" in schema:
        yield name_in(schema), place
    for branch in schema.get("anyOf", ()):
        yield from _blocks_in(branch, place)
    for inner in (schema.get("additionalProperties"), schema.get("items")):
        if isinstance(inner, dict):
            yield from _blocks_in(inner, (*place, "*"))


def _page(block: str, places: tuple[str, ...]) -> Page:
    schema, cls = definitions()[block], blocks()[block]
    family = next((base for base in families().values() if issubclass(cls, base)), None)
    kind = next((name for name, member in family.kinds.items() if member is cls), "") if family else ""
    properties = schema.get("properties", {})
    tag = family.tag if family else ""
    needed = {*schema.get("required", ()), *([tag] if family and kind != family.usual else [])}
    names = sorted(properties, key=lambda name: name != tag)
    entries = [_entry(cls, name, properties[name], name in needed) for name in names]
    entries += [LIKE_ENTRY] * (block in _may_be_like())
    return Page(
        block, family.__name__ if family else "", kind, places, plain(cls.__doc__ or ""), cls.example, tuple(entries)
    )


def _entry(block: type[Block], name: str, schema: Schema, /, required: bool) -> Entry:  # noqa: FBT001 - one of its fields
    shown = values_in(block.example).get(name)
    own = schema.get("examples") or schema_of_value(schema).get("examples", ())
    examples = own if shown is None else [shown]
    default = "" if required else _default(schema.get("default"))
    meaning = plain(field_docs(block).get(name, ""))
    return Entry(
        block.__name__, name, meaning, _holds(block, name, schema), required, default, tuple(map(str, examples))
    )


def _holds(block: type[Block], name: str, schema: Schema) -> str:
    told = holds(schema)
    if told != "a number" or not issubclass(block, Distribution):
        return told
    return "a plain number" if name in block.pure else "a quantity, in the unit of the number"


@cache
def _may_be_like() -> frozenset[str]:
    """Give the blocks that may take over the keys of another of their own."""
    fields = [field for block in definitions().values() for field in block.get("properties", {}).values()]
    return frozenset(name for field in fields if field.get(LIKE) for name, _ in _blocks_in(field, ()))


@cache
def values_in(example: str) -> dict[str, str]:
    """Give the values of a mapping in one line, each as it is written, by their keys.

    >>> values_in("{kind: plan, growth: 30%}")
    {'kind': 'plan', 'growth': '30%'}
    """
    text = f"example: {example}"
    document = parse_document(text)
    regions = {path[1]: document.spans[path].value for path in document.spans if len(path) == 2}
    return {str(key): text[region.start[1] : region.end[1]] for key, region in regions.items()}


@cache
def blocks() -> dict[str, type[Block]]:
    """Give every block that a document may hold by the name of its class."""
    found: dict[str, type[Block]] = {}
    waiting = list(Block.__subclasses__())
    while waiting:
        block = waiting.pop()
        found.setdefault(block.__name__, block)
        waiting += block.__subclasses__()
    return {name: found[name] for name in definitions()}


def _default(value: Any) -> str:
    if isinstance(value, list) and value:
        return shown([{key: part for key, part in each.items() if part is not None} for each in value])
    return "" if value in (None, {}, [], "") else str(value)
