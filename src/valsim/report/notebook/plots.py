"""The figures of a result by name: every chart of its report, under the name of a function that draws it."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from valsim.report.page import SECTIONS
from valsim.report.section import fans
from valsim.report.section.parts import Chart

if TYPE_CHECKING:
    from valsim.report.notebook.figure import Figure

NAMES: Mapping[str, str] = MappingProxyType(
    {
        "value": "value",
        "drivers": "driver-",
        "classes": "class-values",
        "tranches": "tranche-funnel",
        "holders": "holder-multiples",
        "distributions": "spread-",
        "losses": "loss-causes",
        "owned": "owned-",
        "payoff": "class-shares",
        "payoff_by_holder": "holder-payouts",
        "exits": "exit-mix",
        "horizons": "horizons",
    }
)
"""What draws which chart of the report; a name that ends in a dash is a family of charts, one of which is chosen by the rest of its
name. A chart that is not listed has its own name."""

MEASURES: Mapping[str, str] = MappingProxyType({"drivers": fans.MEASURE})
"""The measure of figures that the report shows in a group, which says it once."""


@dataclass(frozen=True)
class Plot:
    """Draws one figure: ``plot()``, or ``plot("users")`` where there are several."""

    name: str
    charts: Mapping[str, Chart]

    def __call__(self, which: str | None = None) -> "Figure":
        """Give the figure; raises ``ValueError`` where it is not clear which, and ``ImportError`` without plotly."""
        chosen = next(iter(self.charts)) if which is None and len(self.charts) == 1 else which
        if chosen is None or chosen not in self.charts:
            raise ValueError(self._which(chosen))
        return drawn(self.charts[chosen])

    def _which(self, given: str | None) -> str:
        known = [name for name in self.charts if name]
        if not known:
            return f"{self.name} is one figure: write plot.{self.name}()"
        near = difflib.get_close_matches(given or "", known, 1)
        asked = f"there is no {given!r} in plot.{self.name}" if given is not None else f"which of plot.{self.name}?"
        return f"{asked}{f'; did you mean {near[0]!r}?' if near else ''} There are {', '.join(map(repr, known))}"

    def __repr__(self) -> str:
        return "\n".join(call(self.name, which) + "  " + chart.title for which, chart in self.charts.items())


class Plots:
    """The figures of a result, each drawn by a function of its name: ``plots.value()``, ``plots.drivers("users")``.

    They are those of the report, as plotly figures that a reader restyles: ``plots.value().update_layout(height=600)``.
    """

    def __init__(self, summary: Mapping[str, Any]) -> None:
        self._summary = summary

    @cached_property
    def _plots(self) -> dict[str, Plot]:
        sections = (build(self._summary) for build in SECTIONS)
        return plots([chart for section in sections if section for chart in section.charts])

    def __getattr__(self, name: str) -> Plot:
        if name.startswith("_"):  # asked by notebooks of every object, and no figure
            raise AttributeError(name)
        if name not in self._plots:
            raise AttributeError(self._no(name))
        return self._plots[name]

    def _no(self, name: str) -> str:
        near = difflib.get_close_matches(name, self._plots, 1)
        meant = f" Did you mean {near[0]!r}?" if near else ""
        return f"this result has no figure {name!r}.{meant} It has {', '.join(self._plots)}"

    def __dir__(self) -> list[str]:
        return sorted(self._plots)

    def __repr__(self) -> str:
        return "\n".join(map(repr, self._plots.values()))


def plots(charts: list[Chart]) -> dict[str, Plot]:
    """Give charts by what draws them, those that are named here first.

    >>> plots([Chart("exit-mix", "How paths end", {}, ""), Chart("new-one", "A new one", {}, "")])
    {'exits': result.plot.exits()  How paths end, 'new_one': result.plot.new_one()  A new one}
    """
    found: dict[str, dict[str, Chart]] = {}
    for chart in charts:
        name, which = named(chart.name)
        which = whose(chart) if which.isdigit() else which
        found.setdefault(name, {})[which] = replace(chart, measure=chart.measure or MEASURES.get(name, ""))
    ordered = {name: found.pop(name) for name in NAMES if name in found} | found
    return {name: Plot(name, each) for name, each in ordered.items()}


def named(chart: str) -> tuple[str, str]:
    """Give what draws a chart, and which of its family it is, if any.

    >>> named("driver-users"), named("tranche-funnel"), named("paths-lost")
    (('drivers', 'users'), ('tranches', ''), ('paths_lost', ''))
    """
    for name, known in NAMES.items():
        if chart == known:
            return name, ""
        if known.endswith("-") and chart.startswith(known):
            return name, chart.removeprefix(known)
    return re.sub(r"\W", "_", chart), ""


def whose(chart: Chart) -> str:
    """Give whose figure one of a counted family is, as its title says.

    >>> whose(Chart("spread-1", "me (your position): MOIC", {}, "")), whose(Chart("spread-0", "The company: proceeds", {}, ""))
    ('me', 'The company')
    """
    return chart.title.partition(": ")[0].removesuffix(" (your position)")


def call(name: str, which: str) -> str:
    """Give what a reader writes for a figure."""
    return f"result.plot.{name}({which!r})" if which else f"result.plot.{name}()"


def drawn(chart: Chart) -> "Figure":
    """Give a chart as a figure of plotly; raises ``ImportError`` where that is not installed."""
    try:
        from valsim.report.notebook.figure import Figure
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "plotly":
            raise
        raise ImportError("figures need plotly: pip install 'valsim[notebook]'") from None
    return Figure.of(chart)
