"""From the text of a formula to its parts: a small precedence-climbing parser, never Python's own.

From loosest to tightest: ``or``, ``and``, ``not``, comparisons, ``+ -``, ``* /``, ``of``, a sign, ``^`` (right to left).
A slash belongs to a number's unit only where it is written without blanks: ``60 USD/user/year`` is one number,
``60 USD / users`` divides by the name ``users``.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import NoReturn

from valsim.core.block import nearest_help
from valsim.core.errors import ExpressionError
from valsim.core.expression import evaluate as do
from valsim.core.expression.evaluate import Literal, Name, Node, Operation
from valsim.core.expression.units import Span
from valsim.core.quantity import read_number, with_unit
from valsim.core.unit import QuantityError, unit_of_word

MOST_CHARACTERS = 10_000
MOST_PARTS = 400
DEEPEST = 60
_TOO_LONG = "split it into several drivers of kind formula"

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
_WORD = re.compile(r"\s*(%|[^\W\d]+)")
_PER = re.compile(r"(?:/|\s+per\s+)([^\W\d]+)")


@dataclass(frozen=True)
class Token:
    """A word of a formula; a number carries its finished node."""

    kind: str
    text: str
    span: Span
    node: Literal | None = None


def parse(text: str) -> Node:
    """Read a formula; raise :class:`ExpressionError` with the characters to underline."""
    if len(text) > MOST_CHARACTERS:
        raise ExpressionError(f"a formula has at most {MOST_CHARACTERS} characters", (0, 1), _TOO_LONG)
    tokens = list(_tokens(text))
    if len(tokens) > MOST_PARTS:
        raise ExpressionError(f"a formula has at most {MOST_PARTS} parts", tokens[MOST_PARTS].span, _TOO_LONG)
    return _Parser(tokens).whole()


def _tokens(text: str) -> Iterator[Token]:
    position = 0
    while position < len(text):
        if text[position].isspace():
            position += 1
            continue
        token = _token(text, position)
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
    while (match := _PER.match(text, end)) and (_is_unit(match[1]) or not match[0].startswith("/")):
        _expect_unit(match[1], match.span(1))
        end = match.end()
        per.append(match[1])
    return end, per


def _expect_unit(word: str, span: Span) -> None:
    try:
        unit_of_word(word)
    except QuantityError as error:
        raise ExpressionError(error.message, span, error.help or "write * between a number and a name") from None


def _is_unit(word: str) -> bool:
    try:
        unit_of_word(word)
    except QuantityError:
        return False
    return True


Build = Callable[[Span, Node, Node], Node]


def _binary(operator: do.Operator, kind: type[Operation] = Operation) -> Build:
    return lambda span, left, right: kind(span, operator, (left, right))


_COMPARING, _SIGN = 40, 75
_INFIX: dict[str, tuple[int, int, Build]] = {
    "or": (10, 11, _binary(do.OR)),
    "and": (20, 21, _binary(do.AND, do.Conjunction)),
    "+": (50, 51, _binary(do.PLUS)),
    "-": (50, 51, _binary(do.MINUS)),
    "*": (60, 61, _binary(do.TIMES)),
    "/": (60, 61, _binary(do.OVER, do.Quotient)),
    "of": (70, 71, _binary(do.TIMES)),
    "^": (80, 74, _binary(do.RAISED, do.Power)),
}
_INFIX |= {symbol: (_COMPARING, _COMPARING + 1, _binary(operator)) for symbol, operator in do.COMPARISONS.items()}
"""How tightly an operator holds its left and its right side, and the node it makes."""


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self._tokens, self._position, self._depth = tokens, 0, 0

    @property
    def _next(self) -> Token:
        return self._tokens[self._position]

    def whole(self) -> Node:
        node = self._expression(0)
        if self._next.kind != "end":
            self._unexpected("an operator such as + or and")
        return node

    def _expression(self, tightness: int) -> Node:
        """Read operands and operators that hold more tightly than ``tightness``."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise ExpressionError(f"a formula nests at most {DEEPEST} levels deep", self._next.span, _TOO_LONG)
        node = self._operand()
        while self._next.kind in _INFIX and _INFIX[self._next.kind][0] > tightness:
            node = self._joined(node)
        self._depth -= 1
        return node

    def _joined(self, left: Node) -> Node:
        symbol = self._take().kind
        right = self._expression(_INFIX[symbol][1] - 1)
        if symbol in do.COMPARISONS and self._next.kind in do.COMPARISONS:
            raise ExpressionError("comparisons cannot be chained", self._next.span, "write a < b and b < c")
        return _INFIX[symbol][2]((left.span[0], right.span[1]), left, right)

    def _operand(self) -> Node:
        if number := self._next.node:
            self._take()
            return number
        read = {"name": self._name, "(": self._group, "-": self._negative, "+": self._positive, "not": self._not}
        if self._next.kind not in read:
            self._unexpected("a number, a name or (")
        token = self._take()
        return read[token.kind](token)

    def _name(self, token: Token) -> Node:
        if self._next.kind == "(":
            return self._call(token)
        return Name(token.span, token.text)

    def _group(self, token: Token) -> Node:
        node = self._expression(0)
        return replace(node, span=(token.span[0], self._expect(")").span[1]))

    def _negative(self, token: Token) -> Node:
        node = self._expression(_SIGN - 1)
        return do.Negation((token.span[0], node.span[1]), do.NEGATIVE, (node,))

    def _positive(self, token: Token) -> Node:
        node = self._expression(_SIGN - 1)
        return replace(node, span=(token.span[0], node.span[1]))

    def _not(self, token: Token) -> Node:
        node = self._expression(_COMPARING - 1)
        return Operation((token.span[0], node.span[1]), do.NOT, (node,))

    def _call(self, token: Token) -> Node:
        function = do.FUNCTIONS.get(token.text)
        if function is None:
            advice = nearest_help(token.text, do.FUNCTIONS) or f"known are {', '.join(do.FUNCTIONS)}"
            raise ExpressionError(f"unknown function '{token.text}'", token.span, advice)
        operands, end = self._arguments()
        span = (token.span[0], end)
        if not function.least <= len(operands) <= function.most:
            wanted = f"{function.least}" if function.most == function.least else f"{function.least} or more"
            raise ExpressionError(f"{token.text} takes {wanted} arguments, got {len(operands)}", span)
        return Operation(span, function.operator, operands)

    def _arguments(self) -> tuple[tuple[Node, ...], int]:
        self._expect("(")
        operands = [self._expression(0)]
        while self._next.kind == ",":
            self._take()
            operands.append(self._expression(0))
        return tuple(operands), self._expect(")").span[1]

    def _take(self) -> Token:
        token = self._next
        self._position += token.kind != "end"
        return token

    def _expect(self, kind: str) -> Token:
        if self._next.kind != kind:
            self._unexpected(f"'{kind}'")
        return self._take()

    def _unexpected(self, wanted: str) -> NoReturn:
        token = self._next
        got = token.text if token.kind == "end" else f"'{token.text}'"
        raise ExpressionError(f"expected {wanted}, got {got}", token.span)
