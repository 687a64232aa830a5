"""The fair value of one cap table as a page: each class beside the headline, what makes the gap, and how it was valued."""

from collections.abc import Mapping
from typing import Any

from valsim.report.page import Head, page
from valsim.report.section import attribution, fair_value
from valsim.report.section.parts import Section

Told = Mapping[str, Any]


def render_fair_value(told: Told, valsim: str) -> str:
    """Give the whole page as text."""
    return page(*contents(told, valsim))


def contents(told: Told, valsim: str) -> tuple[Head, list[Section]]:
    """Give the head and the sections of the page."""
    name, about = told["name"] or "Fair value", fair_value.facts(told)
    amounts = f" in {told['currency']}" if told["currency"] else ""
    made = f"Made by valsim {valsim}{amounts}. Present values of a stated model, not advice."
    head = Head(company="", name=name, about=about, facts=about, made=made)
    return head, [fair_value.worth(told), *attribution.sections(told), fair_value.valued(told)]
