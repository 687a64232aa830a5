"""What each way to end gives: when it comes, what it leaves to shareholders, and who has it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from valsim.report import labels
from valsim.report.section.parts import REAL_WORLD, Cell, Chart, Table, numbers, words

Kind = Mapping[str, Any]
NAMED = 3
"""So many of those who have most are named."""


def kind_table(kinds: Sequence[Kind], currency: str) -> Table:
    """A row an end."""
    columns = (
        *words("End"),
        *numbers(
            "Chance",
            "Years until it|median, 5 to 95 %",
            "Left to shareholders|mean",
            "Left to shareholders|median, 5 to 95 %",
        ),
        *words("Who has most of it"),
    )
    note = (
        "Of the paths that end so. Companies that are still private at the horizon are valued by the scenario's rule, which is no cash. "
        "Who has most: parts of all that holders have of such ends, after carry."
    )
    return Table("What each end gives", columns, tuple(kind_row(each, currency) for each in kinds), REAL_WORLD, note)


def kind_row(kind: Kind, currency: str) -> tuple[Cell, ...]:
    """One end."""
    chance, years, left = (
        labels.estimate(kind["chance"]),
        labels.estimate(kind["years"]),
        labels.estimate(kind["proceeds"]),
    )
    return (
        Cell(labels.name(kind["exit"])),
        Cell(*labels.percent_with_error(chance.mean, chance.standard_error)),
        Cell(plain_years(years.at("0.5")), note=labels.span(years, plain_years)),
        Cell(*labels.with_error(left.mean, left.standard_error, currency)),
        Cell(
            labels.money(left.at("0.5"), currency), note=labels.span(left, lambda value: labels.money(value, currency))
        ),
        Cell(", ".join(who(kind))),
    )


def who(kind: Kind) -> Iterator[str]:
    """Those who have most, each with its part."""
    yield from (f"{labels.name(name)} {labels.part(part)}" for name, part in list(kind["paid_to"].items())[:NAMED])


def plain_years(value: float | None) -> str:
    """Years with one decimal."""
    return labels.MISSING if value is None else f"{value:.1f}"


def by_year_chart(kinds: Sequence[Kind]) -> Chart:
    """In which year paths end, and how."""
    from valsim.report.figures.exits import exits_by_year

    ended = [each for each in kinds if each["by_year"]]
    columns = (*words("Year"), *numbers(*(labels.name(each["exit"]).replace("|", "/") for each in ended)))
    rows = zip(*(each["by_year"] for each in ended), strict=True)
    body = tuple(
        (
            Cell(str(row[0]["year"])),
            *(Cell(*labels.percent_with_error(each["mean"], each["standard_error"])) for each in row),
        )
        for row in rows
    )
    table = Table("Ends by calendar year", columns, body, REAL_WORLD)
    return Chart("exits-by-year", "When paths end", exits_by_year(ended), finding(ended), table, REAL_WORLD)


def finding(ended: Sequence[Kind]) -> str:
    """The year in which each end is likeliest."""
    peaks = [(each, max(each["by_year"], key=lambda year: year["mean"] or 0)) for each in ended]
    said = [
        f"{labels.sentence(each['exit'])} in {peak['year']} ({labels.percent(peak['mean'])} of all paths)"
        for each, peak in peaks
    ]
    return f"Each end is likeliest in one year: {labels.listed(said)}."
