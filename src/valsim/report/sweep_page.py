"""A sweep as a page: a chart for each measure, the cases, and what was played."""

from collections.abc import Mapping
from typing import Any

from valsim.report.page import Head, page
from valsim.report.section import swept as sections
from valsim.report.section.parts import Section
from valsim.report.section.sweep import counted

Told = Mapping[str, Any]


def render_sweep(told: Told) -> str:
    """Give the whole page as text."""
    return page(*contents(told))


def contents(told: Told) -> tuple[Head, list[Section]]:
    """Give the head and the sections of the page."""
    head = Head(
        company=told["scenario"]["company"],
        name=told["scenario"]["name"],
        about="a sweep",
        facts=f"as of {told['scenario']['as_of']} · {counted(told)}",
        made=f"Made by valsim {told['valsim']} in {told['currency']}. A simulation of stated assumptions, not advice. "
        "± is one Monte Carlo standard error.",
    )
    found = (sections.charts, sections.cases, sections.about)
    return head, [section for build in found if (section := build(told)) is not None]
