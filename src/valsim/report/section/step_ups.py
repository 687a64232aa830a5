"""Prices against the last round: step-up, the chance of a down round, and the time in between."""

from collections.abc import Mapping
from typing import Any

from valsim.report import labels
from valsim.report.section import choice
from valsim.report.section.parts import REAL_WORLD, Cell, Table, numbers, words

Summary = Mapping[str, Any]
MONTHS = 12


def step_up_tables(summary: Summary) -> list[Table]:
    """A table of the closings that set a price of their own, where any was ever funded."""
    rows = tuple(map(step_up_row, _told(summary)))
    columns = (
        *words("Tranche"),
        *numbers(
            "Step-up|median, 5 to 95 %",
            "Down round|where funded",
            "Since the last round|median, 5 to 95 %",
            "New money over post-money|median, 5 to 95 %",
        ),
    )
    note = (
        "Over the paths on which the tranche is funded. The step-up is its price per share over that of the last closing "
        "before it, of any round; below 1 it is a down round."
    )
    tables = [Table("Prices against the last round", columns, rows, REAL_WORLD, note)] if rows else []
    return tables + drawn_tables(summary)


def drawn_tables(summary: Summary) -> list[Table]:
    """A table of the terms that rounds draw once their price is known, where any does."""
    rows = tuple(
        (
            Cell(labels.tranche_name(each)),
            Cell(labels.phrase(name)),
            Cell(*labels.percent_with_error(chance["mean"], chance["standard_error"])),
        )
        for each in _told(summary)
        for name, chance in each["terms_drawn_if_funded"].items()
    )
    columns = (*words("Tranche", "Terms"), *numbers("Chance|where the tranche is funded"))
    note = "Drawn once the price is known: in a down round, or in any, as the scenario says."
    return [Table("Terms that were drawn", columns, rows, REAL_WORLD, note)] if rows else []


def step_up_row(each: Mapping[str, Any]) -> tuple[Cell, ...]:
    """One closing."""
    step, since, part = (
        labels.estimate(each[name]) for name in ("step_up", "time_since_last_round", "new_money_over_post_money")
    )
    down = each["down_round_if_funded"]
    return (
        Cell(labels.tranche_name(each)),
        Cell(labels.multiple(step.at("0.5")), note=labels.span(step, labels.multiple)),
        Cell(*labels.percent_with_error(down["mean"], down["standard_error"])),
        Cell(months(since.at("0.5")), note=labels.span(since, months)),
        Cell(labels.percent(part.at("0.5")), note=labels.span(part, labels.percent)),
    )


def step_up_words(summary: Summary) -> str:
    """The step-ups in one sentence, the first time of each round alone; nothing where nothing was ever funded."""
    said = [_clause(each) for each in _told(summary) if not choice.again(each)]
    return f"Price over that of the last round, median where funded: {'; '.join(said)}." if said else ""


def _clause(each: Mapping[str, Any]) -> str:
    step, since = (labels.estimate(each[name]).at("0.5") for name in ("step_up", "time_since_last_round"))
    down = labels.percent(each["down_round_if_funded"]["mean"])
    after = "" if since is None else f" after {months(since)}"
    terms = [
        f"{labels.phrase(name)} on {labels.percent(it['mean'])}" for name, it in each["terms_drawn_if_funded"].items()
    ]
    with_terms = f", with {labels.listed(terms)}" if terms else ""
    return f"{labels.tranche_name(each)} {labels.multiple(step)}{after}, a down round on {down}{with_terms}"


def months(years: float | None) -> str:
    """A time span in months.

    >>> months(0.6), months(None)
    ('7.2 months', '–')
    """
    return labels.MISSING if years is None else f"{labels.digits(MONTHS * years, 2)} months"


def _told(summary: Summary) -> list[Mapping[str, Any]]:
    return [each for each in summary.get("step_ups", []) if labels.estimate(each["step_up"]).at("0.5") is not None]
