"""The page: the sections of a summary in one HTML file that opens with no network."""

import base64
import hashlib
import json
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from valsim.report.figures.style import CONFIG, DARK
from valsim.report.files import write_whole
from valsim.report.section import (
    assumptions,
    base_rates,
    choice,
    classes,
    compute_credits,
    contracts,
    distributions,
    drivers,
    exits,
    headline,
    holders,
    how_to_read,
    market,
    ownership,
    paths,
    payoff,
    quality,
    reproduce,
    signals,
    tranches,
    use_of_proceeds,
    values,
)
from valsim.report.section.parts import DIGITS, Section
from valsim.report.shared import written_once

Summary = Mapping[str, Any]


@dataclass(frozen=True)
class Head:
    """What stands above and below the sections: whose page it is, what it is of, facts about it, and how it was made."""

    company: str
    name: str
    about: str
    facts: str
    made: str


SECTIONS: tuple[Callable[[Summary], Section | None], ...] = (
    headline.section,
    how_to_read.section,
    classes.section,
    tranches.section,
    holders.section,
    values.section,
    distributions.section,
    ownership.section,
    payoff.section,
    exits.section,
    paths.section,
    drivers.section,
    market.section,
    use_of_proceeds.section,
    compute_credits.section,
    signals.section,
    contracts.section,
    base_rates.section,
    assumptions.section,
    quality.section,
    reproduce.section,
)
"""The order of the page. A section that has nothing to say gives None and is left out."""

BUNDLES = {
    "plotly-basic-4.1.1.min.js": frozenset({"scatter", "bar"}),
    "plotly-cartesian-4.1.1.min.js": frozenset({"scatter", "bar", "box", "contour", "heatmap"}),
}
"""What each build of plotly.js draws of what our figures use, the smallest first."""


def write_html(summary: Summary, path: str | os.PathLike[str]) -> None:
    """Write the report; the file appears whole or not at all.

    Raises:
        OSError: the folder does not exist or cannot be written to.
    """
    write_whole(Path(path), render(summary))


def render(summary: Summary) -> str:
    """The whole page as text."""
    return page(_head(summary), [found for found in (build(summary) for build in SECTIONS) if found])


def _head(summary: Summary) -> Head:
    scenario, run = summary["scenario"], summary["run"]
    case = f" · case {scenario['variant']}" if "variant" in scenario else ""
    return Head(
        company=choice.company(summary),
        name=scenario["name"],
        about=f"as of {scenario['as_of']}",
        facts=f"as of {scenario['as_of']} · {run['paths']:,} paths · seed {run['seed']}{case}",
        made=f"Made by valsim {summary['valsim']} in {scenario['currency']}. A simulation of stated assumptions, not advice. "
        "± is one Monte Carlo standard error.",
    )


def page(head: Head, sections: list[Section]) -> str:
    """A whole page of sections as text."""
    scripts = {"bundle": vendored(bundle(sections)), "script": script(sections)}
    return (
        environment()
        .get_template("page.html")
        .render(
            head=head,
            sections=sections,
            data=Markup(embedded(page_data(sections))),  # noqa: S704 - escaped for a script element by embedded()
            style=Markup(asset("page.css")),  # noqa: S704 - our own file
            policy=policy(list(scripts.values())),
            **{name: Markup(text) for name, text in scripts.items()},  # noqa: S704 - our own files
        )
    )


def page_data(sections: list[Section]) -> dict[str, Any]:
    """What the script of the page reads: figures without their template, which all share, and the settings."""
    charts = {chart.name: chart.figure for section in sections for chart in section.charts}
    bare = {name: figure | {"layout": without_template(figure["layout"])} for name, figure in charts.items()}
    template: Any = next((figure["layout"]["template"] for figure in charts.values()), {})
    drawn, same = written_once(rounded(bare))
    return {
        "charts": drawn,
        "same": same,
        "template": rounded(template),
        "controls": {each.name: rounded(each.data, each.digits) for section in sections for each in section.controls},
        "dark": dict(DARK),
        "config": dict(CONFIG),
    }


def script(sections: list[Section]) -> str:
    """The script of a page: its formats, the controls that it has, and what starts them."""
    used = sorted({control.control for section in sections for control in section.controls})
    parts = ("formats.js", *(f"controls/{name}.js" for name in used), "page.js")
    return "\n".join(('"use strict";', "{", *map(asset, parts), "}"))


def bundle(sections: list[Section]) -> str:
    """The smallest build of plotly.js that draws all figures of a page."""
    kinds = {trace["type"] for section in sections for chart in section.charts for trace in chart.figure["data"]}
    return next(name for name, drawn in BUNDLES.items() if kinds <= drawn)


def without_template(layout: Mapping[str, Any]) -> dict[str, Any]:
    """A layout that takes its look from the page."""
    return {key: value for key, value in layout.items() if key != "template"}


def embedded(data: Any) -> str:
    r"""JSON that no name in it can end: ``<``, ``>``, ``&`` and line separators are escaped.

    >>> embedded({"name": "</script>"})
    '{"name":"\\u003c/script\\u003e"}'
    """
    text = json.dumps(data, allow_nan=False, ensure_ascii=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def rounded(data: Any, digits: int = DIGITS) -> Any:
    """The same data with so many significant digits, and half the size."""
    match data:
        case float():
            return float(f"{data:.{digits}g}")
        case dict():
            return {key: rounded(value, digits) for key, value in data.items()}
        case list() | tuple():
            return [rounded(value, digits) for value in data]
        case _:
            return data


def policy(scripts: list[str]) -> str:
    """A content security policy that lets exactly these scripts run and nothing be fetched.

    plotly.js sets styles of its own, so inline style is allowed; images are the charts that a reader saves.
    """
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in scripts
    )
    return f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'"


def tight(text: str) -> Markup:
    """Keep a number and its sign on one line: a no-break space before a percent sign, an error and a short unit."""
    if " " not in text:
        return escape(text)
    return Markup(re.sub(r"(?<=[\w)]) (?=(%|±|ms\b))|(?<=±) ", "\u00a0", str(escape(text))))  # noqa: S704 - escaped first


def breakable(text: str) -> Markup:
    """A path that may be cut after a dot or an underscore."""
    return Markup(re.sub(r"(?<=[._])(?=\w)", "<wbr>", str(escape(text))))  # noqa: S704 - escaped first


@cache
def environment() -> jinja2.Environment:
    """Templates that escape every value and refuse an unknown one."""
    loader = jinja2.PackageLoader("valsim.report", "templates")
    made = jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters |= {"tight": tight, "breakable": breakable}
    return made


@cache
def asset(name: str) -> str:
    """One of our own files beside the template."""
    return (files("valsim.report") / "templates" / name).read_text("utf-8")


@cache
def vendored(name: str) -> str:
    """A build of plotly.js; it holds no text that would end its script element."""
    return (files("valsim.report") / "vendor" / name).read_text("utf-8")
