"""Problems as a person reads them: place, sentence, the lines around it with a caret, and what to do."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from valsim.core.errors import Problem, ScenarioError
from valsim.scenario.document import Document, Placed, Region, Source

_WIDEST = 120
_MOST_SHOWN = 50
_READ_ALL_THE_SAME = frozenset({"duplicate_key", "key"})
"""Problems of the text that leave the data at their path whole; what follows from any other is not reported again."""


def scenario_error(problems: Iterable[Problem], document: Document) -> ScenarioError:
    """Make the error that carries problems, those of the text itself among them, and their rendered report."""
    unread = [placed.problem.path for placed in document.problems if placed.problem.code not in _READ_ALL_THE_SAME]
    further = [problem for problem in problems if not any(problem.path[: len(path)] == path for path in unread)]
    found = (*(placed.problem for placed in document.problems), *further)
    return ScenarioError(found, render(further, document))


def render(problems: Iterable[Problem], document: Document) -> str:
    """Write one block a problem, those of the text itself among them, in its order, and how many there are."""
    return render_placed([*document.problems, *map(document.place, problems)], document.sources)


def render_placed(placed: Sequence[Placed], sources: Sequence[Source]) -> str:
    """Write problems whose regions are known already."""
    ordered = sorted(placed, key=lambda item: item.region)
    blocks = [_block(item, sources[item.region.source]) for item in ordered[:_MOST_SHOWN]]
    unseen = f" (the first {_MOST_SHOWN} are shown)" if len(ordered) > _MOST_SHOWN else ""
    count = f"{len(ordered)} problem{'' if len(ordered) == 1 else 's'} in {sources[0].name}{unseen}"
    return "\n\n".join([*blocks, count])


def _block(placed: Placed, source: Source) -> str:
    problem, (_, (line, column), _) = placed
    where = f"{source.name}:{line + 1}:{column + 1}" if source.numbered else source.name
    place = f"{problem.place}: " if problem.path else ""
    lines = [f"{where}  {place}{problem.message}", *_excerpt(placed.region, source)]
    if problem.help:
        lines.append(f"{_gutter('', source, line)} = help: {problem.help}")
    return "\n".join(lines)


def _excerpt(region: Region, source: Source) -> Iterator[str]:
    """Write the line before, the line with its underline, and the line after."""
    number, column = region.start
    if not source.text.strip():
        return
    left = max(0, column - _WIDEST // 2) if len(source.line(number) or "") > _WIDEST else 0
    for shown in (number - 1, number, number + 1):
        text = source.line(shown)
        if text is None or (shown != number and not text.strip()):
            continue
        label = str(shown + 1) if source.numbered else ""
        yield f"{_gutter(label, source, number)} │ {_printable(_cut(text, left))}".rstrip()
        if shown == number:
            yield f"{_gutter('', source, number)} │ {_underline(text, region, left)}"


def _cut(text: str, left: int) -> str:
    shown = text[left : left + _WIDEST]
    start, end = "…" if left and shown else "", "…" if len(text) > left + _WIDEST else ""
    return start + shown[len(start) : len(shown) - len(end)] + end


def _gutter(label: str, source: Source, line: int) -> str:
    return label.rjust(len(str(line + 2))) if source.numbered else " "


def _underline(text: str, region: Region, left: int) -> str:
    (line, start), (last_line, end) = region.start, region.end
    end = end if last_line == line else len(text.rstrip())
    marked = _width(text[start : min(end, left + _WIDEST)])
    return " " * _width(text[left:start]) + "^" + "~" * (marked - 1)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else " " for character in text)
