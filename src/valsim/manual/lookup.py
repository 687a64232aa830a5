"""Find what a word or a path of the document means."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from valsim.core.block import Kind, nearest_help
from valsim.manual.catalogue import Entry, Page, pages
from valsim.manual.definitions import families


@dataclass(frozen=True)
class Key:
    """A key of one or more blocks, which mean the same by it."""

    entry: Entry
    pages: tuple[Page, ...]

    @property
    def names(self) -> list[str]:
        """The full names of the key: with each kind, or with the place where it stands."""
        return [f"{page.title}.{self.entry.name}" if page.places != ("",) else self.entry.name for page in self.pages]


@dataclass(frozen=True)
class Word:
    """A word of formulas, of numbers or of choices, which no block has for itself."""

    name: str
    group: str
    meaning: str
    holds: str = ""
    example: str = ""

    @property
    def what(self) -> str:
        """What kind of word it is."""
        return GROUPS[self.group]


GROUPS = {
    "rows": "a row of formulas",
    "functions": "a function of formulas",
    "keywords": "a word of formulas",
    "numbers": "a key of a number",
    "choices": "a key that chooses",
}


@dataclass(frozen=True)
class Found:
    """All that a word may mean."""

    families: tuple[type[Kind], ...]
    pages: tuple[Page, ...]
    keys: tuple[Key, ...]
    words: tuple[Word, ...]

    def __bool__(self) -> bool:
        return bool(self.families or self.pages or self.keys or self.words)


def look_up(text: str) -> Found:
    """Find a key by its path (``captable.classes.series_a.seniority``), its block (``preferred.seniority``) or its name alone.

    >>> look_up("preferred.seniority").keys[0].entry.holds
    'a plain number'
    """
    parts = tuple(text.strip().replace("[", ".").replace("]", "").split("."))
    named = tuple(page for page in pages() if _is_page(page, parts))
    members = tuple(family for family in families().values() if parts == (family.member_of,) and family.kinds)
    found = [(entry, page) for page in pages() for entry in page.entries if _is_key(page, entry, parts)]
    if parts in {(word.name,) for word in words()}:  # a tag, say, is told once and not for every kind
        found = [(entry, page) for entry, page in found if entry.name not in TAGS]
    return Found(members, named, tuple(_together(found)), tuple(word for word in words() if parts == (word.name,)))


def nearest(text: str) -> str:
    """Suggest the known word nearest to an unknown one, or nothing."""
    last = text.rsplit(".", 1)[-1]
    known = [name for page in pages() for name in (page.title, page.word, *(entry.name for entry in page.entries))]
    known += [word.name for word in words()] + [family.member_of for family in families().values()]
    full = [f"{page.title}.{entry.name}" for page in pages() for entry in page.entries]
    return nearest_help(text, full if "." in text else known) or nearest_help(last, known)


@cache
def words() -> tuple[Word, ...]:
    """Give the words that stand in no block: rows, functions and keywords of formulas, the keys of a number, and the tags."""
    text = (files("valsim.manual") / "words.yaml").read_text(encoding="utf-8")
    return tuple(
        Word(name, group, **about) for group, known in yaml.safe_load(text).items() for name, about in known.items()
    )


TAGS = {family.tag for family in families().values()} | {"like"}
"""Keys that every block of a family has."""


def _is_page(page: Page, parts: tuple[str, ...]) -> bool:
    return parts in {(page.kind,), (page.word,)} or any(_at(place.split("."), parts) for place in page.places if place)


def _is_key(page: Page, entry: Entry, parts: tuple[str, ...]) -> bool:
    *before, last = parts
    if last != entry.name:
        return False
    inner = {word for place in page.places for word in place.split(".")}
    known = {page.kind, page.word, *inner, *(word.removesuffix("s") for word in inner)} - {"", "*"}
    return set(before) <= known or any(_at(place.split("."), tuple(before)) for place in page.places)


def _at(place: list[str], parts: tuple[str, ...]) -> bool:
    """Whether a path leads to a place, in which ``*`` is any name or number."""
    return len(place) == len(parts) and all(a in {b, "*"} for a, b in zip(place, parts, strict=True))


def _together(found: Iterable[tuple[Entry, Page]]) -> Iterator[Key]:
    """Give as one what several blocks say of a key in the same words."""
    told: dict[tuple[str, str, str], list[tuple[Entry, Page]]] = {}
    for entry, page in found:
        told.setdefault((entry.name, entry.meaning, entry.holds), []).append((entry, page))
    for same in told.values():
        yield Key(same[0][0], tuple(page for _, page in same))
