"""A comparison on a terminal: who does better and by how much, the terms that differ, and what explains it."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from valsim.report import labels
from valsim.report.differences import flow
from valsim.report.section import comparison as section
from valsim.report.section.measures import called, change, distinct, paths_needed, shown
from valsim.report.terminal import Words, grid, print_items

Told = Mapping[str, Any]
EXPLAINED = 2
"""So many measures are explained on a terminal; the JSON and the page have all."""
WIDEST = 26
"""The path of an input is broken behind its dots where it is longer."""
MOST = 16
"""So many inputs of a sort are listed."""
HEAD = 18
"""The name of a measure is broken to so many characters above its column."""
LONGEST = 24
"""A value of an input is cut to so many characters; the JSON has it in full."""


def print_comparison(told: Told, console: Console) -> None:
    """Print a comparison in 80 columns; names are text, never markup."""
    print_items(_items(told), console)


def _items(told: Told) -> Iterator[Any]:
    run, names = told["run"], [case["name"] for case in told["cases"]]
    yield Text(" beside ".join(names), style="bold")
    yield Text(f"{labels.paths(run['paths'])} a case, seed {run['seed']}, {run['seconds']:.1f} s", style="dim")
    yield ""
    yield Words(section.answer(told))
    yield from (Words(words, "  ", "dim") for words in (section.scales(told), section.days(told)) if words)
    yield from _inputs("Terms that differ", told, names, is_term=True)
    yield from _measures(told, names)
    for name, found in told["explained"].items():
        yield from _explained(told, name, found)
    yield from _inputs("Assumptions that differ", told, names, is_term=False)


def _inputs(title: str, told: Told, names: Sequence[str], *, is_term: bool) -> Iterator[Any]:
    rows = [each for each in told["inputs"] if each["is_term"] == is_term]
    if not rows:
        return
    table = grid(title, ["where", *names], [])
    for each in rows[:MOST]:
        values = (labels.short(flow(each["cases"][name]), LONGEST) for name in names)
        table.add_row(labels.folded(each["path"], WIDEST), *values)
    yield from ("", table)
    if len(rows) > MOST:
        yield Words(f"and {len(rows) - MOST} more: see valsim diff, the JSON or the page", "  ", "dim")


def _measures(told: Told, names: Sequence[str]) -> Iterator[Any]:
    table = grid("Measures", ["measure"], names)
    for measure in told["measures"]:
        values = [shown(measure["cases"][name], measure["counts"], told["currency"]) for name in names]
        below = [" ".join(filter(None, values[0][1:])), *(_beside(told, measure, name) for name in names[1:])]
        cells = ("\n".join(filter(None, (value, under))) for (value, _), under in zip(values, below, strict=True))
        table.add_row(called(measure), *cells)
    yield from ("", table)
    yield Words(
        f"Below each value of {labels.listed(names[1:])} stands its difference. {section.MEASURES} {section.ONLY_NOISE}"
    )
    if len(names) > 2:
        yield from (Words(f"{called(each)}: {section.ranking(each)}", "  ", "dim") for each in told["measures"])


def _beside(told: Told, measure: Told, name: str) -> str:
    verdict = measure["differences"][name]
    if verdict is None:
        return ""
    if not distinct(verdict):
        return " ".join(filter(None, change(verdict, measure["counts"], told["currency"])))
    return "\n".join(filter(None, (distinct(verdict), _needs(verdict))))


def _needs(verdict: Told) -> str:
    return f"(some {paths_needed(verdict)})" if paths_needed(verdict) else ""


def _explained(told: Told, name: str, found: Told) -> Iterator[Any]:
    shown_measures = section.worth_explaining(told, found)[:EXPLAINED]
    if not shown_measures:
        yield Words(section.not_shared_out(found), "  ", "dim")
        return
    table = grid(f"What makes {name} differ", ["input"], [textwrap.fill(called(each), HEAD) for each in shown_measures])
    for factor in found["factors"]:
        table.add_row(labels.folded(factor, WIDEST), *(_part(told, each, found, factor) for each in shown_measures))
    if found["method"] == "one_at_a_time":
        table.add_row(
            "together only",
            *(_signed(told, each, found["measures"][each["formula"]]["together"]) for each in shown_measures),
        )
    table.add_row(
        "all", *(_signed(told, each, found["measures"][each["formula"]]["difference"]) for each in shown_measures)
    )
    yield from ("", table, Words(section.how_explained(found), "", "dim"))


def _part(told: Told, measure: Told, found: Told, factor: str) -> str:
    part = found["measures"][measure["formula"]]["parts"][factor]
    return _signed(told, measure, part) if not distinct(part) else distinct(part).replace("the same", labels.MISSING)


def _signed(told: Told, measure: Told, part: Told) -> str:
    return " ".join(filter(None, change(part, measure["counts"], told["currency"])))
