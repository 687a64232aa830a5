"""A figure of the report as one of plotly, which a reader restyles and which never offers to send its data away.

plotly.js 4 has a button that uploads a chart. It is taken out of the layout, so that it stays away however the figure is shown,
and of the settings of every way in which the figure shows itself. None of these asks the network for anything.
"""

import json
import re
import tempfile
import webbrowser
from collections.abc import Mapping
from copy import copy
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self

import plotly.graph_objects as go
import plotly.io as pio
from markupsafe import Markup

from valsim.report.figures import style
from valsim.report.page import BUNDLES, embedded, environment, policy, vendored
from valsim.report.section.parts import Chart

CONFIG: Mapping[str, Any] = MappingProxyType({**style.CONFIG, "typesetMath": False})
"""The settings of the report; and what stands between two signs of the dollar is no formula."""
UPLOADS = ("sendChartToCloud", "sendDataToCloud", "editInChartStudio")
"""The buttons of all versions of plotly.js that send a chart away."""
GREY = "#727c88"
ON_ANY_PAPER: Mapping[str, str] = MappingProxyType(
    {style.INK: GREY, style.MUTED: GREY, style.LINE: "rgba(128,136,146,0.28)"}
)
"""A notebook is light or dark and does not say which: text and lines take a grey that reads on both."""
TITLE, USUAL_HEIGHT, SMALLEST = 62, 360, 240
"""Pixels for the title above a plot, the height of a figure that has none of its own, and of one that stands among many in the report."""


class Figure(go.Figure):  # type: ignore[misc] # plotly ships no types
    """A plotly figure that shows itself without offering to send its data away; all else is as in plotly.

    >>> from valsim.report.figures.exits import exit_mix
    >>> Figure.of(Chart("exit-mix", "How paths end", exit_mix({"ipo": 1.0}), "All are listed.")).update_layout(bargap=0.2)
    <Figure: How paths end. All are listed.>
    """

    _ipython_display_ = _repr_html_ = None
    """A notebook asks for the bundle below instead."""

    @classmethod
    def of(cls, chart: Chart) -> Self:
        """Give the figure of a chart under its title, in colours that read on light and on dark."""
        plain = recoloured(chart.figure)
        margin = plain["layout"]["template"]["layout"]["margin"] | plain["layout"].get("margin", {})
        height = max(plain["layout"].get("height", USUAL_HEIGHT), SMALLEST)
        figure = cls(plain)
        figure.update_layout(
            title={"text": style.plain(chart.title), "subtitle": {"text": chart.measure}, "x": 0, "y": 0.98, "yanchor": "top"},
            legend={"yref": "container", "y": 0, "yanchor": "bottom"},
            margin=margin | {"t": TITLE},
            height=height + TITLE,
            meta={"title": chart.title, "finding": chart.finding, "measure": chart.measure},
            modebar={"remove": list(UPLOADS)},
        )  # fmt: skip
        return figure

    def __repr__(self) -> str:
        told = self.layout.meta or {}
        return f"<Figure: {told.get('title', '')}. {told.get('finding', '')}>"

    def _repr_mimebundle_(self, *_: Any, **options: Any) -> dict[str, Any]:
        made = self._shown_by(pio.renderers.default, options)
        return {"text/plain": repr(self), **(made or {"text/html": framed(self)})}

    def show(self, renderer: str | None = None, validate: bool = True, **options: Any) -> None:  # noqa: FBT001, FBT002 - as in plotly
        """Show the figure in the cell, or where there is none in a browser; arguments as of plotly."""
        made = self._shown_by(renderer or pio.renderers.default, options)
        if not made:
            opened(self.to_html(config=options.get("config"), validate=validate))
            return
        from IPython.display import display

        display({"text/plain": repr(self), **made}, raw=True)  # type: ignore[no-untyped-call]

    def _shown_by(self, names: str | None, options: Mapping[str, Any]) -> dict[str, Any]:
        """Give what the named renderers of plotly show, one after the other; a page is ours, as theirs reach for the network."""
        made: dict[str, Any] = {}
        for each in (pio.renderers[name] for name in (names or "").split("+") if name):
            if hasattr(each, "include_plotlyjs"):
                made |= {"text/html": framed(self)}
            elif hasattr(each, "to_mimebundle"):
                made |= configured(each, options).to_mimebundle(self.to_dict())
        return made

    def to_html(self, config: Mapping[str, Any] | None = None, *args: Any, **options: Any) -> str:
        """Give a page that shows the figure, or a part of one; arguments as of plotly."""
        return str(super().to_html(safe(config), *args, **options))

    def write_html(self, file: Any, config: Mapping[str, Any] | None = None, *args: Any, **options: Any) -> None:
        """Write a page that shows the figure; arguments as of plotly."""
        super().write_html(file, safe(config), *args, **options)


def safe(config: Mapping[str, Any] | None) -> dict[str, Any]:
    """Give a reader's settings over ours, all but those that would send a chart away.

    >>> safe({"displaylogo": True, "showSendToCloud": True})["showSendToCloud"]
    False
    """
    away = {"showSendToCloud": False, "plotlyServerURL": ""}
    return {**CONFIG, **(config or {}), **away}


def configured(renderer: Any, options: Mapping[str, Any]) -> Any:
    """Give a renderer of plotly with our settings, and with what a reader asked for of what it knows."""
    own = copy(renderer)
    for name, value in {**options, "config": safe(options.get("config"))}.items():
        if hasattr(own, name):
            setattr(own, name, value)
    return own


def recoloured(figure: style.Figure) -> style.Figure:
    """Give a figure in the colours for any paper; the box of the hover keeps its own paper and its ink."""
    text = re.sub("#[0-9a-f]{6}", lambda found: ON_ANY_PAPER.get(found[0], found[0]), json.dumps(figure))
    made: style.Figure = json.loads(text)
    made["layout"]["template"]["layout"]["hoverlabel"] = style.TEMPLATE["layout"]["hoverlabel"]
    return made


def framed(figure: go.Figure) -> str:
    """Give a frame with a page of its own, which holds what draws the figure and may ask nothing of the network."""
    plain = json.loads(figure.to_json())
    told, height = plain["layout"].get("meta") or {}, plain["layout"].get("height", USUAL_HEIGHT)
    kinds = {trace.get("type", "scatter") for trace in plain["data"]}
    bundle = next((name for name, drawn in BUNDLES.items() if kinds <= drawn), "")
    script = (
        f"Plotly.newPlot('figure', {embedded(plain['data'])}, {embedded(plain['layout'])}, {embedded(safe(None))});"
    )
    scripts = [vendored(bundle) if bundle else plotly_js(), script]
    page = environment().get_template("notebook/figure.html").render(
        told=told, policy=policy(scripts), scripts=[Markup(each) for each in scripts], height=height  # noqa: S704 - our own, and escaped by embedded()
    )  # fmt: skip
    return environment().get_template("notebook/frame.html").render(page=page, told=told, height=height)


def plotly_js() -> str:
    """The whole of plotly.js, for a trace that a reader added and that our builds do not draw."""
    from plotly.offline import get_plotlyjs

    return str(get_plotlyjs())


def opened(page: str) -> None:
    """Open a page in a browser, from a file that stays until the system tidies up."""
    with tempfile.NamedTemporaryFile("w", suffix=".html", delete=False, encoding="utf-8") as file:
        file.write(page)
    webbrowser.open(Path(file.name).as_uri())
