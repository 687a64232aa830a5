"""Fair value: what the last price says beside what a share of each class is worth, today and of those bought at closings to come."""

from collections.abc import Mapping
from typing import Any

from valsim.report import labels
from valsim.report.section import choice, headline
from valsim.report.section.parts import RISK_NEUTRAL, Cell, Chart, Part, Section, Table, numbers, words

Summary = Mapping[str, Any]
FUNDED = "where funded"


def section(summary: Summary) -> Section | None:
    """Each class against the headline and its own last price, then the closings to come."""
    from valsim.report.figures.classes import class_values

    classes, currency = summary.get("classes"), choice.currency(summary)
    if not classes:
        return None
    chart = Chart(
        "class-values",
        "Worth today and last price",
        class_values(classes, currency),
        finding(classes, currency),
        measure=RISK_NEUTRAL,
    )
    parts: list[Part] = [chart, class_table(summary), *closings_tables(summary)]
    return Section(
        "classes", "Fair value: what the price says, what shares are worth", lead(summary), parts, "Fair value"
    )


def class_table(summary: Summary) -> Table:
    """A row for each class of the opening cap table."""
    columns = numbers(
        "Shares",
        "Worth a share today",
        "Last price",
        "Worth over price",
        "Headline over worth",
        "Liquidation preference",
        "Seniority|higher is paid first",
    )
    note = "Worth over price is against what was last paid for that class. Headline over worth is the last price of any class, of the common shares that a share converts into, over what it is worth."
    rows = tuple(row(each, summary) for each in summary["classes"])
    return Table("Share classes at the opening cap table", (*words("Class"), *columns), rows, RISK_NEUTRAL, note)


def row(share: Mapping[str, Any], summary: Summary) -> tuple[Cell, ...]:
    """One class."""
    currency = choice.currency(summary)
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
        Cell(*over_worth(share["name"], summary)),
        Cell(labels.money(preference, currency) if preference else labels.MISSING),
        Cell(labels.MISSING if seniority is None else f"{seniority:g}"),
    )


def over_worth(name: str, summary: Summary) -> tuple[str, str]:
    """By how much the headline is above what a class is worth, with its standard error."""
    return gap(choice.fair_value(summary).get("classes", {}).get(name, {}))


def over_price(share: Mapping[str, Any]) -> float | None:
    """Present value over last price, as given or as divided here."""
    given, last, worth = (
        share.get(key) for key in ("per_share_over_last_price", "last_price", "present_value_per_share")
    )
    return given if given is not None else worth / last if worth is not None and last else None


def closings_tables(summary: Summary) -> list[Table]:
    """What closings to come ask beside what is bought there, where any is ever funded."""
    found = closings(summary)
    if not found:
        return []
    columns = (
        *words("Closing"),
        *numbers(
            "Post-money|real-world median",
            "Price today|risk-neutral mean",
            "Worth a share today|risk-neutral mean",
            "Price over worth|risk-neutral",
        ),
    )
    note = (
        "Each over the paths on which the closing is funded. The price of a share and what the share is worth are both discounted "
        "to today: they tell whether those who buy there pay more than they get."
    )
    rows = tuple(closing_row(name, each, choice.currency(summary)) for name, each in found.items())
    return [Table("Closings to come", columns, rows, f"real-world and {RISK_NEUTRAL}, {FUNDED}", note)]


def closings(summary: Summary) -> dict[str, Mapping[str, Any]]:
    """The closings whose shares are valued, by name, with what the headline is after each; of a round that may come again the
    first time.
    """
    tranches = summary.get("tranches") or []
    valued = {(each["round"], each["tranche"]): each for each in choice.fair_value(summary).get("closings", [])}
    found: dict[str, Mapping[str, Any]] = {}
    for name, tranche in zip(choice.tranche_labels(tranches), tranches, strict=True):
        each = valued.get((tranche["round"], tranche["tranche"]), {})
        if not choice.again(tranche) and each.get("per_share") is not None:
            found[name] = {**each, "post_money_valuation": tranche.get("post_money_valuation")}
    return found


def closing_row(name: str, closing: Mapping[str, Any], currency: str) -> tuple[Cell, ...]:
    """One closing."""
    return (
        Cell(name),
        Cell(labels.money(labels.estimate(closing["post_money_valuation"]).at("0.5"), currency)),
        Cell(labels.price(closing["price_today"], currency)),
        Cell(*labels.price_with_error(closing["per_share"], closing["per_share_standard_error"], currency)),
        Cell(*gap(closing)),
    )


def gap(priced: Mapping[str, Any]) -> tuple[str, str]:
    """By how much a price is above what it buys, with its standard error."""
    return labels.signed_with_error(priced.get("overvaluation"), priced.get("overvaluation_standard_error"))


def closings_sentence(summary: Summary) -> str:
    """The same in a sentence; nothing where no closing is ever funded."""
    said = [f"{name} {headline.said(gap(each))}" for name, each in closings(summary).items()]
    return f"Price of new shares over what they are worth, {FUNDED}: {labels.listed(said)}." if said else ""


def lead(summary: Summary) -> str:
    """The headline's gap, and which class is furthest from it."""
    name = choice.headline_class(summary)
    if name is None:
        return "No class has a last price to compare with."
    gaps = {
        each: found["overvaluation"]
        for each, found in choice.fair_value(summary)["classes"].items()
        if found["overvaluation"] is not None
    }
    if not gaps:
        return headline.worth(summary)
    most = max(gaps, key=lambda each: gaps[each])
    price = labels.price(choice.fair_value(summary)["price"][name], choice.currency(summary))
    return (
        f"The headline counts every share at the {labels.name(name)} price of {price}. Class by class it is "
        f"{headline.whole_gap(summary)} fair value, most for {labels.name(most)}: "
        f"a share of it is worth {labels.part(1 / (1 + gaps[most]))} of that price."
    )


def finding(classes: list[Any], currency: str) -> str:
    """The classes furthest below and above their last price."""
    priced = [(labels.name(each["name"]), ratio) for each in classes if (ratio := over_price(each)) is not None]
    if not priced:
        return f"Present value of a share by class, in {currency}."
    low, high = min(priced, key=lambda item: item[1]), max(priced, key=lambda item: item[1])
    text = f"{low[0]} is worth {labels.part(low[1])} of its last price"
    return f"{text}." if len(priced) == 1 else f"{text} and {high[0]} {labels.part(high[1])}."
