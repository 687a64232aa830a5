"""How paths end, and how much is in hand by when."""

from collections.abc import Mapping
from typing import Any

from valsim.report import labels
from valsim.report.section import choice
from valsim.report.section.adjustments import adjustment_table
from valsim.report.section.cash import payment_table
from valsim.report.section.exit_kinds import by_year_chart, kind_table
from valsim.report.section.parts import (
    REAL_WORLD,
    Cell,
    Chart,
    Folded,
    Grid,
    Part,
    Section,
    Table,
    Text,
    numbers,
    words,
)

Summary = Mapping[str, Any]


def section(summary: Summary) -> Section | None:
    """The mix of exits and when they come, what each gives, then several horizons."""
    exits, horizons = summary.get("exits"), summary.get("horizons")
    if not exits:
        return None
    currency, kinds = choice.currency(summary), summary.get("exit_kinds") or []
    mix = mix_chart(exits, summary.get("exit_standard_errors", {}))
    parts: list[Part] = [mix]
    if any(each["by_year"] for each in kinds):
        parts = [Grid((mix, by_year_chart(kinds)))]
    if kinds:
        parts.append(kind_table(kinds, currency))
    if horizons:
        parts.append(horizon_chart(horizons, currency))
    if summary.get("exit_payments"):
        parts.append(Folded.of(payment_table(summary)))
    if summary.get("redemptions"):
        parts.append(redemption_table(summary["redemptions"], currency))
    if summary.get("valuation_adjustments"):
        parts.append(adjustment_table(summary["valuation_adjustments"]))
    if summary.get("hurdle"):
        parts.append(Text(hurdle_words(summary)))
    return Section("exits", "Exits and horizons", lead(exits), parts, "Exits")


def hurdle_words(summary: Summary) -> str:
    """What the whole company is at a hurdle rate, and what that is not."""
    found = summary["hurdle"]
    shown = " ".join(filter(None, labels.with_error(found["mean"], found["standard_error"], choice.currency(summary))))
    return f"At a hurdle rate of {labels.percent(found['rate'])} a year: {shown}. {found['text']}"


def redemption_table(redemptions: list[Any], currency: str) -> Table:
    """How often holders sell their shares back to the company before it ends."""
    rows = tuple(redemption_row(each, currency) for each in redemptions)
    columns = numbers("Demanded", "Paid in full", "Paid where demanded|mean", "Paid where demanded|median, 5 to 95 %")
    note = "What cannot be paid stays outstanding and is due again in the next step, so a demand may be met in part and late."
    return Table("Shares sold back to the company", (*words("Class", "From"), *columns), rows, REAL_WORLD, note)


def redemption_row(redemption: Mapping[str, Any], currency: str) -> tuple[Cell, ...]:
    """One class."""
    paid = labels.estimate(redemption["paid"])
    return (
        Cell(labels.name(redemption["class"])),
        Cell(redemption["opens"]),
        Cell(*labels.percent_with_error(redemption["probability_demanded"], redemption.get("standard_error"))),
        Cell(labels.percent(redemption["probability_paid_in_full"])),
        Cell(*labels.with_error(paid.mean, paid.standard_error, currency)),
        Cell(
            labels.money(paid.at("0.5"), currency), note=labels.span(paid, lambda value: labels.money(value, currency))
        ),
    )


def redemption_words(redemptions: list[Any]) -> str:
    """The rights that are used, in one sentence."""
    said = (
        f"{labels.name(each['class'])}: demanded on {labels.percent(each['probability_demanded'])} of paths and paid in full "
        f"on {labels.percent(each['probability_paid_in_full'])}"
        for each in redemptions
        if each["probability_demanded"]
    )
    return f"{'; '.join(said) or 'demanded on no path'}."


def mix_chart(exits: Mapping[str, float], errors: Mapping[str, float]) -> Chart:
    """How paths end."""
    from valsim.report.figures.exits import exit_mix

    rows = tuple(
        (Cell(labels.name(kind)), Cell(*labels.percent_with_error(share, errors.get(kind))))
        for kind, share in exits.items()
    )
    table = Table("Exits by kind", (*words("Exit"), *numbers("Chance")), rows, REAL_WORLD)
    return Chart("exit-mix", "How paths end", exit_mix(exits), finding(exits), table, REAL_WORLD)


def horizon_chart(horizons: list[Any], currency: str) -> Chart:
    """Realised and unrealised by date."""
    from valsim.report.figures.exits import horizon_bars

    rows = tuple(horizon_row(each, currency) for each in horizons)
    columns = numbers("Exited", "Realised proceeds|mean", "Still held|mean")
    table = Table("Horizons", (*words("By"), *columns), rows, REAL_WORLD)
    last = horizons[-1]
    realised, held = (labels.estimate(last[field]).mean or 0.0 for field in ("realised_proceeds", "unrealised"))
    share = labels.percent(realised / (realised + held)) if realised + held else labels.MISSING
    text = f"By {last['date'][:4]}, {labels.percent(labels.estimate(last['exited']).mean)} of companies have exited and {share} of mean value is realised; the rest is a valuation by rule."
    return Chart(
        "horizons", "Realised and still held by date", horizon_bars(horizons, currency), text, table, REAL_WORLD
    )


def horizon_row(horizon: Mapping[str, Any], currency: str) -> tuple[Cell, ...]:
    """One date."""
    exited, realised, held = (
        labels.estimate(horizon[field]) for field in ("exited", "realised_proceeds", "unrealised")
    )
    return (
        Cell(horizon["date"]),
        Cell(*labels.percent_with_error(exited.mean, exited.standard_error)),
        Cell(*labels.with_error(realised.mean, realised.standard_error, currency)),
        Cell(*labels.with_error(held.mean, held.standard_error, currency)),
    )


def finding(exits: Mapping[str, float]) -> str:
    """The likeliest end and the least likely."""
    ranked = sorted(exits.items(), key=lambda item: -item[1])
    (first, most), (last, least) = ranked[0], ranked[-1]
    return f"The likeliest end is {labels.sentence(first)} ({labels.percent(most)}), the least likely {labels.sentence(last)} ({labels.percent(least)})."


def lead(exits: Mapping[str, float]) -> str:
    """The mix in one sentence."""
    ranked = sorted(exits.items(), key=lambda item: -item[1])
    return f"{labels.listed([f'{labels.percent(share)} {labels.sentence(kind)}' for kind, share in ranked])}."
