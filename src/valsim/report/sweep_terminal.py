"""A sweep on a terminal: a row a case, with its measures and how far each is from that of the base."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from valsim.report import labels
from valsim.report.section import sweep as section
from valsim.report.section.measures import called, change, distinct
from valsim.report.terminal import Words, grid, print_items

Told = Mapping[str, Any]
MOST = 40
"""So many cases are shown on a terminal; the table and the JSON have all."""
APART = 2
"""So many inputs stand in columns of their own; of more, a case is shown by its name."""
WIDEST = 16
"""The path of an input is broken behind its dots where it is longer."""
HEAD = 14
"""The name of a measure is broken to so many characters above its column."""


def print_sweep(told: Told, console: Console) -> None:
    """Print a sweep in 80 columns; names are text, never markup."""
    print_items(_items(told), console)


def _items(told: Told) -> Iterator[Any]:
    cases = told["cases"]
    yield Text(told["scenario"]["name"], style="bold")
    yield Text(f"{section.counted(told)}, {told['run']['seconds']:.1f} s", style="dim")
    yield ""
    yield from (Words(words) for words in [section.extremes(told)] if words)
    yield Words(section.scales(told), "  ", "dim")
    yield from ("", _table(told))
    if len(cases) > MOST:
        yield Words(f"and {len(cases) - MOST:,} more: see --csv, --html or --json", "  ", "dim")
    below = f"Below each value stands its difference to case {_base(told)}. " if len(cases) > 1 else ""
    yield Words(f"{below}{section.MEASURES}")
    yield from (Words(words, "  ") for words in section.failures(told))


def _base(told: Told) -> str:
    return str(next(case["name"] for case in told["cases"] if case["number"] == told["base"]))


def _table(told: Told) -> Any:
    inputs = section.varied(told)
    by_name = len(inputs) > APART or not section.is_grid(told)
    named = by_name or section.is_named(told)
    inputs = [] if by_name else inputs
    heads = ["case"] * named + [labels.folded(each["called"], WIDEST) for each in inputs]
    table = grid("Cases", heads, [textwrap.fill(called(each), HEAD) for each in told["measures"]])
    for case in section.ordered(told)[:MOST]:
        words = [case["name"]] * named + [case["values"][each["path"]] for each in inputs]
        table.add_row(*words, *(_cell(told, case, measure) for measure in told["measures"]))
    return table


def _cell(told: Told, case: Told, measure: Told) -> str:
    parts: Sequence[str] = section.value(told, case, measure)
    found = case["measures"].get(measure["formula"])
    verdict = found and found["difference"]
    below = "" if case["number"] == told["base"] or not verdict else _difference(told, measure, verdict)
    return "\n".join(filter(None, (" ".join(filter(None, parts)), below)))


def _difference(told: Told, measure: Told, verdict: Told) -> str:
    return distinct(verdict) or " ".join(filter(None, change(verdict, measure["counts"], told["currency"])))
