"""Problems of a document for whoever reads them: a person, a program, or GitHub beside the changed lines."""

import json
import sys
from collections.abc import Callable, Mapping

from valsim.scenario.report_problems import Report
from valsim.scenario.text.document import Placed


def tell(report: Report, form: str) -> None:
    """Write problems in one of the :data:`FORMS`: for a person on standard error, for a program on standard output."""
    FORMS[form](report)


def _for_a_person(report: Report) -> None:
    if sys.stderr.isatty():
        _painted(report)
    else:
        print(report, file=sys.stderr, flush=True)  # before what standard output gets next


def _painted(report: Report) -> None:
    from rich.console import Console
    from rich.text import Text

    text = Text(str(report))
    for pattern, style in COLOURS.items():
        text.highlight_regex(pattern, style)
    Console(stderr=True).print(text, soft_wrap=True)


COLOURS = {
    r"(?m)^\S+:\d+:\d+(?=  )": "bold",
    r"(?m)(?<=│) *\^~*$": "bold red",
    r"(?m)^ *\d* │": "blue",
    r"(?m)(?<== )help:": "bold green",
    r"(?m)(?<=  )warning:": "bold yellow",
}
"""What is painted, and how."""


def _for_a_program(report: Report) -> None:
    print(json.dumps([_plain(item, report) for item in report.placed], ensure_ascii=False, indent=1))


def _plain(item: Placed, report: Report) -> dict[str, str | int]:
    """Give a problem as plain data: lines and columns count characters from 1, and the end is one past the last one."""
    problem, (source, (line, column), (end_line, end_column)) = item
    return {
        "file": report.sources[source].name,
        "line": line + 1,
        "column": column + 1,
        "end_line": end_line + 1,
        "end_column": end_column + 1,
        "severity": problem.severity,
        "path": problem.place,
        "code": problem.code,
        "message": problem.message,
        "help": problem.help,
    }


def _for_github(report: Report) -> None:
    """Print workflow commands; GitHub shows each beside its line of the changed file."""
    for item in report.placed:
        plain = _plain(item, report)
        place = f"{item.problem.place}: " if item.problem.path else ""
        advice = f" ({item.problem.help})" if item.problem.help else ""
        print(f"::{item.problem.severity} {_properties(plain)}::{_escaped(place + item.problem.message + advice)}")


def _properties(plain: Mapping[str, str | int]) -> str:
    # GitHub's columns hold within one line only, and its last one is part of the range.
    ends = {"endLine": plain["end_line"]}
    if plain["line"] == plain["end_line"]:
        ends |= {"col": plain["column"], "endColumn": int(plain["end_column"]) - 1}
    given = {"file": plain["file"], "line": plain["line"], **ends, "title": plain["code"]}
    return ",".join(f"{key}={_escaped(str(value), ':,')}" for key, value in given.items())


def _escaped(text: str, further: str = "") -> str:
    for character in "%\r\n" + further:
        text = text.replace(character, f"%{ord(character):02X}")
    return text


FORMS: Mapping[str, Callable[[Report], None]] = {
    "text": _for_a_person,
    "json": _for_a_program,
    "github": _for_github,
}
"""The forms in which problems can be told, by the word that asks for one."""
