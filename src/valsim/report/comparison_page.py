"""A comparison as a page: the measures, the terms that differ, who gets what, and what explains it."""

from collections.abc import Mapping
from typing import Any

from valsim.report.page import Head, page
from valsim.report.section import side_by_side as sections
from valsim.report.section.parts import Section

Told = Mapping[str, Any]


def render_comparison(told: Told) -> str:
    """Give the whole page as text."""
    return page(*contents(told))


def contents(told: Told) -> tuple[Head, list[Section]]:
    """Give the head and the sections of the page."""
    run, names = told["run"], " beside ".join(case["name"] for case in told["cases"])
    companies = dict.fromkeys(case["company"] for case in told["cases"])
    head = Head(
        company=" and ".join(companies),
        name=names,
        about="term sheets side by side",
        facts=f"{run['paths']:,} paths a case · seed {run['seed']}",
        made=f"Made by valsim {told['valsim']} in {told['currency']}. A simulation of stated assumptions, not advice. "
        "± is one Monte Carlo standard error.",
    )
    found = (sections.measures, sections.terms, sections.explained, sections.received, sections.about)
    return head, [section for build in found if (section := build(told)) is not None]
