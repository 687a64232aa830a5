"""What became of compute credits, and what those who paid with them made."""

from collections.abc import Mapping
from typing import Any

from valsim.report import labels
from valsim.report.section import choice
from valsim.report.section.parts import REAL_WORLD, Cell, Section, Table, numbers, words

Summary = Mapping[str, Any]
FATES = ("used", "expired", "left")


def section(summary: Summary) -> Section | None:
    """What became of every batch, and the returns of those who paid in kind; nothing without credits."""
    if not summary.get("compute_credits"):
        return None
    tables = [fate_table(summary)]
    tables += [cost_table(summary)] if summary.get("paid_in_kind") else []
    return Section("compute-credits", "Compute credits", credit_words(summary), tables, "Compute credits")


def fate_table(summary: Summary) -> Table:
    """A row for each batch."""
    columns = (
        *words("Provider", "Paid in"),
        *numbers("Issued|mean", "Used|mean", "Expired|mean", "Left at the end|mean"),
    )
    currency = choice.currency(summary)
    rows = tuple(_fates(each, currency) for each in summary["compute_credits"])
    note = "At face. Credits count in new money and in the shares, and never in cash: what is used of them lowers the loss of cash."
    return Table("What became of compute credits", columns, rows, REAL_WORLD, note)


def cost_table(summary: Summary) -> Table:
    """A row for each holder that paid with credits."""
    columns = (
        *words("Holder"),
        *numbers("Invested at face|mean", "Invested at cost|mean", "MOIC|at face", "MOIC|at cost"),
        *numbers("IRR at face|median", "IRR at cost|median"),
    )
    currency = choice.currency(summary)
    rows = tuple(_costs(each, currency) for each in summary["paid_in_kind"])
    note = "At cost, a credit counts as what it costs the investor to provide it, by the document."
    return Table("Returns of those who paid with credits", columns, rows, REAL_WORLD, note)


def credit_words(summary: Summary) -> str:
    """How much was issued and what became of it, in one sentence."""
    batches = summary["compute_credits"]
    sums = {what: sum(labels.estimate(each[what]).mean or 0.0 for each in batches) for what in ("issued", *FATES)}
    if not sums["issued"]:
        return "No credits were issued."
    said = [f"{labels.part(sums[what] / sums['issued'])} {what}" for what in FATES]
    amount = labels.money(sums["issued"], choice.currency(summary))
    return f"{amount} of compute credits in the mean, {labels.listed(said)} by the end."


def _fates(batch: Mapping[str, Any], currency: str) -> tuple[Cell, ...]:
    closing = batch["closing"]
    paid_in = labels.tranche_name({"round": closing[0], "tranche": closing[1]}) if closing else "there at the start"
    return (
        Cell(labels.name(batch["provider"])),
        Cell(paid_in),
        *(_money(batch[what], currency) for what in ("issued", *FATES)),
    )


def _costs(holder: Mapping[str, Any], currency: str) -> tuple[Cell, ...]:
    multiples = (labels.estimate(holder[what]) for what in ("moic", "moic_at_cost"))
    rates = (labels.estimate(holder[what]) for what in ("irr", "irr_at_cost"))
    return (
        Cell(labels.name(holder["name"])),
        *(_money(holder[what], currency) for what in ("invested", "invested_at_cost")),
        *(Cell(*labels.multiple_with_error(each.mean, each.standard_error)) for each in multiples),
        *(Cell(labels.percent(each.at("0.5"))) for each in rates),
    )


def _money(raw: Any, currency: str) -> Cell:
    found = labels.estimate(raw)
    return Cell(*labels.with_error(found.mean, found.standard_error, currency))
