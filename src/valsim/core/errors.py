"""The exceptions of valsim, drawn as a tree.

::

    ValsimError
    |-- ScenarioError      the document is wrong: carries every problem found, with its place
    |-- ExpressionError    a formula is wrong: carries the characters to underline
    |-- TakenKindError     a kind of one's own has the name of another one
    |-- SavedRunError      a saved run cannot be read, or its folder not be written
    |-- ValuationError     a cap table cannot be valued as asked (no such class, no company value that gives the price)
    `-- SimulationError    a valid document cannot be run (no root of the anchor, not enough memory)
"""

from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

Path: TypeAlias = tuple[str | int, ...]
"""A place in the document, such as ``("rounds", 0, "closings", 1, "when")``."""


class ValsimError(Exception):
    """The root of every error that valsim raises on purpose."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, or suspicious, in a document: where, what was expected and given, and what to do.

    An error stops the document from being loaded; a warning does not.
    """

    path: Path
    message: str
    help: str = ""
    at: Literal["value", "key"] = "value"
    code: str = "invalid"
    span: tuple[int, int] | None = None
    severity: Literal["error", "warning"] = "error"

    @property
    def place(self) -> str:
        """The path as a person writes it, ``rounds[0].closings[1].when``."""
        return dotted(self.path)

    @property
    def sentence(self) -> str:
        """What it says and where, in one line."""
        return f"{self.place}: {self.message}"

    def under(self, path: Path) -> "Problem":
        """Give the same problem, of an inner block, with the path that leads there."""
        return replace(self, path=(*path, *self.path))


class ScenarioError(ValsimError):
    """A document has problems; all of them are in ``problems``, and in ``report`` with the text they stand in."""

    def __init__(self, problems: tuple[Problem, ...], report: Any = None) -> None:
        self.problems, self.report = problems, report
        super().__init__(str(report) if report else "\n".join(problem.sentence for problem in problems))


class TakenKindError(ValsimError, TypeError):
    """A kind is defined that another class has already: a document could not tell the two apart."""

    def __init__(self, kind: str, mine: Any, other: Any) -> None:
        where = f"{other.__name__} of {other.__module__}"
        super().__init__(f"{mine.tag} {kind!r} of {mine.__name__} is taken by {where}; give it another name")


class ExpressionError(ValsimError):
    """A formula cannot be read or its units do not fit; ``span`` counts characters of its text."""

    def __init__(self, message: str, span: tuple[int, int], help: str = "") -> None:
        self.message, self.span, self.help = message, span, help
        super().__init__(f"{message}\n  = help: {help}" if help else message)


class ValuationError(ValsimError):
    """A cap table cannot be valued as asked; ``about`` names what was asked for: ``price`` or ``method``."""

    def __init__(self, message: str, about: str = "price") -> None:
        self.about = about
        super().__init__(message)


class SavedRunError(ValsimError):
    """A saved run cannot be read, or its folder cannot be written."""


class SimulationError(ValsimError):
    """A valid scenario cannot be simulated as asked; ``path`` is the place in the document that it is about, if there is one."""

    def __init__(self, message: str, path: Path = ()) -> None:
        self.path = path
        super().__init__(message)


def dotted(path: Path) -> str:
    """Write a path the way a person does.

    >>> dotted(("rounds", 0, "closings", 1, "when"))
    'rounds[0].closings[1].when'
    """
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text
