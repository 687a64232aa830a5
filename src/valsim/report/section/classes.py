"""What a share of each class is worth beside what was last paid for it."""

from collections.abc import Mapping
from typing import Any

from valsim.report import labels
from valsim.report.section import choice
from valsim.report.section.parts import RISK_NEUTRAL, Cell, Chart, Section, Table, numbers, words

Summary = Mapping[str, Any]


def section(summary: Summary) -> Section | None:
    """Fair value by class against the last price."""
    from valsim.report.figures.classes import class_values

    classes, currency = summary.get("classes"), choice.currency(summary)
    if not classes:
        return None
    columns = numbers(
        "Shares",
        "Worth a share today",
        "Last price",
        "Worth over price",
        "Liquidation preference",
        "Seniority|higher is paid first",
    )
    table = Table(
        "Share classes at the opening cap table",
        (*words("Class"), *columns),
        tuple(row(each, currency) for each in classes),
        RISK_NEUTRAL,
    )
    chart = Chart(
        "class-values",
        "Worth today and last price",
        class_values(classes, currency),
        finding(classes, currency),
        measure=RISK_NEUTRAL,
    )
    return Section("classes", "Share classes: value against last price", lead(summary), [chart, table], "Classes")


def row(share: Mapping[str, Any], currency: str) -> tuple[Cell, ...]:
    """One class."""
    last, preference = share.get("last_price") or None, share.get("liquidation_preference")
    ratio, seniority = over_price(share), share.get("seniority")
    return (
        Cell(labels.name(share["name"])),
        Cell(labels.compact(share["shares"])),
        Cell(*labels.price_with_error(share["present_value_per_share"], share.get("standard_error"), currency)),
        Cell(labels.price(last, currency)),
        Cell(
            labels.part(ratio),
            tone="" if ratio is None or 0.99 < ratio < 1.01 else "above" if ratio > 1 else "below",
        ),
        Cell(labels.money(preference, currency) if preference else labels.MISSING),
        Cell(labels.MISSING if seniority is None else f"{seniority:g}"),
    )


def over_price(share: Mapping[str, Any]) -> float | None:
    """Present value over last price, as given or as divided here."""
    given, last, worth = (
        share.get(key) for key in ("per_share_over_last_price", "last_price", "present_value_per_share")
    )
    return given if given is not None else worth / last if worth is not None and last else None


def lead(summary: Summary) -> str:
    """The headline's gap: all shares at the last price against the sum of what they are worth."""
    headline, share, currency = choice.at_last_price(summary), choice.headline_class(summary), choice.currency(summary)
    if headline is None or share is None:
        return "No class has a last price to compare with."
    worth = choice.present_value(summary).mean
    text = f"Every share at the {labels.name(share['name'])} price makes the headline of {labels.money(headline, currency)}"
    if worth is None:
        return f"{text}."
    return f"{text}; class by class the shares are worth {labels.money(worth, currency)}, {labels.part(worth / headline)} of it."


def finding(classes: list[Any], currency: str) -> str:
    """The classes furthest below and above their last price."""
    priced = [(labels.name(each["name"]), ratio) for each in classes if (ratio := over_price(each)) is not None]
    if not priced:
        return f"Present value of a share by class, in {currency}."
    low, high = min(priced, key=lambda item: item[1]), max(priced, key=lambda item: item[1])
    text = f"{low[0]} is worth {labels.part(low[1])} of its last price"
    return f"{text}." if len(priced) == 1 else f"{text} and {high[0]} {labels.part(high[1])}."
