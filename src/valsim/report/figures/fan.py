"""Fan charts: quantiles by date among companies still private, and below them the share that still is."""

from collections.abc import Mapping
from typing import Any

from valsim.report import labels
from valsim.report.figures import style, ticks

MOST_POINTS = 32
HOVER = (
    "<b>%{customdata[2]}</b> median<br>%{customdata[1]} to %{customdata[3]} half of paths"
    "<br>%{customdata[0]} to %{customdata[4]} nine in ten<br>%{customdata[5]} still private<extra></extra>"
)
BANDS = (("0.05", "0.95", 0.16), ("0.25", "0.75", 0.30))


def value_fan(series: Mapping[str, Any], currency: str) -> style.Figure:
    """The value of the company by date, with the share of paths still private beneath it."""
    alive = style.trace(
        "scatter",
        x=series["dates"],
        y=series["alive"],
        yaxis="y2",
        fill="tozeroy",
        fillcolor=style.faded(style.GREY, 0.25),
        line={"color": style.GREY, "width": 1.5},
        name="still private",
        hovertemplate="%{y:.0%} still private<extra></extra>",
        showlegend=False,
    )
    share = {"domain": [0, 0.17], "range": [0, 1.02], "tickformat": ".0%", "tickvals": [0, 0.5, 1], "anchor": "x"}
    caption = {
        "text": "share of companies still private",
        "xref": "paper",
        "yref": "paper",
        "x": 1,
        "y": 0.19,
        "xanchor": "right",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 11, "color": style.MUTED},
    }
    layout = fan_layout(series, currency) | {"height": 460, "yaxis2": style.axis() | share, "annotations": [caption]}
    layout["yaxis"] = layout["yaxis"] | {"domain": [0.28, 1]}
    layout["xaxis"] = layout["xaxis"] | {"anchor": "y2"}
    return style.finished([*fan_traces(series, currency, style.BLUE), alive], **layout)


def driver_fan(series: Mapping[str, Any], currency: str) -> style.Figure:
    """One driver by date, small, to stand among many."""
    few = thinned(series, MOST_POINTS)
    layout = fan_layout(few, currency) | {"height": 220, "showlegend": False}
    layout["xaxis"] = layout["xaxis"] | {"nticks": 5}
    return style.finished(fan_traces(few, currency, style.GREEN), **layout)


def thinned(series: Mapping[str, Any], most: int) -> Mapping[str, Any]:
    """Every k-th date, counted back from the last, so that a long monthly run stays a small page."""
    step = -(-len(series["dates"]) // most)
    rows = {key: series[key][::-step][::-1] for key in ("dates", "alive", "mean", "standard_error")}
    return {**series, **rows, "quantiles": {level: row[::-step][::-1] for level, row in series["quantiles"].items()}}


def fan_traces(series: Mapping[str, Any], currency: str, colour: str) -> list[Any]:
    """Two shaded bands, the median with the words of a hover, and the mean as a dotted line."""
    dates = series["dates"]
    shaded = [
        trace
        for low, high, opacity in BANDS
        for trace in band(dates, series["quantiles"], (low, high), style.faded(colour, opacity))
    ]
    quiet = {"x": dates, "mode": "lines"}
    mean = style.trace(
        "scatter",
        **quiet,
        y=series["mean"],
        name="mean",
        line={"color": style.MUTED, "width": 1.5, "dash": "dot"},
        hoverinfo="skip",
    )
    median = style.trace(
        "scatter",
        **quiet,
        y=series["quantiles"]["0.5"],
        name="median",
        line={"color": colour, "width": 2.5},
        customdata=hover_words(series, currency),
        hovertemplate=HOVER,
    )
    return [*shaded, mean, median]


def band(dates: list[str], quantiles: Mapping[str, list[float]], levels: tuple[str, str], fill: str) -> list[Any]:
    """The area between two quantiles: an unseen lower edge and an upper edge filled down to it."""
    low, high = levels
    edge = {"x": dates, "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip", "legendgroup": low}
    words = f"{float(low) * 100:.0f} to {float(high) * 100:.0f} % of paths"
    return [
        style.trace("scatter", **edge, y=quantiles[low], showlegend=False),
        style.trace("scatter", **edge, y=quantiles[high], fill="tonexty", fillcolor=fill, name=words),
    ]


def hover_words(series: Mapping[str, Any], currency: str) -> list[list[str]]:
    """For each date the five quantiles, lowest first, and the share alive, as :data:`HOVER` reads them."""
    levels = sorted(series["quantiles"], key=float)
    rows = zip(*(series["quantiles"][level] for level in levels), strict=True)
    return [
        [*(labels.quantity(value, series["unit"], currency) for value in row), labels.percent(alive)]
        for row, alive in zip(rows, series["alive"], strict=True)
    ]


def fan_layout(series: Mapping[str, Any], currency: str) -> dict[str, Any]:
    """Dates across, and the unit of the series up."""
    shown = [number for row in series["quantiles"].values() for number in row if number is not None]
    return {
        "hovermode": "x",
        "xaxis": {"type": "date", "showgrid": False, "hoverformat": "%Y-%m-%d"},
        "yaxis": ticks.amounts(shown, series["unit"], currency),
        "legend": {"traceorder": "normal"},
    }
