"""How outcomes are spread: histograms, and the chance of at least so much."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from valsim.report import labels
from valsim.report.figures.style import BLUE
from valsim.report.section import choice
from valsim.report.section import distributions as section
from valsim.report.section.parts import REAL_WORLD
from valsim.report.workbook.parts import STANDARD_ERROR, Chart, Column, Kind, Line, Sheet, Shown, Summary

DRAWN = 2
"""So many histograms are drawn: that of the company, and of whoever is told of first."""


class Bin(NamedTuple):
    """What is between two values, the upper one not included, on which part of the paths."""

    of: str
    what: str
    low: float | None
    high: float | None
    part: float
    error: float | None
    kind: Kind


def sheet(summary: Summary) -> Sheet | None:
    """A row for what is exactly nothing, for each bin, and for each value that is asked for."""
    found = [each for each in summary.get("distributions") or [] if each["paths"]]
    if not found:
        return None
    groups = [[*bins(each)] for each in found]
    columns = (
        Column("Of", "text", lambda row: row.of),
        Column("What", "text", lambda row: row.what),
        Column("From", "number", lambda row: Shown(row.low, row.kind), REAL_WORLD),
        Column("To below", "number", lambda row: Shown(row.high, row.kind), REAL_WORLD),
        Column("Part of paths", "percent", lambda row: row.part, REAL_WORLD),
        Column(f"Part of paths, {STANDARD_ERROR}", "percent", lambda row: row.error, REAL_WORLD),
    )
    multiples = [each for each in found if each["what"] == "moic"]
    lead = [
        section.lead(multiples, summary),
        "A multiple of money is counted among the paths on which the holder invests.",
    ]
    drawn = [chart(groups, place, found[place], summary) for place in range(min(DRAWN, len(found)))]
    return Sheet.of(
        "Distributions", "How outcomes are spread", lead, columns, [row for group in groups for row in group], drawn
    )


def bins(spread: Any) -> Iterator[Bin]:
    """The rows of one spread."""
    of, paths, counted = section.title(spread), spread["paths"], spread["linear"]
    kind: Kind = "multiple" if spread["unit"] == "multiple" else "money"
    nothing = spread["nothing"]
    yield Bin(of, "nothing", 0.0, 0.0, nothing["mean"], nothing["standard_error"], kind)
    edges = [None, *counted["edges"], None] if counted["edges"] else []
    for (low, high), count, error in zip(pairwise(edges), counted["counts"], counted["standard_errors"], strict=True):
        if count or low is not None:
            yield Bin(of, "bin", low, high, count / paths, error, kind)
    for each in spread["at_least"]:
        yield Bin(of, "at least", each["value"], None, each["mean"], each["standard_error"], kind)


def chart(groups: Sequence[Sequence[Bin]], place: int, spread: Any, summary: Summary) -> Chart:
    """Columns of the bins of one spread."""
    first = sum(map(len, groups[:place]))
    drawn = sum(row.what != "at least" for row in groups[place])
    what = "MOIC" if spread["what"] == "moic" else "Proceeds of the exit"
    return Chart(
        f"{what}: {labels.short(section.name(spread))}",
        "columns",
        "From",
        [Line("Part of paths", BLUE)],
        section.finding(spread, choice.currency(summary)).partition(" Orange:")[0]
        + " The first column is nothing, the last has no end.",
        f"From ({'multiple of money' if spread['unit'] == 'multiple' else choice.currency(summary)})",
        "Part of paths, real-world",
        groups[place][0].kind,
        "percent",
        first,
        first + drawn - 1,
    )
