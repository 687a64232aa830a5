"""The tranche funnel: how often each closing is funded, on what terms, and why not."""

from collections.abc import Mapping
from typing import Any

from valsim.report import labels
from valsim.report.section import choice
from valsim.report.section.parts import REAL_WORLD, Cell, Chart, Section, Table, numbers, words

Summary = Mapping[str, Any]
MISSED = "missed "


def section(summary: Summary) -> Section | None:
    """Funnel, terms where funded, and the reasons where not."""
    from valsim.report.figures.tranches import tranche_funnel

    tranches = summary.get("tranches")
    if not tranches:
        return None
    why = Table(
        "Why a tranche was not funded, and how often each milestone was met",
        (*words("Tranche", "Reason or milestone"), *numbers("Not funded because", "Milestone met")),
        reason_rows(tranches),
        REAL_WORLD,
    )
    chart = Chart(
        "tranche-funnel",
        "Funded, and why not",
        tranche_funnel(tranches),
        finding(choice.next_tranche(summary) or tranches[0]),
        why,
        REAL_WORLD,
    )
    terms = numbers("Chance funded", "New money", "Post-money|median, 5 to 95 %", "Dilution|median, 5 to 95 %")
    table = Table(
        "Tranches",
        (*words("Tranche", "Window"), *terms),
        tuple(term_row(each, summary) for each in tranches),
        REAL_WORLD,
        "New money, post-money value and dilution are over the paths on which the tranche is funded.",
    )
    return Section("tranches", "Tranches: funded, and why not", lead(tranches), [chart, table], "Tranches")


def lead(tranches: list[Any]) -> str:
    """One clause a tranche."""
    names = choice.tranche_labels(tranches)
    once = [(each, name) for each, name in zip(tranches, names, strict=True) if not choice.again(each)]
    clauses = [f"{labels.percent(each['probability_funded'])} {labels.sentence(name)}" for each, name in once[:4]]
    return f"Chance of being funded: {labels.listed(clauses)}."


def finding(tranche: Mapping[str, Any]) -> str:
    """What stops the tranche that comes next."""
    funded = f"The {labels.phrase(tranche['tranche'])} is funded on {labels.percent(tranche['probability_funded'])} of paths."
    reasons = list(choice.grouped(tranche.get("not_funded_because", {})).items())[:3]
    if not reasons:
        return funded
    said = labels.listed([f"“{labels.reason(reason)}” ({labels.percent(share)} of paths)" for reason, share in reasons])
    return f"{funded} What stops it most often: {said}."


def term_row(tranche: Mapping[str, Any], summary: Summary) -> tuple[Cell, ...]:
    """The terms of one tranche."""
    currency = choice.currency(summary)
    post = labels.estimate(tranche.get("post_money_valuation"))
    dilution = labels.estimate(tranche.get("dilution"))
    return (
        Cell(labels.tranche_name(tranche)),
        Cell("at any time" if choice.at_any_time(tranche, summary) else window(tranche.get("window"))),
        Cell(*labels.percent_with_error(tranche["probability_funded"], tranche.get("standard_error"))),
        new_money(tranche.get("new_money"), currency),
        Cell(
            labels.money(post.at("0.5"), currency), note=labels.span(post, lambda value: labels.money(value, currency))
        ),
        Cell(labels.percent(dilution.at("0.5")), note=labels.span(dilution, labels.percent)),
    )


def reason_rows(tranches: list[Any]) -> tuple[tuple[Cell, ...], ...]:
    """Reasons, the commonest first; a milestone that is a reason too has both numbers in one row."""
    rows = []
    for tranche in tranches:
        because, met = tranche.get("not_funded_because", {}), tranche.get("milestones", {})
        alone = [text for text in met if text not in because and f"{MISSED}{text}" not in because]
        rows += [
            (
                Cell(labels.tranche_name(tranche)),
                Cell(labels.reason(text)),
                Cell(labels.percent(because.get(text))),
                Cell(labels.percent(met.get(text.removeprefix(MISSED)))),
            )
            for text in [*sorted(because, key=lambda reason: -because[reason]), *alone]
        ]
    return tuple(rows)


def new_money(raw: Any, currency: str) -> Cell:
    """A fixed amount, or the mean and range of one that differs by path."""
    amount = labels.estimate(raw)
    middle = amount.mean if amount.mean is not None else amount.at("0.5")
    return Cell(
        *labels.with_error(middle, amount.standard_error, currency),
        labels.span(amount, lambda value: labels.money(value, currency)),
    )


def window(dates: list[str] | None) -> str:
    """One date, or the first and last."""
    if not dates:
        return labels.MISSING
    return dates[0] if dates[0] == dates[-1] else f"{dates[0]} to {dates[-1]}"
