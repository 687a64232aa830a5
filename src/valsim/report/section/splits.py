"""In which shares a number is told, where shares are split."""

from collections.abc import Mapping
from typing import Any

from valsim.report import labels
from valsim.report.section import choice
from valsim.report.section.parts import REAL_WORLD, Cell, Table, numbers, words

Summary = Mapping[str, Any]


def price_tables(summary: Summary) -> list[Table]:
    """The price per share of each closing, where shares are split; elsewhere nothing."""
    if not summary.get("splits"):
        return []
    rows = tuple(price_row(each, choice.currency(summary)) for each in summary["tranches"])
    columns = (*words("Tranche"), *numbers("Price per share|median, 5 to 95 %, in the shares of its day"))
    return [
        Table(
            "Prices per share",
            columns,
            rows,
            REAL_WORLD,
            f"Over the paths on which it is funded. {split_words(summary)}",
        )
    ]


def price_row(tranche: Mapping[str, Any], currency: str) -> tuple[Cell, ...]:
    """One closing."""
    price = labels.estimate(tranche["price_per_share"])
    span = labels.span(price, lambda value: labels.price(value, currency))
    return Cell(labels.tranche_name(tranche)), Cell(labels.price(price.at("0.5"), currency), note=span)


def split_words(summary: Summary) -> str:
    """When shares are split, and in which shares all else is told."""
    splits = labels.listed([f"{each['ratio']} on {each['at']}" for each in summary["splits"]])
    return f"Shares are split {splits}. All else that is told of shares, and of prices per share, is in the shares of the start."


def price_words(summary: Summary) -> str:
    """The prices of the closings, in one sentence."""
    currency = choice.currency(summary)
    found = {
        labels.tranche_name(each): labels.estimate(each["price_per_share"]).at("0.5") for each in summary["tranches"]
    }
    said = [f"{name} {labels.price(price, currency)}" for name, price in found.items() if price is not None]
    prices = f"Price per share in the shares of its day, median where funded: {'; '.join(said)}. " if said else ""
    return prices + split_words(summary)
