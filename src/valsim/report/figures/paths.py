"""One path by date: the value of the company, its cash and the events of its story, over what most companies are worth."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from valsim.report import labels
from valsim.report.figures import style, ticks
from valsim.report.figures.fan import band

Lines = Mapping[str, Sequence[float | None]]
"""The rows that are drawn of a story, ``value`` and ``cash``, by date up to its end."""
Timeline = Sequence[tuple[str, Sequence[str]]]
"""What happened in sentences, by date."""
LINE = 56
"""Characters in a line of what is said of an event."""
LEAST = 1e-4
"""What is less than this part of the largest value is not drawn on a logarithmic axis."""
BAND = ("0.05", "0.95")
"""The quantiles around the path."""


def wrapped(text: str) -> str:
    """A sentence in lines that fit beside a dot, as text and no markup."""
    lines = [""]
    for word in labels.short(text, 4 * LINE).split():
        lines = [*lines[:-1], f"{lines[-1]} {word}".strip()] if len(lines[-1]) + len(word) < LINE else [*lines, word]
    return "<br>".join(map(style.plain, lines))


def path_figure(
    dates: Sequence[str], told: Sequence[Lines], timeline: Timeline, around: Mapping[str, Any], currency: str
) -> style.Figure:
    """The first of some stories, by its timeline, on axes that fit all of them, over nine in ten of the companies still private at each date."""
    shown = [number for lines in told for name in ("value", "cash") for number in lines[name]]
    shaded: list[Any] = []
    if around:
        shown += [number for level in BAND for number in around["quantiles"][level]]
        shaded = band(list(around["dates"]), around["quantiles"], BAND, style.faded(style.GREY, 0.22))
    return style.finished(
        [*shaded, *path_traces(dates, told[0], timeline)],
        height=430,
        hovermode="closest",
        xaxis={"type": "date", "showgrid": False, "range": [dates[0], dates[-1]]},
        yaxis=ticks.amounts(list(drawn(shown)), currency, currency),
        legend={"traceorder": "normal"},
    )


def drawn(shown: Sequence[float | None]) -> Iterator[float]:
    """The numbers that an axis shows: those that are not next to nothing."""
    known = [number for number in shown if number is not None]
    least = LEAST * max(known, default=0.0)
    return (number for number in known if number > least)


def path_traces(dates: Sequence[str], lines: Lines, timeline: Timeline) -> list[Any]:
    """The value, the cash and the events of one story, the events at the value of their day."""
    own = list(dates[: len(lines["value"])])
    days = [(day, texts) for day, texts in timeline if day in own]
    value = {"line": {"color": style.BLUE, "width": 2.5}, "name": "equity value"}
    cash = {"line": {"color": style.GREEN, "width": 1.8, "dash": "dash"}, "name": "cash"}
    return [
        style.trace("scatter", x=own, y=lines["value"], mode="lines", hoverinfo="skip", **value),
        style.trace("scatter", x=own, y=lines["cash"], mode="lines", hoverinfo="skip", **cash),
        style.trace(
            "scatter",
            x=[day for day, _ in days],
            y=[lines["value"][own.index(day)] for day, _ in days],
            mode="markers",
            marker={"color": style.VERMILLION, "size": 9, "line": {"color": style.PAPER, "width": 1.5}},
            name="events",
            hovertext=[f"<b>{day}</b><br>" + "<br>".join(map(wrapped, texts)) for day, texts in days],
            hovertemplate="%{hovertext}<extra></extra>",
        ),
    ]
