"""What it costs a holder that shares cannot be sold: the stated discount, and how long the exit is waited for."""

from collections.abc import Mapping
from typing import Any

from valsim.report import labels
from valsim.report.section.parts import REAL_WORLD, RISK_NEUTRAL, Cell, Table, numbers, words

Holder = Mapping[str, Any]
HOLDER = words("Holder")


def marketable(holders: list[Holder], currency: str) -> Table:
    """Present values before and after the stated discount."""
    return Table(
        "Worth today without a market",
        (*HOLDER, *numbers("Worth today", "Discount|stated", "Worth today, unsold")),
        tuple(marketable_row(each, currency) for each in holders),
        RISK_NEUTRAL,
        "The discount for lack of marketability is a choice of the scenario, and in no other number.",
    )


def marketable_row(holder: Holder, currency: str) -> tuple[Cell, ...]:
    """One position."""
    found = holder["marketable"]
    before, after = (labels.estimate(found[f"present_value_{when}"]) for when in ("before", "after"))
    return (
        Cell(labels.name(holder["name"])),
        Cell(*labels.with_error(before.mean, before.standard_error, currency)),
        Cell(labels.percent(found["discount"]), note=labels.spaced(str(found["kind"]))),
        Cell(*labels.with_error(after.mean, after.standard_error, currency)),
    )


def waits(holders: list[Holder]) -> Table:
    """The chance of still waiting for the exit, by year."""
    years = [each["years"] for each in holders[0]["illiquid"]] if holders else []
    return Table(
        "When holders still wait for their exit",
        (*HOLDER, *numbers(*(f"After {year:g} years" for year in years))),
        tuple((Cell(labels.name(each["name"])), *map(wait, each["illiquid"])) for each in holders),
        REAL_WORLD,
        "Of the paths on which the holder invests. Shares that an exit pays with are waited for until they may be sold.",
    )


def wait(found: Mapping[str, Any]) -> Cell:
    """One date."""
    return Cell(*labels.percent_with_error(found["mean"], found["standard_error"]))
