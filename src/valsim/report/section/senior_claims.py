"""What is paid before shareholders."""

from collections.abc import Mapping
from typing import Any

from valsim.report import labels
from valsim.report.section import choice
from valsim.report.section.parts import REAL_WORLD, Cell, Table, numbers, words

Summary = Mapping[str, Any]


def senior_table(summary: Summary) -> Table:
    """One row for each claim, in the order of payment."""
    columns = numbers(
        "Paid at the exit|chance",
        "Paid at the exit|mean",
        "Repaid before",
        "Left owed|chance",
        "Left owed|mean where any is",
    )
    rows = tuple(senior_row(claim, choice.currency(summary)) for claim in summary["senior_claims"])
    note = "In the order of payment, before any shareholder. The mean is over all paths; a loan that matures is repaid out of the company's cash before the exit."
    return Table("Paid before shareholders", (*words("Claim"), *columns), rows, REAL_WORLD, note)


def senior_row(claim: Mapping[str, Any], currency: str) -> tuple[Cell, ...]:
    """One claim; only a lender may be left with less than it is owed."""
    paid, how_often = labels.estimate(claim["paid_at_exit"]), labels.estimate(claim["probability_paid_at_exit"])
    debt = claim["debt"] or {}
    before, short, left = (
        labels.estimate(debt.get(what))
        for what in ("probability_repaid_before_exit", "probability_left_owed", "left_owed")
    )
    return (
        Cell(labels.name(claim["name"])),
        Cell(*labels.percent_with_error(how_often.mean, how_often.standard_error)),
        Cell(*labels.with_error(paid.mean, paid.standard_error, currency)),
        Cell(*labels.percent_with_error(before.mean, before.standard_error)),
        Cell(*labels.percent_with_error(short.mean, short.standard_error)),
        Cell(*labels.with_error(left.mean, left.standard_error, currency)),
    )


def senior_words(summary: Summary) -> str:
    """What each takes, in one sentence."""
    said = (claim_words(claim, choice.currency(summary)) for claim in summary["senior_claims"])
    return f"Paid before shareholders at the exit, in the mean over all paths: {'; '.join(said)}."


def claim_words(claim: Mapping[str, Any], currency: str) -> str:
    """One claim in a few words."""
    text = f"{labels.sentence(claim['name'])} {labels.money(labels.estimate(claim['paid_at_exit']).mean, currency)}"
    if claim["debt"] is None:
        return text
    before, short = (
        labels.estimate(claim["debt"][what]).mean
        for what in ("probability_repaid_before_exit", "probability_left_owed")
    )
    return f"{text} (repaid before on {labels.percent(before)} of paths, left owed on {labels.percent(short)})"
