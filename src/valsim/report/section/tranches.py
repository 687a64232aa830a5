"""The tranche funnel: how often each closing is funded, on what terms, and why not."""

from collections.abc import Mapping
from typing import Any

from valsim.report import labels
from valsim.report.section import choice
from valsim.report.section.decisions import decision_tables, outcome_tables
from valsim.report.section.parts import REAL_WORLD, Cell, Chart, Folded, Part, Section, Table, numbers, words
from valsim.report.section.splits import price_tables
from valsim.report.section.step_ups import step_up_tables

Summary = Mapping[str, Any]


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
    terms = numbers(
        "Chance funded", "New money|mean, 5 to 95 %", "Post-money|median, 5 to 95 %", "Dilution|median, 5 to 95 %"
    )
    table = Table(
        "Tranches",
        (*words("Tranche", "Window"), *terms),
        tuple(term_row(each, summary) for each in tranches),
        REAL_WORLD,
        "New money, post-money value and dilution are over the paths on which the tranche is funded, and so is the chance that "
        f"it was paid short, because an investor defaulted.{spared_note(tranches)}",
    )
    parts: list[Part] = [chart, table, *outcome_tables(tranches), *decision_tables(summary)]
    parts += map(Folded.of, [*step_up_tables(summary), *price_tables(summary), *default_tables(tranches)])
    return Section("tranches", "Tranches: funded, and why not", lead(tranches), parts, "Tranches")


def lead(tranches: list[Any]) -> str:
    """One clause a tranche."""
    names = choice.tranche_labels(tranches)
    once = [(each, name) for each, name in zip(tranches, names, strict=True) if not choice.again(each)]
    clauses = [f"{labels.percent(each['probability_funded'])} {labels.sentence(name)}" for each, name in once[:4]]
    return f"Chance of being funded: {labels.listed(clauses)}."


def finding(tranche: Mapping[str, Any]) -> str:
    """What stops the tranche that comes next."""
    funded = f"The {labels.phrase(tranche['tranche'])} is funded on {labels.percent(tranche['probability_funded'])} of paths."
    reasons = list(choice.reasons(tranche).items())[:3]
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
        Cell(
            *labels.percent_with_error(tranche["probability_funded"], tranche.get("standard_error")),
            "; ".join(filter(None, (short_note(tranche), spared_words(tranche)))),
        ),
        new_money(tranche.get("new_money"), currency),
        Cell(
            labels.money(post.at("0.5"), currency), note=labels.span(post, lambda value: labels.money(value, currency))
        ),
        Cell(labels.percent(dilution.at("0.5")), note=labels.span(dilution, labels.percent)),
    )


def short_note(tranche: Mapping[str, Any]) -> str:
    """How often a funded tranche was paid short, under the chance that it is funded at all."""
    short = labels.estimate(tranche.get("paid_short_if_funded"))
    return "" if short.mean is None else f"paid short: {labels.percent(short.mean)}"


def spared_words(tranche: Mapping[str, Any]) -> str:
    """How many of the funded were funded late, or at a lower price for a missed condition; nothing where none was."""
    funded = tranche["probability_funded"]
    parts = {what: tranche.get(f"probability_{what}") for what in ("late", "repriced")}
    return ", ".join(f"{what}: {labels.percent(part / funded)}" for what, part in parts.items() if part)


def spared_note(tranches: list[Any]) -> str:
    """What it means that a funded tranche was late or repriced, where any was."""
    if not any(map(spared_words, tranches)):
        return ""
    return " So are those that were late, as the condition came true while it could be cured, and repriced, at a lower price though it was missed."


def paid_short(tranche: Mapping[str, Any]) -> str:
    """How often the funded tranche was paid short, and who of its investors defaulted."""
    short = labels.estimate(tranche["paid_short_if_funded"])
    shown = " ".join(filter(None, labels.percent_with_error(short.mean, short.standard_error)))
    who = tranche["defaults_if_funded"].items()
    clauses = [f"{labels.phrase(name)} on {labels.percent(chance['mean'])}" for name, chance in who]
    return f"{shown} of the funded were paid short; defaults: {labels.listed(clauses)}"


def default_tables(tranches: list[Any]) -> list[Table]:
    """The chances of default by investor, where any closing says how its investors may default."""
    rows = tuple(row for each in tranches if each.get("paid_short_if_funded") for row in default_rows(each))
    columns = (*words("Tranche", "Investor"), *numbers("Chance of default|where the tranche is funded"))
    note = "Where every investor defaults the tranche is not funded, and those paths are not counted here."
    return [Table("Who does not pay", columns, rows, REAL_WORLD, note)] if rows else []


def default_rows(tranche: Mapping[str, Any]) -> list[tuple[Cell, ...]]:
    """A row for each investor that may default, and one for any of them where there are several."""
    found = {labels.phrase(name): chance for name, chance in tranche["defaults_if_funded"].items()}
    if len(found) > 1:
        found = {"any of them": tranche["paid_short_if_funded"], **found}
    return [
        (
            Cell(labels.tranche_name(tranche)),
            Cell(who),
            Cell(*labels.percent_with_error(chance["mean"], chance["standard_error"])),
        )
        for who, chance in found.items()
    ]


def reason_rows(tranches: list[Any]) -> tuple[tuple[Cell, ...], ...]:
    """Reasons, the commonest first; a milestone that is a reason too has both numbers in one row."""
    rows = []
    for tranche in tranches:
        because, met = tranche.get("not_funded_because", {}), tranche.get("milestones", {})
        alone = [text for text in met if text not in because and f"{choice.MISSED}{text}" not in because]
        rows += [
            (
                Cell(labels.tranche_name(tranche)),
                Cell(labels.reason(choice.reworded(text, tranche))),
                Cell(labels.percent(because.get(text))),
                Cell(labels.percent(met.get(text.removeprefix(choice.MISSED)))),
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
