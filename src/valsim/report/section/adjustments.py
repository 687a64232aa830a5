"""How often the promised numbers are missed that a valuation rests on, and what it costs."""

from collections.abc import Mapping
from typing import Any

from valsim.report import labels
from valsim.report.section.parts import REAL_WORLD, Cell, Table, numbers, words


def adjustment_table(adjustments: list[Any]) -> Table:
    """One row for each class whose holders were promised a number."""
    columns = (
        *words("Class", "At", "Where"),
        *numbers("Missed", "Factor where missed|median, 5 to 95 %", "Founders' shares|mean"),
    )
    note = "The valuation that the class paid is multiplied by the factor, through its conversion price or with common shares of the founders."
    return Table("Valuation adjustments", columns, tuple(map(adjustment_row, adjustments)), REAL_WORLD, note)


def adjustment_row(adjustment: Mapping[str, Any]) -> tuple[Cell, ...]:
    """One class."""
    factor, moved = labels.estimate(adjustment["factor"]), labels.estimate(adjustment["founder_shares"])
    given = moved.mean if adjustment["by"] == "founder_shares" else None
    return (
        Cell(labels.name(adjustment["class"])),
        Cell(adjustment["at"]),
        Cell(adjustment["when"]),
        Cell(*labels.percent_with_error(adjustment["probability_struck"], adjustment.get("standard_error"))),
        Cell(labels.multiple(factor.at("0.5")), note=labels.span(factor, labels.multiple)),
        Cell("–" if given is None else labels.compact(given)),
    )


def adjustment_words(adjustments: list[Any]) -> str:
    """The promises that are missed, in one sentence."""
    said = (
        f"{labels.name(each['class'])}: missed on {labels.percent(each['probability_struck'])} of paths, "
        f"factor {labels.multiple(labels.estimate(each['factor']).at('0.5'))} in the median"
        for each in adjustments
        if each["probability_struck"]
    )
    return f"{'; '.join(said) or 'missed on no path'}."
