"""What charters do to listings."""

from collections.abc import Mapping
from typing import Any

from valsim.report import labels
from valsim.report.section import choice
from valsim.report.section.parts import REAL_WORLD, Cell, Table, numbers, words

Summary = Mapping[str, Any]


def veto_table(summary: Summary) -> Table:
    """How often a class stops a listing."""
    vetoes = summary["vetoes"]
    planned, blocked = labels.estimate(vetoes["planned"]), labels.estimate(vetoes["blocked_if_planned"])
    row = (
        Cell(labels.listed([labels.name(each) for each in vetoes["classes"]])),
        Cell(*labels.percent_with_error(planned.mean, planned.standard_error)),
        Cell(*labels.percent_with_error(blocked.mean, blocked.standard_error)),
    )
    columns = (*words("Classes that may stop one"), *numbers("Listing planned", "Stopped|of the planned"))
    note = "Where a listing is stopped, everyone is paid as in a sale at the same value."
    return Table("Listings that a class stops", columns, (row,), REAL_WORLD, note)


def veto_words(summary: Summary) -> str:
    """The same in one sentence."""
    vetoes = summary["vetoes"]
    who = labels.listed([labels.sentence(each) for each in vetoes["classes"]])
    blocked = labels.percent(labels.estimate(vetoes["blocked_if_planned"]).mean)
    return f"{blocked} of planned listings are stopped by {who}."


def ratchet_table(summary: Summary) -> Table:
    """One row for each class with a ratchet."""
    rows = tuple(ratchet_row(each, choice.currency(summary)) for each in summary["ipo_ratchets"])
    columns = numbers(
        "Adds shares|of the listings", "Worth of what it adds|mean", "Worth of what it adds|median, 5 to 95 %"
    )
    note = "At the offer price, where it adds shares; the other shareholders own as much less."
    return Table("IPO ratchets", (*words("Class"), *columns), rows, REAL_WORLD, note)


def ratchet_row(ratchet: Mapping[str, Any], currency: str) -> tuple[Cell, ...]:
    """One class."""
    struck, added = labels.estimate(ratchet["struck_if_listed"]), labels.estimate(ratchet["added"])
    return (
        Cell(labels.name(ratchet["class"])),
        Cell(*labels.percent_with_error(struck.mean, struck.standard_error)),
        Cell(*labels.with_error(added.mean, added.standard_error, currency)),
        Cell(
            labels.money(added.at("0.5"), currency),
            note=labels.span(added, lambda value: labels.money(value, currency)),
        ),
    )


def ratchet_words(summary: Summary) -> str:
    """The same in one sentence."""
    said = (
        f"{labels.sentence(each['class'])} at {labels.percent(labels.estimate(each['struck_if_listed']).mean)} of the listings"
        for each in summary["ipo_ratchets"]
    )
    return f"Ratchets add shares to {'; '.join(said)}."
