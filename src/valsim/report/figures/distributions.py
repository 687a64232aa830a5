"""Histograms on two scales, what is exactly nothing apart, and the chance of at least a multiple."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from valsim.report import labels
from valsim.report.figures import style, ticks

Spread = Mapping[str, Any]
MONEY_BACK = 1.0
NOTHING, GAP = -1.6, 0.3
"""Where the bar of nothing stands, and what else is away from the bins: bins are numbered from 0."""
SHOWN = (0.1, 30.0)
"""The multiples between which chances are drawn."""


def amount(spread: Spread, value: float, currency: str) -> str:
    """A value in the unit of a spread."""
    return labels.multiple(value) if spread["unit"] == "multiple" else labels.money(value, currency)


def histogram(spread: Spread, scale: str, currency: str) -> style.Figure:
    """The share of paths in each bin of a scale."""
    found = bars(spread, scale, currency)
    return style.finished(
        [found],
        height=260,
        showlegend=False,
        bargap=0.06,
        xaxis=axis(spread, scale, currency),
        yaxis={"tickformat": ".0%", "rangemode": "tozero", "nticks": 5},
    )


def bars(spread: Spread, scale: str, currency: str) -> dict[str, Any]:
    """One bar a bin; open ends and nothing stand apart, in grey, and what is less than the money in orange."""
    shown = [bar for bar in _bars(spread, spread[scale], currency) if bar[1]]
    places, shares, colours, words = ([*column] for column in zip(*shown, strict=True)) if shown else ([], [], [], [])
    return style.trace(
        "bar",
        x=places,
        y=shares,
        marker={"color": colours},
        customdata=words,
        hovertemplate="%{customdata}<extra></extra>",
    )


def _bars(spread: Spread, bins: Mapping[str, Any], currency: str) -> list[tuple[float, float, str, str]]:
    """Of each bar its place, its share of the paths, its colour and its words."""
    edges = bins["edges"]
    texts = [amount(spread, edge, currency) for edge in edges]
    places = [-GAP - 0.5, *(place + 0.5 for place in range(len(edges) - 1)), len(edges) - 0.5 + GAP] if edges else []
    said = [
        f"below {texts[0]}",
        *(f"{low} to {high}" for low, high in pairwise(texts)),
        f"{texts[-1]} or more",
    ] if edges else []  # fmt: skip
    limit = MONEY_BACK if spread["unit"] == "multiple" else 0.0
    ends = {0, len(edges)}
    colours = [
        style.GREY if place in ends else style.ORANGE if edges[place] <= limit else style.BLUE
        for place in range(len(places))
    ]
    shares = [count / spread["paths"] for count in bins["counts"]]
    told = zip(said, shares, bins["standard_errors"], strict=True)
    words = [f"{text}: {' '.join(filter(None, labels.percent_with_error(*share)))}" for text, *share in told]
    zero = spread["nothing"]
    nothing = f"nothing: {' '.join(filter(None, labels.percent_with_error(zero['mean'], zero['standard_error'])))}"
    return [(NOTHING, zero["mean"] or 0.0, style.GREY, nothing), *zip(places, shares, colours, words, strict=True)]


def axis(spread: Spread, scale: str, currency: str) -> dict[str, Any]:
    """Ticks at round edges, at nothing, and where the money is back a line of them."""
    edges = spread[scale]["edges"]
    step = max(1, -(-(len(edges) - 1) // 6))
    if scale == "logarithmic":
        step = next((each for each in (5, 2) if len(edges) > each and _round(edges[0], edges[each])), 1)
    first = next((place for place, edge in enumerate(edges) if _power(edge)), 0) % step if step > 1 else 0
    kept = range(first if scale == "logarithmic" else 0, len(edges), step)
    shown: dict[float, str] = {place: on_axis(spread, edges[place], currency) for place in kept}
    if spread["nothing"]["count"]:
        # The first edge is next to it, where two words have no room on a phone.
        shown = {NOTHING: "nothing"} | {place: text for place, text in shown.items() if place > 0}
    return {
        "tickmode": "array",
        "tickvals": [*shown],
        "ticktext": [*shown.values()],
        "tickangle": 0,
        "range": [NOTHING - 0.7 if spread["nothing"]["count"] else -GAP - 1.1, len(edges) + GAP + 0.1],
        "showgrid": False,
        "zeroline": False,
    }


def on_axis(spread: Spread, value: float, currency: str) -> str:
    """An edge below the bars."""
    return ticks.times(value) if spread["unit"] == "multiple" else labels.money(value, currency)


def _round(first: float, other: float) -> bool:
    """Whether two edges are a decade apart."""
    return abs(other / first - 10) < 1e-6


def _power(edge: float) -> bool:
    return edge > 0 and f"{edge:.6e}".startswith("1.000000")


def at_least(spreads: Sequence[Spread], names: Sequence[str]) -> style.Figure:
    """The chance of at least a multiple, a line for each holder; the first one is drawn thick."""
    lines = [
        line(spread, labels.short(name, 28), style.SERIES[place], 3.0 if place == 0 else 1.6)
        for place, (spread, name) in enumerate(zip(spreads, names, strict=True))
    ]
    return style.finished(
        lines,
        height=340,
        hovermode="x unified",
        xaxis=ticks.logarithmic(*SHOWN, ticks.times) | {"range": [-1.0, 1.4772], "hoverformat": ".2f"},
        yaxis={"tickformat": ".0%", "range": [0, 1.0], "nticks": 6},
        shapes=[style.vertical(MONEY_BACK, style.MUTED)],
    )


def line(spread: Spread, name: str, colour: str, width: float) -> dict[str, Any]:
    """The share of paths with at least each edge of the bins, which falls."""
    bins = spread["logarithmic"]
    left = [sum(bins["counts"][place + 1 :]) / spread["paths"] for place in range(len(bins["edges"]))]
    return style.trace(
        "scatter",
        x=bins["edges"],
        y=left,
        mode="lines",
        name=style.plain(name),
        line={"color": colour, "width": width},
        hovertemplate="%{y:.1%}",
    )
