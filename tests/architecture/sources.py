"""The project's own files, as the guards of this folder read them."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "valsim"
TESTS = ROOT / "tests"

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Definition:
    """A function and where it stands."""

    place: str
    node: Function

    @property
    def lines(self) -> int:
        """How many lines it has, its docstring left out: a documented function is no long function."""
        first, *_ = self.node.body
        docstring = ast.get_docstring(self.node) is not None
        return _height(self.node) - (_height(first) if docstring else 0)


def modules_of(folder: Path) -> list[Path]:
    """Every Python file below a folder, in order."""
    return sorted(folder.rglob("*.py"))


def kept_files() -> list[Path]:
    """Every file that is in the repository or is about to be."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    return sorted({ROOT / name for name in names if name and (ROOT / name).is_file()})


def name(path: Path) -> str:
    """A path as a person of this repository says it."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    """The syntax of a module."""
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[Definition]:
    """Every function of a module, inner ones and methods too."""
    for node in ast.walk(tree(path)):
        if isinstance(node, Function):
            yield Definition(f"{name(path)}:{node.lineno} {node.name}", node)


def imports(path: Path) -> Iterator[str]:
    """The full names of what a module imports, wherever in it."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _height(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1
