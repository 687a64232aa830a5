"""The headline position: what is cash before and from its exit and what is only counted, when it comes, and how long that takes."""

from collections.abc import Iterator, Mapping
from typing import Any

from valsim.report import labels
from valsim.report.section import choice
from valsim.report.section.parts import REAL_WORLD, Cell, Chart, Grid, Part, Table, Text, Tile, Tiles, numbers, words

Summary = Mapping[str, Any]
Holder = Mapping[str, Any]


def parts(summary: Summary) -> Iterator[Part]:
    """A few big numbers of the headline position, its cash by year, and its time to liquidity; nothing where none invests."""
    holder, currency = choice.headline_holder(summary), choice.currency(summary)
    if holder is None or not choice.has_returns(holder):
        return
    phrase = choice.capital(choice.holder_phrase(holder, summary))
    if told := tuple(tiles(holder, currency)):
        yield Text(f"{phrase}: what is money and what is only counted, and when.")
        yield Tiles(told)
    charts = (*cash_chart(holder, phrase, currency), *liquidity_chart(holder, phrase))
    if charts:
        yield Grid(charts)


def tiles(holder: Holder, currency: str) -> Iterator[Tile]:
    """What is received before the exit and from it, what is still held, how long it takes, and which sale gives the money back."""
    for key, label, note in RECEIVED:
        if holder.get(key):
            found = labels.estimate(holder[key])
            value, error = labels.with_error(found.mean, found.standard_error, currency)
            yield Tile(label, value, error, note, REAL_WORLD)
    if holder.get("time_to_liquidity"):
        yield liquidity_tile(holder["time_to_liquidity"])
    if told := (holder.get("break_even") or {}).get("1"):
        yield from even_tile(told, currency)


RECEIVED = (
    ("from_exit", "Received from the exit", "mean: cash by the horizon, after carry"),
    ("before_exit", "Received before the exit", "mean: sales, buy-backs and dividends"),
    ("unrealised", "Still held at the horizon", "mean: a value by rule, no cash"),
)


def liquidity_tile(found: Mapping[str, Any]) -> Tile:
    """The median wait, and who waits for ever."""
    median, never = labels.estimate(found).at("0.5"), labels.estimate(found["never"])
    shown = " ".join(filter(None, labels.percent_with_error(never.mean, never.standard_error)))
    value = "never" if median is None else f"{median:.1f} years"
    return Tile("Time to liquidity, median", value, "", f"none within the horizon on {shown} of paths", REAL_WORLD)


def even_tile(told: Mapping[str, Any], currency: str) -> Iterator[Tile]:
    """The exit value that gives the money back: today, or at the exit."""
    later = labels.estimate(told["at_exit"])
    if told["today"] is not None:
        yield Tile(
            "Money back in a sale today for", labels.money(told["today"], currency), "", "by the opening cap table"
        )
    elif later.at("0.5") is not None:
        spread = labels.span(later, lambda value: labels.money(value, currency))
        note = f"median; 5 to 95 %: {spread}; after dilution"
        yield Tile("Money back in a sale for", labels.money(later.at("0.5"), currency), "", note, REAL_WORLD)


def cash_chart(holder: Holder, phrase: str, currency: str) -> Iterator[Chart]:
    """Cash by calendar year, and what has come back so far."""
    from valsim.report.figures.cash import cash_flows

    years = [each for each in holder.get("cash_by_year") or [] if "cumulative" in each]
    if years:
        table = Table(
            "Cash by calendar year",
            (*words("Year"), *numbers("Paid in|mean", "Received|mean", "So far|mean")),
            tuple(cash_row(each, currency) for each in years),
            REAL_WORLD,
        )
        yield Chart(
            "cash-flows",
            "Cash by calendar year",
            cash_flows(years, currency),
            cash_words(years, phrase, currency),
            table,
            REAL_WORLD,
        )


def cash_row(year: Mapping[str, Any], currency: str) -> tuple[Cell, ...]:
    """One year."""
    found = (labels.estimate(year[key]) for key in ("paid", "received", "cumulative"))
    return (
        Cell(str(year["year"])),
        *(Cell(*labels.with_error(each.mean, each.standard_error, currency)) for each in found),
    )


def cash_words(years: list[Any], phrase: str, currency: str) -> str:
    """How deep the line goes, when it is back at nothing, and where it ends."""
    sums = {each["year"]: float(each["cumulative"]["mean"]) for each in years}
    low = min(sums, key=lambda year: sums[year])
    back = next((year for year, amount in sums.items() if year > low and amount >= 0), None)
    when = f"is back at nothing in {back}" if back else "is not back at nothing by the last year"
    last = max(sums)
    return (
        f"{phrase} is {labels.money(-sums[low], currency)} out of pocket on average at the end of {low}, {when}, and stands at "
        f"{labels.money(sums[last], currency)} in {last}. What is still held at the horizon is no cash.{unsure(years)}"
    )


def unsure(years: list[Any]) -> str:
    """Why sums stand without their errors, where they do."""
    known = any(each["cumulative"].get("standard_error") is not None for each in years)
    return "" if known else " The errors of these sums are told of 32,768 paths or more."


def liquidity_chart(holder: Holder, phrase: str) -> Iterator[Chart]:
    """When the exit pays."""
    from valsim.report.figures.cash import time_to_liquidity

    waits, found = holder.get("illiquid"), holder.get("time_to_liquidity")
    if waits and found:
        rows = tuple((Cell(f"{each['years']:g}"), wait(each)) for each in waits)
        table = Table("Still waiting", (*words("Years from the start"), *numbers("Still waiting")), rows, REAL_WORLD)
        yield Chart(
            "time-to-liquidity",
            "Time to liquidity",
            time_to_liquidity(waits),
            liquidity_words(found, phrase),
            table,
            REAL_WORLD,
        )


def wait(found: Mapping[str, Any]) -> Cell:
    """The chance of still waiting on one date."""
    return Cell(*labels.percent_with_error(found["mean"], found["standard_error"]))


def liquidity_words(found: Mapping[str, Any], phrase: str) -> str:
    """Half of the paths, and those that never are."""
    median, never = labels.estimate(found).at("0.5"), labels.estimate(found["never"])
    half = (
        "Less than half of the paths have an exit within the horizon"
        if median is None
        else f"Half of the paths have their exit within {median:.1f} years"
    )
    return f"{half}, whatever it pays; {labels.percent(never.mean)} have none within the horizon. Of the paths on which {phrase[:1].lower() + phrase[1:]} invests."
