"""The words of a formula: numbers with their units, names, keywords and symbols."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from valsim.core.errors import ExpressionError
from valsim.core.expression.evaluate import Literal
from valsim.core.expression.units import Span
from valsim.core.quantity import read_number, with_unit
from valsim.core.unit import QuantityError, is_unit_word, nearest_unit, unit_of_word

KEYWORDS = frozenset({"and", "or", "not", "of"})
_FOREIGN = {
    "=": "write == to compare",
    "!": "write not (a == b), or not in front of a condition",
    "&": "write and",
    "|": "write or",
    "≤": "write <=",
    "≥": "write >=",
    "×": "write *",
    "÷": "write /",
    ",": "write 1_000_000 or 1M, and a blank behind a comma that parts arguments",
}
_NAME = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")
_SYMBOL = re.compile(r"\*\*|<=|>=|==|[-+*/^()<>,]")
_NUMBER_STARTS = re.compile(r"\d|\.\d|(?:US|HK)?\$|[€£]", re.ASCII)
_WHOM = re.compile(r"""\s*\(\s*(?:"([^"]*)"|'([^']*)'|([^()"']*?))\s*\)""")
_IN_QUOTES = "put a name that holds parentheses or quotes into quotes"
_WORD = re.compile(r"\s*(%|[^\W\d]+)")
_PER = re.compile(r"(?:/|\s+per\s+)([^\W\d]+)")


@dataclass(frozen=True)
class Token:
    """A word of a formula; a number carries its finished node."""

    kind: str
    text: str
    span: Span
    node: Literal | None = None


def tokens(text: str, asked: Collection[str] = ()) -> Iterator[Token]:
    """Split a formula into its words, the last one being its end; raise :class:`ExpressionError`.

    A word that is ``asked`` of somebody is one name together with who stands in parentheses behind it: ``moic(Lead Fund)``.
    """
    position = 0
    while position < len(text):
        if text[position].isspace():
            position += 1
            continue
        token = _token(text, position)
        if token.text in asked:
            token = _with_whom(text, token)
        yield token
        position = token.span[1]
    yield Token("end", "the end of the formula", (max(0, len(text) - 1), max(1, len(text))))


def _token(text: str, start: int) -> Token:
    if _NUMBER_STARTS.match(text, start):
        return _number(text, start)
    if match := _NAME.match(text, start):
        return _word(match[0], match.span())
    if match := _SYMBOL.match(text, start):
        if match[0] == "**":
            raise ExpressionError("unknown operator '**'", match.span(), "write ^ for a power")
        return Token(match[0], match[0], match.span())
    raise ExpressionError(f"unexpected '{text[start]}'", (start, start + 1), _FOREIGN.get(text[start], ""))


def _with_whom(text: str, token: Token) -> Token:
    """Read a name with who it is asked of, whose own name may hold anything but parentheses, or stand in quotes."""
    behind = text[token.span[1] :]
    if not behind.lstrip().startswith("("):
        return token
    match = _WHOM.match(behind)
    if match is None:
        raise ExpressionError(f"expected one name in parentheses behind {token.text}", token.span, _IN_QUOTES)
    name = next(group for group in match.groups() if group is not None)
    return Token("name", f"{token.text}({name})", (token.span[0], token.span[1] + match.end()))


def _word(word: str, span: Span) -> Token:
    if word.lower() in KEYWORDS and word not in KEYWORDS:
        raise ExpressionError(f"unexpected '{word}'", span, f"write {word.lower()}")
    return Token(word if word in KEYWORDS else "name", word, span)


def _number(text: str, start: int) -> Token:
    """Read a number and as much of a unit as belongs to it."""
    try:
        value, symbol, number_end = read_number(text, start)
    except QuantityError as error:
        end = start + len(re.split(r"\s", text[start:], maxsplit=1)[0])
        raise ExpressionError(error.message, (start, end), error.help) from None
    end, per = _unit_end(text, number_end)
    try:
        literal = Literal((start, end), *with_unit(value, symbol, text[start:end], text[number_end:end]), tuple(per))
    except QuantityError as error:
        raise ExpressionError(error.message, (start, end), error.help) from None
    return Token("literal", text[start:end], (start, end), literal)


def _unit_end(text: str, start: int) -> tuple[int, list[str]]:
    """Find where the unit behind a number ends, and the words it is per."""
    end, per = start, []
    match = _WORD.match(text, start)
    if match and match[1] not in KEYWORDS and match[1] != "per":
        _expect_unit(match[1], match.span(1))
        end = match.end()
    while (match := _PER.match(text, end)) and (is_unit_word(match[1]) or not match[0].startswith("/")):
        _expect_unit(match[1], match.span(1))
        end = match.end()
        per.append(match[1])
    return end, per


def _expect_unit(word: str, span: Span) -> None:
    try:
        unit_of_word(word)
    except QuantityError as error:
        advice = nearest_unit(word) or "write * between a number and a name"
        raise ExpressionError(error.message, span, advice) from None
