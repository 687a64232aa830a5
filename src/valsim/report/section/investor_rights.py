"""Who takes its part of later closings, and who is struck for not paying."""

from collections.abc import Mapping
from typing import Any

from valsim.report import labels
from valsim.report.section import choice
from valsim.report.section.parts import REAL_WORLD, Cell, Table, numbers, words

Summary = Mapping[str, Any]

BECAUSE = {
    "pay_to_play": "did not pay its part (pay-to-play)",
    "consequence": "did not pay what it committed to (default)",
}
"""Why shares are struck."""


def pro_rata_table(summary: Summary) -> Table:
    """One row for each closing and holder."""
    rows = tuple(pro_rata_row(each, choice.currency(summary)) for each in summary["pro_rata"])
    columns = numbers("Pays more by right|where funded", "What it pays more|mean where it does")
    note = "A holder that has committed to its part by name already does not pay more by right. Holders that never do are left out."
    return Table("Pro-rata rights", (*words("Closing", "Holder"), *columns), rows, REAL_WORLD, note)


def pro_rata_row(each: Mapping[str, Any], currency: str) -> tuple[Cell, ...]:
    """One closing and holder."""
    taken, money = labels.estimate(each["taken_if_funded"]), labels.estimate(each["money"])
    return (
        Cell(labels.tranche_name(each)),
        Cell(labels.phrase(each["holder"])),
        Cell(*labels.percent_with_error(taken.mean, taken.standard_error)),
        Cell(*labels.with_error(money.mean, money.standard_error, currency)),
    )


def pro_rata_words(summary: Summary) -> str:
    """The closings in which rights are used, in one sentence."""
    most: dict[str, tuple[float, str]] = {}
    for each in summary["pro_rata"]:
        name, chance = labels.tranche_name(each), labels.estimate(each["taken_if_funded"]).mean or 0.0
        most[name] = max(most.get(name, (0.0, "")), (chance, labels.phrase(each["holder"])))
    said = (
        f"{name}, most often {who} ({labels.percent(chance)} where it is funded)"
        for name, (chance, who) in most.items()
    )
    return f"Holders pay more by their pro-rata rights in {'; '.join(said)}."


def penalty_table(summary: Summary) -> Table:
    """One row for each closing, reason and holder."""
    rows = tuple(map(penalty_row, summary["penalties"]))
    columns = (*words("Closing", "Holder", "Because it"), *numbers("Chance"))
    note = (
        "Over all paths. The consequence of the class or of the closing is that shares become common or lose a right."
    )
    return Table("Whose shares are struck", columns, rows, REAL_WORLD, note)


def penalty_row(each: Mapping[str, Any]) -> tuple[Cell, ...]:
    """One closing, reason and holder."""
    return (
        Cell(labels.tranche_name(each)),
        Cell(labels.phrase(each["holder"])),
        Cell(BECAUSE[each["because"]]),
        Cell(*labels.percent_with_error(each["probability"], each["standard_error"])),
    )


def penalty_words(summary: Summary) -> str:
    """Those who are struck, in one sentence."""
    said = (
        f"{labels.phrase(each['holder'])} in {labels.tranche_name(each)} on {labels.percent(each['probability'])} of paths"
        for each in sorted(summary["penalties"], key=lambda each: -each["probability"])[:MOST]
    )
    more = len(summary["penalties"]) - MOST
    rest = f", and {more} more less often" if more > 0 else ""
    return f"Shares are struck of {labels.listed(list(said))}{rest}."


MOST = 3
"""How many of those who are struck stand in a sentence."""
