"""What the money that was raised went into, and what it moved."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from valsim.report import labels
from valsim.report.section import choice
from valsim.report.section.parts import REAL_WORLD, Cell, Section, Table, numbers, words

Summary = Mapping[str, Any]


def section(summary: Summary) -> Section | None:
    """A row for each row that a use moves; nothing where the document splits no money."""
    if not summary.get("use_of_proceeds"):
        return None
    return Section("use-of-proceeds", "Use of proceeds", use_words(summary), [use_table(summary)], "Use of proceeds")


def use_table(summary: Summary) -> Table:
    """What was raised and spent for each use by the end of a path, and the factor that it came to."""
    columns = (
        *words("Use"),
        *numbers("Raised|mean", "Spent|mean", "Cut short|where cash did not last"),
        *words("Moves"),
        *numbers("By a factor of|median, 5 to 95 %"),
    )
    rows = tuple(row for use in summary["use_of_proceeds"] for row in use_rows(use, choice.currency(summary)))
    note = (
        "By the end of each path. The factor is that of what was spent and works by then; 1 where nothing was raised."
    )
    return Table("What the money raised was used for", columns, rows, REAL_WORLD, note)


def use_rows(use: Mapping[str, Any], currency: str) -> list[tuple[Cell, ...]]:
    """One use: a row for each row that it moves."""
    raised, spent = (labels.with_error(*_mean(use[what]), currency) for what in ("raised", "spent"))
    cut = Cell(*labels.percent_with_error(*_mean(use["probability_cut"])))
    kept = (
        Cell(labels.name(use["name"])),
        Cell(*raised),
        Cell("stays in cash") if use["stays_in_cash"] else Cell(*spent),
    )
    moved = [(Cell(_words(target)), _factor(factor)) for target, factor in use["factors"].items()]
    return [(*kept, cut, *cells) for cells in moved or [(Cell(labels.MISSING), Cell(labels.MISSING))]]


def use_words(summary: Summary) -> str:
    """The uses in one sentence: what was spent, and the median of what it moved."""
    said = map(partial(_said, currency=choice.currency(summary)), summary["use_of_proceeds"])
    return f"{'; '.join(said)} (means; factors are medians)."


def _said(use: Mapping[str, Any], currency: str) -> str:
    what = "raised" if use["stays_in_cash"] else "spent"
    verb = "kept in cash" if use["stays_in_cash"] else "spent"
    moved = [
        f"{_words(target)} {labels.multiple(labels.estimate(f).at('0.5'))}" for target, f in use["factors"].items()
    ]
    amount = labels.money(labels.estimate(use[what]).mean, currency)
    return f"{labels.name(use['name'])}: {amount} {verb}" + (f", {labels.listed(moved)}" if moved else "")


def _words(target: str) -> str:
    """A row that a use moves: ``enterprise_arr.growth`` is "enterprise ARR growth"."""
    return " ".join(map(labels.spaced, target.split(".")))


def _factor(raw: Any) -> Cell:
    factor = labels.estimate(raw)
    return Cell(labels.multiple(factor.at("0.5")), note=labels.span(factor, labels.multiple))


def _mean(raw: Any) -> tuple[float | None, float | None]:
    found = labels.estimate(raw)
    return found.mean, found.standard_error
