"""What is no YAML, in plain words: PyYAML's complaints, placed where a person has to mend the text."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import yaml

from valsim.core.errors import Problem
from valsim.scenario.text.document import Placed, Region, lines


class Trouble(NamedTuple):
    """A complaint of the parser: what it was reading from which place on, and what it met where."""

    reading: str
    since: tuple[int, int]
    met: str
    at: tuple[int, int]
    text: list[str]

    @property
    def line(self) -> str:
        """The line in which it was met."""
        return self.text[self.at[0]]

    @property
    def starts_line(self) -> bool:
        """Whether only blanks, or the one key whose colon was met, stand before it in its line."""
        before = self.line[: self.at[1]]
        return not before.strip() or (self.met in _COLONS and not set(before.strip()) & set(" :{[,'\""))


class Told(NamedTuple):
    """What to tell a person, and where."""

    message: str
    help: str
    at: tuple[int, int]


def syntax_problem(error: yaml.MarkedYAMLError, text: str, source: int) -> Placed:
    """Say in plain words what the parser complained about."""
    written = lines(text)
    since, at = (_inside(mark, text) for mark in (error.context_mark, error.problem_mark or error.context_mark))
    trouble = Trouble(error.context or "", since, str(error.problem), at, written)
    told = next(found for rule in _RULES if (found := rule(trouble)))
    line, column = told.at
    problem = Problem((), told.message, told.help, code="syntax")
    return Placed(problem, Region(source, (line, column), (line, column + 1)))


def _inside(mark: yaml.Mark | None, text: str) -> tuple[int, int]:
    """Give the place of a mark; one behind the end of the text moves back to its last line with words."""
    written = lines(text.rstrip())
    if mark is None:
        return 0, 0
    return (mark.line, mark.column) if mark.line < len(written) else (len(written) - 1, len(written[-1]))


_COLONS = {"mapping values are not allowed in this context"}
_PLAINER = {
    "mapping values are not allowed in this context": (
        "a key and its value do not fit here",
        "quote a text that contains ': ', and check the indentation",
    ),
    "found undefined alias": ("this alias names no anchor", "define it before, as &name"),
    "did not find expected key": (
        "expected the end of the line, or the next key",
        "put a text that goes on behind a bracket or a quote in quotes, and check the indentation",
    ),
    "did not find expected node content": ("expected a value", "quote a text that starts with a sign such as , or }"),
    "block sequence entries are not allowed in this context": (
        "a list cannot start here",
        "put its first - on a line of its own",
    ),
    "mapping keys are not allowed in this context": ("a text cannot start with '? '", "put the text in quotes"),
    "found unexpected ':'": ("a colon cannot stand here", "quote a text that contains a colon"),
    "found unknown escape character": ("this is no escape of YAML", "write \\\\ for a backslash, or use single quotes"),
    "second occurrence": ("an anchor of this name exists already", "give each anchor its own name"),
    "but found another document": ("a scenario is one document", "remove the line ---"),
}


def _open_quote(trouble: Trouble) -> Told | None:
    if trouble.met != "found unexpected end of stream" or "quoted" not in trouble.reading:
        return None
    return Told("this quote is never closed", "close it, or leave out the quote", trouble.since)


def _quote_inside(trouble: Trouble) -> Told | None:
    before = trouble.line[: trouble.at[1]].rstrip()
    quote = before[-1:]
    if not trouble.met.startswith("did not find expected") or trouble.starts_line or quote not in {"'", '"'}:
        return None
    if before.count(quote) % 2:
        return _closed_late(trouble, quote)
    doubled = {"'": "write '' for an apostrophe inside, or put the text in double quotes"}
    advice = doubled.get(quote, 'write \\" for a quote inside, or put the text in single quotes')
    return Told(f"the text in quotes ends before this: a {quote} inside it closes it", advice, trouble.at)


def _closed_late(trouble: Trouble, quote: str) -> Told | None:
    """Find the quote of an earlier line that was closed by the one before this place, where another was meant to open."""
    odd = (number for number in range(trouble.at[0] - 1, -1, -1) if trouble.text[number].count(quote) % 2)
    opened = next(odd, None)
    if opened is None:
        return None
    message = f"this quote is closed only in line {trouble.at[0] + 1}"
    return Told(message, "close it where its text ends", (opened, trouble.text[opened].rindex(quote)))


_COMMENT = re.compile(r"(?:^|[\s,{\[])(//|/\*)")


def _comment_of_another_language(trouble: Trouble) -> Told | None:
    """Find a comment of JavaScript in the line that was met, or in the one before it."""
    for number in range(trouble.at[0], max(trouble.at[0] - 2, -1), -1):
        if found := _COMMENT.search(trouble.text[number]):
            return Told(f"{found[1]} opens no comment", "a comment begins with #", (number, found.start(1)))
    return None


def _tab(trouble: Trouble) -> Told | None:
    if trouble.met != "found character that cannot start any token" or trouble.line[trouble.at[1] :][:1] != "\t":
        return None
    return Told("a tab cannot indent", "indent with blanks", trouble.at)


_STARTS = {"while scanning an alias", "while scanning an anchor", "while scanning a block scalar"}


def _sign_at_the_start(trouble: Trouble) -> Told | None:
    if trouble.reading not in _STARTS and trouble.met != "found character that cannot start any token":
        return None
    at = trouble.since if trouble.reading in _STARTS else trouble.at
    sign = trouble.text[at[0]][at[1] : at[1] + 1]
    return Told(f"a text cannot start with '{sign}'", "put the text in quotes", at)


def _indented_otherwise(trouble: Trouble) -> Told | None:
    """Compare the indentation of a line with those that are open above it."""
    line, column = trouble.at[0], len(trouble.line) - len(trouble.line.lstrip(" "))
    above = dict(_open_above(trouble.text, line))
    if "flow" in trouble.reading or not trouble.starts_line or not above:
        return None
    if column in above:
        message = f"expected an item of the list that starts in line {trouble.since[0] + 1}, which begins with -"
        is_list = trouble.reading == "while parsing a block collection"
        advice = f"write - in front, or indent it by {column + 2} blanks to go on with the item above"
        return Told(message, advice, (line, column)) if is_list else None
    *more, last = (f"by {blanks} like line {number + 1}" for blanks, number in above.items())
    found = f"this line is indented by {column} blank{'' if column == 1 else 's'}, unlike all that it may belong to"
    return Told(found, f"indent it {', '.join(more)}{' or ' if more else ''}{last}", (line, column))


def _open_above(text: list[str], line: int) -> Iterator[tuple[int, int]]:
    """List the indentations that a line may have to belong to what stands above it, each with the nearest line of it."""
    least = None
    for number in range(line - 1, -1, -1):
        blanks = len(text[number]) - len(text[number].lstrip(" "))
        if text[number].strip() and not text[number].lstrip().startswith("#") and (least is None or blanks < least):
            least = blanks
            yield blanks, number


def _open_bracket(trouble: Trouble) -> Told | None:
    line, column = trouble.since
    bracket = trouble.text[line][column : column + 1]
    if bracket not in {"[", "{"} or not trouble.met.startswith("did not find expected"):
        return None
    message = f"expected a comma, or the bracket that closes the {bracket} in line {line + 1}, column {column + 1}"
    return Told(message, "put a comma between entries, and quote a text that contains , [ ] { or }", trouble.at)


def _no_colon(trouble: Trouble) -> Told | None:
    if trouble.met != "could not find expected ':'":
        return None
    return Told("expected a key with a colon and a value", "write key: value", trouble.since)


def _stray_bracket(trouble: Trouble) -> Told | None:
    bracket = trouble.line[trouble.at[1] : trouble.at[1] + 1]
    if trouble.met != "did not find expected key" or bracket not in {"]", "}"}:
        return None
    return Told(f"this {bracket} closes nothing", "leave it out, or open it before", trouble.at)


def _anything(trouble: Trouble) -> Told:
    since = f" {trouble.reading} in line {trouble.since[0] + 1}" if trouble.reading else ""
    message, advice = _PLAINER.get(trouble.met, (f"not valid YAML: {trouble.met}{since}", ""))
    return Told(message, advice, trouble.at)


_RULES = (
    _open_quote,
    _comment_of_another_language,
    _quote_inside,
    _tab,
    _sign_at_the_start,
    _indented_otherwise,
    _open_bracket,
    _stray_bracket,
    _no_colon,
    _anything,
)
