"""Files and functions stay short enough to be read in one go."""

import ast
import re

from tests.architecture.sources import SRC, TESTS, functions, modules_of, name

LINES_OF_A_FILE = 250
LINES_OF_A_FILE_WITH_A_REASON = 400
LINES_OF_A_FUNCTION = 40
REASON = re.compile(r"^# long because: \S+", re.MULTILINE)


def test_files_are_short_or_say_why_they_are_long():
    too_long = []
    for path in [*modules_of(SRC), *modules_of(TESTS)]:
        lines = path.read_text(encoding="utf-8").splitlines()
        reasoned = REASON.search("\n".join(lines[:15]))
        if len(lines) > (LINES_OF_A_FILE_WITH_A_REASON if reasoned else LINES_OF_A_FILE):
            too_long.append(f"{name(path)}: {len(lines)} lines")
    assert too_long == []


def test_functions_are_short():
    assert [
        f"{f.place}: {f.lines} lines"
        for path in modules_of(SRC)
        for f in functions(path)
        if f.lines > LINES_OF_A_FUNCTION
    ] == []


def test_no_function_asks_for_types_one_after_another():
    ladders = [
        f"{f.place}: {count}" for path in modules_of(SRC) for f in functions(path) if (count := _checks(f.node)) > 2
    ]
    assert ladders == [], "let each kind answer for itself, or use functools.singledispatch"


def _checks(node: ast.AST) -> int:
    """Count the calls of isinstance in a function, those of functions inside it left to them."""
    inner = (child for child in ast.iter_child_nodes(node) if not isinstance(child, ast.FunctionDef))
    return _is_check(node) + sum(map(_checks, inner))


def _is_check(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "isinstance"
