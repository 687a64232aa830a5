"""The first sheet: the answer in sentences, and the big numbers with their errors."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from valsim.report import labels
from valsim.report.section import choice, headline, quality
from valsim.report.section.parts import REAL_WORLD, RISK_NEUTRAL
from valsim.report.workbook.parts import STANDARD_ERROR, Column, Kind, Sheet, Shown, Summary


class Fact(NamedTuple):
    """A number of the first sheet."""

    what: str
    value: Any
    error: float | None
    kind: Kind
    measure: str = ""
    note: str = ""


def sheet(summary: Summary) -> Sheet:
    """Value, gap, the tranches, and what the reader's positions return."""
    columns = (
        Column("What", "text", lambda fact: fact.what),
        Column("Value", "number", lambda fact: Shown(fact.value, fact.kind)),
        Column(STANDARD_ERROR.capitalize(), "number", lambda fact: Shown(fact.error, fact.kind)),
        Column("Measure", "text", lambda fact: fact.measure),
        Column("Note", "text", lambda fact: fact.note),
    )
    lead = [*headline.answer(summary), *quality.failed(summary), *summary.get("warnings", [])]
    found = [*run_facts(summary), *value_facts(summary), *tranche_facts(summary), *position_facts(summary)]
    return Sheet.of("Summary", summary["scenario"]["name"], lead, columns, found)


def run_facts(summary: Summary) -> Iterator[Fact]:
    """What was run."""
    scenario, run = summary["scenario"], summary["run"]
    yield Fact("Company", choice.company(summary), None, "text")
    yield Fact("As of", scenario["as_of"], None, "date")
    yield Fact(
        "Currency",
        scenario["currency"],
        None,
        "text",
        note="Amounts are in whole units of it; B and M are formats alone.",
    )
    yield Fact("Paths", run["paths"], None, "whole", note=labels.case(scenario))
    yield Fact("Seed", run["seed"], None, "plain")


def value_facts(summary: Summary) -> Iterator[Fact]:
    """What all shares are worth beside what the last price says of them."""
    present, found = choice.present_value(summary), choice.fair_value(summary)
    share = choice.headline_class(summary)
    if choice.at_last_price(summary) is not None and share is not None:
        yield Fact(
            "All shares at the last price",
            choice.at_last_price(summary),
            None,
            "money",
            "",
            f"that of {labels.name(share)}",
        )
    if present.mean is not None:
        yield Fact("All shares, worth today", present.mean, present.standard_error, "money", RISK_NEUTRAL)
    if found.get("overvaluation") is not None:
        error = found.get("overvaluation_standard_error")
        yield Fact("Last price over worth today", found["overvaluation"], error, "percent", RISK_NEUTRAL)


def tranche_facts(summary: Summary) -> Iterator[Fact]:
    """How often each tranche is funded."""
    for each in summary.get("tranches") or []:
        what = f"{labels.tranche_name(each)}: funded"
        yield Fact(what, each["probability_funded"], each.get("standard_error"), "percent", REAL_WORLD)


def position_facts(summary: Summary) -> Iterator[Fact]:
    """What the reader's positions, or the largest investor, put in and get."""
    largest = choice.headline_holder(summary)
    for each in choice.positions(summary) or ([largest] if largest else []):
        name, known = labels.name(each["name"]), each if choice.has_returns(each) else {}
        numbers: tuple[tuple[str, Any, Kind, str], ...] = (
            ("invested, mean", each.get("invested"), "money", REAL_WORLD),
            ("worth today", each.get("present_value"), "money", RISK_NEUTRAL),
            ("MOIC, mean", known.get("moic"), "multiple", REAL_WORLD),
        )
        for what, raw, kind, measure in numbers:
            found = labels.estimate(raw)
            yield Fact(f"{name}: {what}", found.mean, found.standard_error, kind, measure)
        yield Fact(f"{name}: MOIC, median", labels.estimate(known.get("moic")).at("0.5"), None, "multiple", REAL_WORLD)
        loss = choice.loss(each)
        yield Fact(f"{name}: chance of loss", loss.mean, loss.standard_error, "percent", REAL_WORLD)
