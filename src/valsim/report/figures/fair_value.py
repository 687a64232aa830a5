"""Fair value beside the headline: a share of each class, and the way from one number to the other."""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any

from valsim.report import labels
from valsim.report.figures import style, ticks

Told = Mapping[str, Any]


def class_values(classes: Mapping[str, Told], currency: str) -> style.Figure:
    """Two marks a class, joined: what the headline says of a share (open), and what it is worth (filled)."""
    held = {name: each for name, each in classes.items() if each["shares"]}
    places = list(range(len(held)))
    names = [labels.short(labels.name(name), 24) for name in held]
    worth = [each["per_share"] for each in held.values()]
    headline = [(each["headline"] or 0.0) / each["shares"] or None for each in held.values()]
    errors = [2 * each["standard_error"] / each["shares"] for each in held.values()]
    return style.finished(
        [
            _joins(headline, worth, places),
            _marks(headline, places, "at the last price", style.VERMILLION, currency, symbol="circle-open"),
            {
                **_marks(worth, places, "worth today", style.BLUE, currency),
                "error_x": {"type": "data", "array": errors},
            },
        ],
        height=120 + 40 * len(held),
        hovermode="closest",
        xaxis=ticks.linear(currency, currency) | {"title": {"text": "a share"}},
        yaxis=style.rows_of(names),
    )


def _joins(headline: Sequence[float | None], worth: Sequence[float], places: Sequence[int]) -> Any:
    """The gap of each class as a thin line; ``None`` lifts the pen between classes."""
    rows = [(place, *ends) for place, *ends in zip(places, headline, worth, strict=True)]
    across = [end for _, one, other in rows for end in (one, other, None)]
    down = [end for place, *_ in rows for end in (place, place, None)]
    line = {"color": style.GREY, "width": 2}
    return style.trace("scatter", x=across, y=down, mode="lines", line=line, hoverinfo="skip", showlegend=False)


def _marks(
    prices: Sequence[float | None], places: Sequence[int], name: str, colour: str, currency: str, symbol: str = "circle"
) -> dict[str, Any]:
    return style.trace(
        "scatter",
        x=list(prices),
        y=list(places),
        mode="markers",
        name=name,
        marker={"symbol": symbol, "size": 11, "color": colour, "line": {"width": 2.5 if symbol != "circle" else 0}},
        customdata=[labels.price(price, currency) for price in prices],
        hovertemplate=f"%{{customdata}} {name}<extra></extra>",
    )


def bridge(told: Told, names: Sequence[str]) -> style.Figure:
    """A bar a term, each beginning where the one above it ends: from the fair value to the headline."""
    currency, adds = told["currency"], [each["adds"] for each in told["attribution"]]
    ends = [told["fair_value"], *adds, told["post_money_valuation"]]
    bases = [0.0, *list(accumulate(adds, initial=told["fair_value"]))[:-1], 0.0]
    colours = [style.BLUE, *(style.ORANGE if each >= 0 else style.GREEN for each in adds), style.VERMILLION]
    rows = ["Fair value", *names, "Headline"]
    signs = ["", *("+" if each > 0 else "" for each in adds), ""]
    shown = [sign + labels.money(each, currency) for sign, each in zip(signs, ends, strict=True)]
    bars = style.trace(
        "bar",
        orientation="h",
        x=ends,
        y=list(range(len(ends))),
        base=bases,
        marker={"color": colours},
        text=shown,
        textposition="outside",
        cliponaxis=False,
        hovertemplate="%{text}<extra></extra>",
    )
    return style.finished(
        [bars],
        bargap=0.35,
        height=70 + 40 * len(ends),
        showlegend=False,
        margin={"r": 60},
        xaxis=ticks.linear(currency, currency)
        | {"range": [0, 1.14 * max(told["post_money_valuation"], told["fair_value"])]},
        yaxis=style.rows_of([labels.short(name, 30) for name in rows]),
    )
