"""Where those who decide pay, and where they do not, over two rows of the state."""

from collections.abc import Mapping, Sequence
from typing import Any

from valsim.report import labels
from valsim.report.figures import style, ticks

Told = Mapping[str, Any]
NARROW = 6.0
"""Numbers that span less than this are shown on a linear axis."""


def exercise_region(region: Told, currency: str, paid: str, refused: str) -> style.Figure:
    """A mark for each of some paths, filled where they pay; the boundary that was fitted, and the levels of the rule."""
    shown = region["picture"]
    there = range(len(shown["pays"]))
    pay = _marks(shown, [i for i in there if shown["pays"][i]], paid, style.BLUE, "circle")
    refuse = _marks(shown, [i for i in there if not shown["pays"][i]], refused, style.VERMILLION, "circle-open")
    return style.finished(
        [*(each for each in (pay, refuse) if each["x"]), *_boundaries(shown["boundary"])],
        height=420,
        hovermode="closest",
        xaxis=_axis(shown["across"], currency),
        yaxis=_axis(shown["up"], currency),
        shapes=list(_levels(region)),
    )


def _marks(shown: Told, chosen: Sequence[int], name: str, colour: str, symbol: str) -> dict[str, Any]:
    return style.trace(
        "scatter",
        x=[shown["across"]["values"][place] for place in chosen],
        y=[shown["up"]["values"][place] for place in chosen],
        mode="markers",
        name=name,
        marker={"symbol": symbol, "size": 6, "color": colour, "opacity": 0.75},
        hoverinfo="skip",
    )


def _boundaries(boundary: Told | None) -> list[dict[str, Any]]:
    if boundary is None:
        return []
    line = style.trace(
        "contour",
        x=boundary["across"],
        y=boundary["up"],
        z=boundary["advantage"],
        contours={"start": 0, "end": 0, "size": 1, "coloring": "none"},
        line={"color": style.INK, "width": 2, "smoothing": 0.8},
        name="the boundary, all else at its median",
        showlegend=True,
        showscale=False,
        hoverinfo="skip",
    )
    return [line]


def _axis(row: Told, currency: str) -> dict[str, Any]:
    title = {"title": {"text": labels.name(row["row"])}}
    low, high = _inner(row["values"])
    if low > 0 and high / low > NARROW:
        return ticks.logarithmic(low, high, lambda tick: labels.quantity(tick, row["unit"], currency)) | title
    return ticks.linear(row["unit"], currency) | {"rangemode": "normal"} | title


def _inner(values: Sequence[float]) -> tuple[float, float]:
    return min(values), max(values)


def _levels(region: Told) -> list[dict[str, Any]]:
    """A dotted line at each level of a rule about a row that is shown."""
    shown = region["picture"]
    lines = [] if shown["boundary"] else [style.horizontal(0.0, style.INK)]
    for rule in region["rules"].values():
        for condition in rule["conditions"]:
            if condition["row"] == shown["across"]["row"]:
                lines.append(style.vertical(condition["level"], style.MUTED, "above"))
            elif condition["row"] == shown["up"]["row"]:
                lines.append(style.horizontal(condition["level"], style.MUTED))
    return lines
