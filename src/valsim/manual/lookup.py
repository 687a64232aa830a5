"""Find what a word or a path of the document means."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from valsim.analysis.measure import MEASURES
from valsim.core.block import Kind
from valsim.core.unit import ONE
from valsim.evidence.facts import PREFIX, Fact, all_facts
from valsim.manual.catalogue import Entry, Page, pages
from valsim.manual.definitions import families
from valsim.manual.templates import told_templates
from valsim.manual.wording import plain


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
    """A word of formulas, of numbers, of choices or of the trade, which no block has for itself."""

    name: str
    group: str
    meaning: str
    holds: str = ""
    example: str = ""
    also: tuple[str, ...] = ()
    """Other words for the same."""
    see: tuple[str, ...] = ()
    """The keys and kinds to use."""
    lists: tuple[str, ...] = ()
    """Groups of words that are listed beneath."""

    @property
    def what(self) -> str:
        """What kind of word it is."""
        return GROUPS[self.group]


GROUPS = {
    "rows": "a row of formulas",
    "offered": "a row of the formulas of a decision",
    "functions": "a function of formulas",
    "keywords": "a word of formulas",
    "numbers": "a key of a number",
    "choices": "a key that chooses",
    "measures": "a measure of a result",
    "templates": "a template",
    "glossary": "a word of the trade",
}


@dataclass(frozen=True)
class Found:
    """All that a word may mean."""

    families: tuple[type[Kind], ...]
    pages: tuple[Page, ...]
    keys: tuple[Key, ...]
    words: tuple[Word, ...]
    facts: tuple[Fact, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.families or self.pages or self.keys or self.words or self.facts)


def look_up(text: str) -> Found:
    """Find a key by its path (``captable.classes.series_a.seniority``), its block (``preferred.seniority``) or its name alone.

    A name is found however it is spelt: in capitals, in the plural, with hyphens or spaces.

    >>> look_up("preferred.seniority").keys[0].entry.holds
    'a plain number'
    >>> look_up("Lock-up").keys[0].names
    ['ipo.lock_up']
    """
    same = (name for name in _names() if spelling(name) == spelling(text))
    return next(filter(None, map(_exactly, (text.strip(), *same))), Found((), (), (), (), _cited(text.strip())))


def _cited(text: str) -> tuple[Fact, ...]:
    found = all_facts().get(text.removeprefix(PREFIX))
    return () if found is None else (found,)


def spelling(text: str) -> str:
    """Give what the spellings of a word have in common.

    >>> spelling("Lock-ups"), spelling("lock_up"), spelling("Secondaries")
    ('lock up', 'lock up', 'secondary')
    """
    words = re.split(r"[\s_-]+", text.strip().lower())
    return " ".join(re.sub(r"(?<=\w\w)s$", "", re.sub(r"ies$", "y", word)) for word in words)


def nearest(text: str) -> tuple[str, ...]:
    """Suggest the known words nearest to an unknown one, three at most."""
    known = {name.lower(): name for name in _names()}
    full = [f"{page.title}.{entry.name}" for page in pages() for entry in page.entries]
    asked = {text: full, text.rsplit(".", 1)[-1]: list(known)} if "." in text else {text: list(known)}
    found = (difflib.get_close_matches(word.lower(), among, cutoff=NEAR) for word, among in asked.items())
    return tuple(known.get(name, name) for name in next(filter(None, found), ()))


NEAR = 0.65
"""How alike two words must be for one to be suggested for the other, from 0 to 1."""


def _exactly(text: str) -> Found:
    parts = tuple(text.replace("[", ".").replace("]", "").split("."))
    named = tuple(page for page in pages() if _is_page(page, parts))
    members = tuple(family for family in families().values() if parts == (family.member_of,) and family.kinds)
    found = [(entry, page) for page in pages() for entry in page.entries if _is_key(page, entry, parts)]
    told = tuple(word for word in words() if text.lower() == word.name.lower())
    if told:  # a tag, say, is told once and not for every kind
        found = [(entry, page) for entry, page in found if entry.name not in TAGS]
    others = tuple(word for word in words() if spelling(text) in map(spelling, word.also))
    return Found(members, named, tuple(_together(found)), told or others)


@cache
def _names() -> tuple[str, ...]:
    """Give every name that is looked up, the words of the trade first."""
    told = [name for word in reversed(words()) for name in (word.name, *word.also)]
    told += [name for page in pages() for name in (page.title, page.word, *(entry.name for entry in page.entries))]
    return tuple(dict.fromkeys([*told, *(family.member_of for family in families().values())]))


@cache
def words() -> tuple[Word, ...]:
    """Give the words that stand in no block: of formulas, the keys of a number, the tags, and those of the trade."""
    texts = ((files("valsim.manual") / name).read_text(encoding="utf-8") for name in ("words.yaml", "glossary.yaml"))
    groups = [group for text in texts for group in yaml.safe_load(text).items()]
    known = tuple(_word(group, name, about) for group, known in groups for name, about in known.items())
    return (
        *known,
        *_readings(),
        *_measures(),
        *(Word(each.name, "templates", each.meaning) for each in told_templates()),
    )


def _word(group: str, name: str, about: Mapping[str, Any]) -> Word:
    lists = {key: tuple(value) for key, value in about.items() if isinstance(value, list)}
    return Word(name, group, **{**about, **lists})


def _readings() -> Iterator[Word]:
    """Give what processes tell formulas beside their fields, in the words of the properties that tell it."""
    kinds = families()["Process"].kinds.items()
    examples = ((kind, process.choose(yaml.safe_load(process.example))) for kind, process in kinds if process.example)
    for kind, example in examples:
        for name, unit in example.readings.items():
            told = plain(getattr(type(example), name).__doc__ or "")
            held = "a plain number" if unit == ONE else f"{unit}, where the level is in {example.level_unit}"
            yield Word(name, "rows", f"{told} Of a driver of `kind: {kind}`, as `NAME.{name}`.", held)


def _measures() -> Iterator[Word]:
    """Give what may be asked of a result, in the words of the functions that answer it."""
    for name, each in sorted(MEASURES.items()):
        yield Word(name, "measures", plain(each.meaning), f"{each.what}, {each.under}", each.example)


TAGS = {family.tag for family in families().values()} | {"like"}
"""Keys that every block of a family has."""


def _is_page(page: Page, parts: tuple[str, ...]) -> bool:
    return parts in {(page.kind,), (page.word,), (page.block.lower(),)} or any(
        _at(place.split("."), parts) for place in page.places if place
    )


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
