"""What ``valsim explain`` says, in lines of text."""

import re
import textwrap
from collections.abc import Iterator

from valsim.core.block import Kind
from valsim.evidence.facts import STATUSES, Fact
from valsim.evidence.ranges import GRADES, Evidence, evidence_for
from valsim.manual.catalogue import Page, pages
from valsim.manual.lookup import GROUPS, Found, Key, Word, words
from valsim.manual.reference import ROOMS, room_of

IN_FULL = 4
"""More meanings than this are listed in a line each."""


def explained(found: Found, width: int) -> str:
    """Say all that a word may mean."""
    blocks = [[*_family(family)] for family in found.families] + [[*_page(page)] for page in found.pages]
    if len(found.keys) > IN_FULL:
        blocks.append([*_short(found.keys)])
    else:
        blocks += [[*_key(key)] for key in found.keys]
    blocks += [[*_word(word)] for word in found.words]
    blocks += [[*_fact(fact)] for fact in found.facts]
    return "\n\n".join("\n".join(_wrapped(line, width) for line in block) for block in blocks)


def listed(width: int) -> str:
    """List the words that can be asked for, by the rooms of the reference."""
    head = "Ask for one of these words, or for a path into your file, such as captable.classes.series_a.seniority."
    rooms = {title: _of_room(name) for name, (title, _) in ROOMS.items()}
    rooms |= {
        "Templates": _of_group("templates"),
        "Formulas": _of_group("rows", "functions", "keywords"),
        "Measures of a result": _of_group("measures"),
        "Words of the trade": _of_group("glossary"),
    }
    return "\n\n".join([_wrapped(head, width), *(_room(title, known, width) for title, known in rooms.items())])


def _room(title: str, known: list[str], width: int) -> str:
    inside = textwrap.fill(", ".join(known), width, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)
    return f"{title}\n{inside}"


def _of_room(name: str) -> list[str]:
    inside = [page for page in pages() if room_of(page) == name]
    keys = [entry.name for page in inside for entry in page.entries if page.title == "top level"]
    return sorted({*keys, *(page.word for page in inside if page.title != "top level")} - {"*"})


def _of_group(*groups: str) -> list[str]:
    return sorted((word.name for word in words() if word.group in groups), key=str.lower)


def _key(key: Key) -> Iterator[str]:
    yield ", ".join(key.names)
    yield from _indented(key.entry.meaning)
    yield f"  Holds: {key.entry.holds} ({key.entry.presence})"
    if key.entry.examples:
        yield f"  Example: {key.entry.example}"
    yield from _known(dict.fromkeys(each for name in key.names for each in evidence_for(name)))


def _short(keys: tuple[Key, ...]) -> Iterator[str]:
    yield f"{keys[0].entry.name} is a key of several blocks; ask for one in full by its first word:"
    for key in keys:
        yield f"  {', '.join(key.names)}: {key.entry.meaning.split(chr(10))[0]}"


def _page(page: Page) -> Iterator[str]:
    where = ", ".join(page.places)
    yield f"{page.title} ({where})" if page.kind else page.title
    yield from _indented(page.meaning)
    if page.example:
        yield f"  Example: {page.example}"
    if page.entries:
        before = f"{page.word}." if page.places != ("",) else ""
        yield f"  Keys (valsim explain {before}KEY says more of one):"
    for entry in page.entries:
        yield f"    {entry.name} ({entry.presence}): {entry.meaning.split(chr(10))[0]}"
    yield from _known(dict.fromkeys(evidence_for(page.title)))


def _family(family: type[Kind]) -> Iterator[str]:
    yield f"{family.member_of}: chosen by its {family.tag}"
    known = {page.block: page for page in pages()}
    for kind, member in sorted(family.kinds.items()):
        yield f"  {kind}: {known[member.__name__].summary}"


def _word(word: Word) -> Iterator[str]:
    yield f"{word.name} ({word.what})"
    yield from _indented(word.meaning)
    if word.holds:
        yield f"  Holds: {word.holds}"
    if word.see:
        yield f"  See: {', '.join(word.see)}"
    yield from _shown(word.example.rstrip())
    for group in word.lists:
        yield f"  {GROUPS[group].removeprefix('a ').replace(' ', 's ', 1).capitalize()}:"
        yield from (f"    {each.name}: {each.meaning}" for each in words() if each.group == group)


def _shown(example: str) -> Iterator[str]:
    """Show an example in its line, or one of several lines as it is, for a file."""
    if "\n" in example:
        yield "  Example:"
        yield from textwrap.indent(example, AS_IT_IS).split("\n")
    elif example:
        yield f"  Example: {example}"


def _known(evidence: dict[Evidence, None]) -> Iterator[str]:
    for each in evidence:
        yield f"  Evidence: {each.text}"
        yield from (f"    {fact.id}: {fact.read_at}" for fact in each.known_by)
    if evidence:
        grades = "; ".join(f"grade {grade}, {GRADES[grade]}" for grade in sorted({each.grade for each in evidence}))
        yield f"  Of three figures one case in ten is below the first, half below the second; {grades}."
        yield f"  valsim explain {next(iter(evidence)).facts[0]} says that figure and where it was read, and so on for each."


def _fact(fact: Fact) -> Iterator[str]:
    """Say a figure, how well it is known, and where it was read."""
    yield f"{fact.id} ({'a figure that was found' if fact.is_known else STATUSES[fact.status]})"
    yield f"  Figure: {fact.what}, {fact.period}: {fact.figures}"
    yield f"  Known: {STATUSES[fact.status]}"
    if fact.note:
        yield f"  Note: {fact.note}"
    if fact.derived_from:
        yield f"  From: {', '.join(fact.derived_from)}"
    for read in fact.sources:
        yield f"  Source: {', '.join(map(str, filter(None, (read.publisher, read.date))))}"
        yield f"      {read.url}"
    if fact.is_known:
        yield f"  Cite it as: source: {fact.key}"


def _indented(text: str) -> Iterator[str]:
    for paragraph in text.split("\n"):
        yield f"  {paragraph}" if paragraph.strip() else ""


def _wrapped(line: str, width: int) -> str:
    """Wrap a line; what is labelled, and so a list, hangs under its label, what is prose or an equation stands as it is."""
    indent = " " * (len(line) - len(line.lstrip()))
    if len(indent) > len(KEY) or len(line) <= width:
        return line
    hanging = indent + ("  " if LABEL.match(line) else "")
    return textwrap.fill(line, width, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False)


KEY = "    "
AS_IT_IS = "      "
"""What is further in than a key is not wrapped."""
LABEL = re.compile(r"( {4}| *[A-Z]\w+: | *[\w.*]+(: |, ))")
"""A key of a list, a word before a colon, or the first of several names."""
