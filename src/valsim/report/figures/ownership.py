"""Who owns how much by date, what one holder owns path by path, and what diluted a share that is held today."""

from collections.abc import Mapping, Sequence
from typing import Any

from valsim.report import labels
from valsim.report.figures import style

Told = Mapping[str, Any]
MOST_POINTS = 16
COLOURS = {
    "position": (style.BLUE, style.SKY, "#4f9fd0", "#9fd0ee"),
    "today": (style.GREEN, "#4fc0a0", "#8fd6c2", "#b9e5d9", style.SILVER),
    "later": (style.ORANGE, style.VERMILLION, style.YELLOW, style.PURPLE, "#e8c58a"),
    "pool": (style.GREY,),
}
"""Positions are blue, holders of today green, those who come later warm."""


def thinned(told: Told, most: int = MOST_POINTS) -> list[int]:
    """The places of some dates: the first two, as a closing may stand on the first day, and every k-th counted back from the last."""
    count = len(told["dates"])
    step = -(-count // most)
    return sorted({0, min(1, count - 1), *range(count - 1, -1, -step)})


def stacked(told: Told) -> style.Figure:
    """Areas that fill the whole company on each date."""
    places, met = thinned(told), dict[str, int]()
    traces = []
    for group in told["groups"]:
        colours = COLOURS[group["kind"]]
        colour = colours[met.get(group["kind"], 0) % len(colours)]
        met[group["kind"]] = met.get(group["kind"], 0) + 1
        traces.append(_area(told, group, places, colour))
    return style.finished(
        traces,
        height=420,
        hovermode="x unified",
        xaxis={"type": "date", "showgrid": False, "hoverformat": "%Y-%m-%d"},
        yaxis={"tickformat": ".0%", "range": [0, 1]},
        legend={"traceorder": "reversed"},
    )


def _area(told: Told, group: Told, places: Sequence[int], colour: str) -> dict[str, Any]:
    return style.trace(
        "scatter",
        x=[told["dates"][place] for place in places],
        y=[_short(group["mean"][place]) for place in places],
        mode="lines",
        stackgroup="all",
        name=style.plain(labels.short(labels.name(group["name"]), 28)),
        line={"color": colour, "width": 0.5},
        fillcolor=colour,
        hovertemplate="%{y:.1%}",
    )


def _short(share: float | None) -> float | None:
    return None if share is None else round(share, 5)


def band(told: Told, group: Told) -> style.Figure:
    """What one group owns on nine paths in ten of the companies still private, with the median and the mean."""
    places = thinned(told)
    dates = [told["dates"][place] for place in places]

    def row(level: str) -> list[float | None]:
        return [_short(group["quantiles"][level][place]) for place in places]

    quiet = {"x": dates, "mode": "lines", "hoverinfo": "skip"}
    shown = {"x": dates, "mode": "lines"}
    mean = [_short(group["mean"][place]) for place in places]
    return style.finished(
        [
            style.trace("scatter", **quiet, y=row("0.05"), line={"width": 0}, showlegend=False),
            style.trace(
                "scatter", **quiet, y=row("0.95"), line={"width": 0}, fill="tonexty",
                fillcolor=style.faded(style.BLUE, 0.2), name="5 to 95 % of paths",
            ),
            style.trace(
                "scatter", **shown, y=mean, line={"color": style.MUTED, "width": 1.5, "dash": "dot"},
                name="mean", hovertemplate="%{y:.2%} mean<extra></extra>",
            ),
            style.trace(
                "scatter", **shown, y=row("0.5"), line={"color": style.BLUE, "width": 2.5, "shape": "hv"},
                name="median", hovertemplate="%{y:.2%} median<extra></extra>",
            ),
        ],
        height=220,
        showlegend=False,
        hovermode="x",
        xaxis={"type": "date", "showgrid": False, "nticks": 5, "hoverformat": "%Y-%m-%d"},
        yaxis={"tickformat": ".1~%", "rangemode": "tozero", "nticks": 5},
    )  # fmt: skip


def causes(rows: Sequence[tuple[str, float]]) -> style.Figure:
    """A bar for each cause of the dilution of a share that is held today, in points."""
    places = list(range(len(rows)))
    bars = style.trace(
        "bar",
        orientation="h",
        x=[points for _, points in rows],
        y=places,
        marker={"color": style.BLUE},
        text=[labels.percent(points) for _, points in rows],
        textposition="outside",
        cliponaxis=False,
        hoverinfo="skip",
    )
    return style.finished(
        [bars],
        height=70 + 34 * len(rows),
        bargap=0.4,
        margin={"l": 8, "r": 56, "t": 8, "b": 8},
        xaxis={"tickformat": ".0%", "rangemode": "tozero", "nticks": 4, "tickangle": 0},
        yaxis=style.rows_of([labels.short(name, 34) for name, _ in rows]),
    )
