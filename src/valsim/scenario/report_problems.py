"""Problems as a person reads them: place, sentence, the lines around it with a caret, and what to do."""

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from valsim.core.errors import Path, Problem, ScenarioError
from valsim.scenario.text.document import Document, Placed, Region, Source
from valsim.scenario.text.syntax import CONTROL

_WIDEST = 120
_MOST_SHOWN = 50
_READ_ALL_THE_SAME = frozenset({"duplicate_key", "key"})
"""Problems of the text that leave the data at their path whole; what follows from any other is not reported again."""


@dataclass(frozen=True)
class Report:
    """Problems with the texts they stand in; as text, one block a problem, and how many there are."""

    placed: tuple[Placed, ...]
    sources: tuple[Source, ...]

    def __str__(self) -> str:
        blocks = [_block(item, self.sources[item.region.source]) for item in self.placed[:_MOST_SHOWN]]
        unseen = f" (the first {_MOST_SHOWN} are shown)" if len(self.placed) > _MOST_SHOWN else ""
        return "\n\n".join(
            [*blocks, f"{counted(item.problem for item in self.placed)} in {self.sources[0].name}{unseen}"]
        )


def scenario_error(problems: Iterable[Problem], document: Document) -> ScenarioError:
    """Make the error that carries problems, those of the text itself among them, and their report."""
    unread = [placed.problem.path for placed in document.problems if placed.problem.code not in _READ_ALL_THE_SAME]
    further = [problem for problem in problems if not any(problem.path[: len(path)] == path for path in unread)]
    further = once(further, document)
    found = (*(placed.problem for placed in document.problems), *further)
    return ScenarioError(found, report(further, document))


def once(problems: Sequence[Problem], document: Document) -> list[Problem]:
    """Leave out what an entry takes over by ``like`` and its owner is told already, in the same words."""
    told = {(problem.path, problem.message) for problem in problems if document.inherited(problem.path) is None}
    return [problem for problem in problems if not _is_told(document.inherited(problem.path), problem.message, told)]


def _is_told(inherited: Path | None, message: str, told: Collection[tuple[Path, str]]) -> bool:
    if inherited is None:
        return False
    return any(said == message and path[-len(inherited) :] == inherited for path, said in told)


def report(problems: Iterable[Problem], document: Document) -> Report:
    """Put problems, those of the text itself among them, beside what to underline, in the order of the text."""
    return report_placed([*document.problems, *map(document.place, problems)], document.sources)


def report_placed(placed: Iterable[Placed], sources: Sequence[Source]) -> Report:
    """Report problems whose regions are known already."""
    return Report(tuple(sorted(placed, key=lambda item: item.region)), tuple(sources))


def counted(problems: Iterable[Problem]) -> str:
    """Say how many there are, such as ``2 problems and 1 warning``; nothing of none."""
    words = {"error": "problem", "warning": "warning"}
    counts = Counter(words[problem.severity] for problem in problems)
    return " and ".join(f"{count} {word}{'' if count == 1 else 's'}" for word, count in counts.items())


def _block(placed: Placed, source: Source) -> str:
    problem, (_, start, _) = placed
    place = f"{problem.place}: " if problem.path else ""
    severity = "" if problem.severity == "error" else f"{problem.severity}: "
    told = CONTROL.sub("?", f"{place}{problem.message}")
    lines = [f"{source.place(start)}  {severity}{told}", *_excerpt(placed.region, source)]
    if problem.help:
        lines.append(f"{_gutter('', source, start[0])} = help: {problem.help}")
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
