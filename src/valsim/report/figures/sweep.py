"""A sweep in pictures: a measure over one input with its error, and over two as a map with numbers."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from valsim.report import labels
from valsim.report.figures import style

Told = Mapping[str, Any]
MOST_TICKS = 9
"""Of more values of an input, every second or third is written at its axis."""
LONGEST = 18
"""A value is cut to so many characters at an axis; the table beside has it in full."""
IN_PERCENT = ("chance", "share", "rate")
IN_MONEY = ("money", "price")


class Points(NamedTuple):
    """Values of an input as they were written, and their places along an axis."""

    title: str
    texts: Sequence[str]
    places: Sequence[float]


def line(across: Points, found: Sequence[Told], said: Sequence[str], counts: str, currency: str) -> style.Figure:
    """A measure over the values of one input, with two standard errors either way; a value that has none is a gap."""
    drawn = style.trace(
        "scatter",
        x=list(across.places),
        y=[each["mean"] for each in found],
        mode="lines+markers",
        line={"width": 2.5, "color": style.BLUE},
        marker={"size": 7, "color": style.BLUE},
        error_y={
            "type": "data",
            "array": [2 * (each["standard_error"] or 0.0) for each in found],
            "thickness": 1.5,
            "width": 4,
            "color": style.INK,
        },
        customdata=[
            f"{style.plain(text)}<br>{style.plain(words)}" for text, words in zip(across.texts, said, strict=True)
        ],
        hovertemplate="%{customdata}<extra></extra>",
        showlegend=False,
    )
    return style.finished(
        [drawn], height=340, hovermode="closest", xaxis=_axis(across), yaxis={"nticks": 6, **_scale(counts, currency)}
    )


def heat(
    across: Points, down: Points, found: Sequence[Sequence[Told | None]], said: Sequence[Sequence[str]]
) -> style.Figure:
    """A measure over two inputs: the stronger its colour, the larger; the number stands in its field. One row of numbers a value of ``down``."""
    rows = range(len(down.texts))
    drawn = style.trace(
        "heatmap",
        x=list(range(len(across.texts))),
        y=list(rows),
        z=[[each and each["mean"] for each in row] for row in found],
        text=[[style.plain(words).replace(" ±", "<br>±") for words in row] for row in said],
        texttemplate="%{text}",
        customdata=[
            [
                f"{style.plain(x)}, {style.plain(down.texts[row])}<br>{style.plain(words)}"
                for x, words in _beside(across, said[row])
            ]
            for row in rows
        ],
        hovertemplate="%{customdata}<extra></extra>",
        colorscale=[[0, style.faded(style.BLUE, 0.04)], [1, style.faded(style.BLUE, 0.55)]],
        showscale=False,
        xgap=2,
        ygap=2,
        textfont={"color": style.INK},
    )
    counted = across._replace(places=range(len(across.texts)))
    return style.finished(
        [drawn],
        height=120 + 52 * len(down.texts),
        hovermode="closest",
        xaxis={**_axis(counted), "showgrid": False},
        yaxis={**_axis(down._replace(places=rows)), "autorange": "reversed", "showgrid": False},
    )


def _beside(across: Points, said: Sequence[str]) -> list[tuple[str, str]]:
    return list(zip(across.texts, said, strict=True))


def _axis(points: Points) -> dict[str, Any]:
    """An axis that writes the values as the person did."""
    every = max(-(-len(points.texts) // MOST_TICKS), 1)
    return {
        "title": {"text": style.plain(points.title)},
        "tickmode": "array",
        "tickvals": list(points.places)[::every],
        "ticktext": [style.plain(labels.short(text, LONGEST)) for text in points.texts][::every],
        "zeroline": False,
    }


def _scale(counts: str, currency: str) -> dict[str, Any]:
    if counts in IN_PERCENT:
        return {"tickformat": ".2~%"}
    return {"tickprefix": labels.symbol(currency)} if counts in IN_MONEY else {}
