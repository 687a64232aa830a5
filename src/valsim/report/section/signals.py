"""Signals and risks: how often each is so, and what it does to value and to the tranches that wait for it."""

from collections.abc import Mapping
from typing import Any

from valsim.report import labels
from valsim.report.section import choice
from valsim.report.section.parts import REAL_WORLD, RISK_NEUTRAL, Cell, Part, Section, Table, numbers, words

Summary = Mapping[str, Any]
MOST = 4
"""How many risks stand in a sentence."""


def section(summary: Summary) -> Section | None:
    """Tables of the signals, of what they are worth and open, and of the risks."""
    parts: list[Part] = []
    if summary.get("signals"):
        parts += [signal_table(summary), worth_table(summary), *gate_tables(summary)]
    if summary.get("risks"):
        parts.append(risk_table(summary))
    if not parts:
        return None
    lead = signal_words(summary) if summary.get("signals") else risk_words(summary)
    return Section("signals", "Signals and risks", lead, parts, "Signals")


def signal_table(summary: Summary) -> Table:
    """One row for each signal."""
    rows = tuple(map(signal_row, summary["signals"]))
    columns = numbers("Still private then", "Observed true", "Really true", "Wrongly observed")
    note = "Over the companies that are still private at the date, but for the first column, which is over all paths."
    return Table("Signals", (*words("Signal", "Date"), *columns), rows, REAL_WORLD, note)


def signal_row(signal: Mapping[str, Any]) -> tuple[Cell, ...]:
    """One signal."""
    shares = (shown(signal[what]) for what in ("private", "observed_true", "really_true", "wrongly_observed"))
    return (Cell(labels.name(signal["name"])), Cell(signal["at"]), *shares)


def worth_table(summary: Summary) -> Table:
    """One row for each signal: what the opening classes are worth either way."""
    rows = tuple(worth_row(signal, choice.currency(summary)) for signal in summary["signals"])
    columns = (*words("Signal"), *numbers("Where observed true", "Where observed false", "Difference"))
    note = (
        "The present value of all opening classes together. Companies that are worth more where a signal is true need not be so "
        "because of it: where its probability is a formula, what makes it likelier may be what they are worth more for."
    )
    return Table("What the company is worth by signal", columns, rows, RISK_NEUTRAL, note)


def worth_row(signal: Mapping[str, Any], currency: str) -> tuple[Cell, ...]:
    """What one signal does to value."""
    worth = (labels.estimate(signal["present_value"][what]) for what in ("if_true", "if_false", "difference"))
    amounts = (Cell(*labels.with_error(each.mean, each.standard_error, currency)) for each in worth)
    return (Cell(labels.name(signal["name"])), *amounts)


def gate_tables(summary: Summary) -> list[Table]:
    """One row for each closing that reads a signal, where any does."""
    rows = tuple(gate_row(signal, each) for signal in summary["signals"] for each in signal["tranches"])
    columns = (*words("Signal", "Tranche"), *numbers("Funded|where observed true", "Funded|where observed false"))
    return [Table("Tranches that wait for a signal", columns, rows, REAL_WORLD)] if rows else []


def gate_row(signal: Mapping[str, Any], tranche: Mapping[str, Any]) -> tuple[Cell, ...]:
    """What one signal does to one tranche."""
    funded = (shown(tranche[what]) for what in ("funded_if_true", "funded_if_false"))
    return (Cell(labels.name(signal["name"])), Cell(labels.tranche_name(tranche)), *funded)


def risk_table(summary: Summary) -> Table:
    """One row for each risk."""
    rows = tuple(map(risk_row, summary["risks"]))
    columns = numbers("Strikes|at least once", "How often|mean", "How often a year|mean while private")
    note = "While the company is private: a company that lives longer is struck more often, so where it was struck says little of what that cost."
    return Table("Risks", (*words("Risk"), *columns), rows, REAL_WORLD, note)


def risk_row(risk: Mapping[str, Any]) -> tuple[Cell, ...]:
    """One risk."""
    often = (labels.estimate(risk[what]) for what in ("times", "times_a_year"))
    return (Cell(labels.name(risk["name"])), shown(risk["struck"]), *(counted(each) for each in often))


def counted(often: labels.Estimate) -> Cell:
    """A mean number of events with its standard error."""
    if often.mean is None:
        return Cell("–")
    if not often.standard_error:
        return Cell(labels.digits(often.mean))
    places = labels.decimals_for(often.standard_error)
    return Cell(f"{often.mean:.{places}f}", f"± {often.standard_error:.{places}f}")


def shown(share: Mapping[str, Any]) -> Cell:
    """A chance with its standard error."""
    found = labels.estimate(share)
    return Cell(*labels.percent_with_error(found.mean, found.standard_error))


def signal_words(summary: Summary) -> str:
    """How often each signal is observed to be true and what the company is worth then, in one sentence."""
    said = (one_signal(signal, choice.currency(summary)) for signal in summary["signals"])
    return f"Observed true, and the present value of the opening classes if so and if not: {'; '.join(said)}."


def one_signal(signal: Mapping[str, Any], currency: str) -> str:
    """One signal in a few words."""
    often = labels.percent(labels.estimate(signal["observed_true"]).mean)
    worth = (labels.estimate(signal["present_value"][what]).mean for what in ("if_true", "if_false"))
    then, otherwise = (labels.money(value, currency) for value in worth)
    return f"{labels.sentence(signal['name'])} {often} ({then}, {otherwise})"


def risk_words(summary: Summary) -> str:
    """The risks that strike most often, in one sentence."""
    ordered = sorted(summary["risks"], key=lambda each: -(labels.estimate(each["struck"]).mean or 0.0))
    said = [
        f"{labels.sentence(each['name'])} {labels.percent(labels.estimate(each['struck']).mean)}"
        for each in ordered[:MOST]
    ]
    more = len(ordered) - MOST
    said += [f"{more} more less often"] if more > 0 else []
    return f"Struck at least once while private: {labels.listed(said)}."
