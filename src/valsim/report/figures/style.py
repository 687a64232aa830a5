"""The look that all figures share: colours that colour-blind readers tell apart, one small template, safe settings."""

import html
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from valsim.report import labels

Figure = dict[str, Any]

# Okabe and Ito (2008), "Color universal design", with greys for what is not data.
BLUE, ORANGE, GREEN, VERMILLION = "#0072b2", "#e69f00", "#009e73", "#d55e00"
PURPLE, SKY, YELLOW, GREY = "#cc79a7", "#56b4e9", "#f0e442", "#8a94a0"
SILVER = "#ccd3da"
INK, MUTED, LINE, PAPER = "#1d2733", "#56616e", "#dfe4ea", "#ffffff"

SERIES = (BLUE, ORANGE, GREEN, PURPLE, SKY, VERMILLION, YELLOW, GREY)
REASONS = (ORANGE, PURPLE, SKY, GREEN, YELLOW, VERMILLION, INK)

DARK: Mapping[str, str] = MappingProxyType(
    {
        INK: "#e6eaf0",
        MUTED: "#a3aebb",
        LINE: "#333c47",
        PAPER: "#161b22",
        BLUE: "#2f86cc",
        SKY: "#a9dcf8",
        GREEN: "#2fbf95",
        GREY: "#8a94a0",
        SILVER: "#4b5663",
    }
)
"""What each colour turns into on a dark page; a colour that is not named stays."""

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"

CONFIG: Mapping[str, Any] = MappingProxyType(
    {
        "displaylogo": False,
        "responsive": True,
        "showSendToCloud": False,
        "plotlyServerURL": "",
        "modeBarButtons": [["toImage", "zoom2d", "pan2d", "resetScale2d"]],
    }
)
"""Settings for ``Plotly.newPlot``: nothing offers to send a chart away.

The buttons are a list of those allowed, so that a button of a later plotly.js does not appear by itself.
"""


def axis() -> dict[str, Any]:
    """The shared look of an axis: a quiet grid and labels in muted ink."""
    return {
        "gridcolor": LINE,
        "linecolor": LINE,
        "zerolinecolor": LINE,
        "tickfont": {"color": MUTED, "size": 12},
        "title": {"font": {"color": MUTED, "size": 12}, "standoff": 8},
        "automargin": True,
        "exponentformat": "B",
        "ticks": "outside",
        "ticklen": 5,
        "tickcolor": "rgba(0,0,0,0)",
        "zerolinewidth": 1,
    }


TEMPLATE: Mapping[str, Any] = MappingProxyType(
    {
        "layout": {
            "font": {"family": FONT, "size": 13, "color": INK},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "colorway": list(SERIES),
            "hoverlabel": {"bgcolor": PAPER, "bordercolor": LINE, "font": {"color": INK, "size": 12}, "align": "left"},
            "legend": {
                "orientation": "h",
                "x": 0,
                "xanchor": "left",
                "y": 1.02,
                "yanchor": "bottom",
                "font": {"size": 12},
            },
            "margin": {"l": 8, "r": 16, "t": 10, "b": 8},
            "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": MUTED, "activecolor": BLUE},
            "uniformtext": {"minsize": 10, "mode": "hide"},
            "xaxis": axis(),
            "yaxis": axis(),
        }
    }
)


def trace(kind: str, **fields: Any) -> dict[str, Any]:
    """What a figure draws, as plotly's schema has it; tests hold every figure against that schema.

    >>> trace("bar", x=[0.5], y=[0])
    {'type': 'bar', 'x': [0.5], 'y': [0]}
    """
    return {"type": kind, **fields}


def finished(traces: list[Any], **layout: Any) -> Figure:
    """A figure from its traces and layout, on our template, as plain JSON-ready data."""
    return {"data": traces, "layout": {"template": dict(TEMPLATE), "uirevision": "kept", **layout}}


def plain(text: str) -> str:
    """A name as text: plotly reads some tags in labels, so ``<`` and ``&`` are escaped."""
    return html.escape(text, quote=False)


def faded(colour: str, opacity: float) -> str:
    """A translucent form of a colour that reads on light and on dark.

    >>> faded("#0072b2", 0.2)
    'rgba(0,114,178,0.2)'
    """
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"


def in_two_lines(name: str, length: int = 20) -> str:
    """A name beside a row as text, broken between two words where it is long, and cut where it is longer still.

    >>> in_two_lines("other growth round investors"), in_two_lines("me")
    ('other growth round<br>investors', 'me')
    """
    first, *rest = labels.lines(name, length)
    return "<br>".join(plain(labels.short(line, length + 4)) for line in (first, " ".join(rest)) if line)


def rows_of(names: Sequence[str], plain: Callable[[str], str] = plain) -> dict[str, Any]:
    """A vertical axis with one name a row, the first on top. Rows are numbered, so that two equal names stay two."""
    return {
        "tickmode": "array",
        "tickvals": list(range(len(names))),
        "ticktext": [plain(name) for name in names],
        "range": [len(names) - 0.4, -0.6],
        "showgrid": False,
        "zeroline": False,
    }


def horizontal(at: float, colour: str) -> dict[str, Any]:
    """A thin line across the plot at one place of the vertical axis."""
    line = vertical(at, colour, "above")
    return line | {"x0": 0, "x1": 1, "xref": "paper", "yref": "y", "y0": at, "y1": at}


def vertical(at: float, colour: str, layer: str = "below") -> dict[str, Any]:
    """A thin line across the plot at one place of the horizontal axis."""
    return {
        "type": "line",
        "x0": at,
        "x1": at,
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "line": {"color": colour, "width": 1, "dash": "dot"},
        "layer": layer,
    }
