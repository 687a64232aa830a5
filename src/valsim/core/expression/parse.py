"""From the text of a formula to its parts: a small precedence-climbing parser, never Python's own.

From loosest to tightest: ``or``, ``and``, ``not``, comparisons, ``+ -``, ``* /``, ``of``, a sign, ``^`` (right to left).
A slash belongs to a number's unit only where it is written without blanks: ``60 USD/user/year`` is one number,
``60 USD / users`` divides by the name ``users``.
"""

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import NoReturn

from valsim.core.block import nearest_help
from valsim.core.errors import ExpressionError
from valsim.core.expression import evaluate as do
from valsim.core.expression.evaluate import Name, Node, Operation
from valsim.core.expression.tokens import Token, tokens
from valsim.core.expression.units import Span

MOST_CHARACTERS = 10_000
MOST_PARTS = 400
DEEPEST = 60
_TOO_LONG = "split it into several drivers of kind formula"


def parse(text: str, asked: Collection[str] = ()) -> Node:
    """Read a formula; raise :class:`ExpressionError` with the characters to underline.

    ``asked`` are words that are one name together with who stands in parentheses behind them.
    """
    if len(text) > MOST_CHARACTERS:
        raise ExpressionError(f"a formula has at most {MOST_CHARACTERS} characters", (0, 1), _TOO_LONG)
    words = list(tokens(text, asked))
    if len(words) > MOST_PARTS:
        raise ExpressionError(f"a formula has at most {MOST_PARTS} parts", words[MOST_PARTS].span, _TOO_LONG)
    return _Parser(words, asked).whole()


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
    def __init__(self, tokens: list[Token], asked: Collection[str]) -> None:
        self._tokens, self._asked, self._position, self._depth = tokens, asked, 0, 0

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
            known = (*do.FUNCTIONS, *self._asked)
            advice = nearest_help(token.text, known) or f"known are {', '.join(known)}"
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
