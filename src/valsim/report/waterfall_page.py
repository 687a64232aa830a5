"""The waterfall of one contract as a page: tables, the payoff diagram and who gets the next dollar."""

from collections.abc import Mapping
from typing import Any

from valsim.report.page import Head, page
from valsim.report.section import readings
from valsim.report.section import waterfall as section

Told = Mapping[str, Any]


def render_waterfall(told: Told, curve: Told, valsim: str) -> str:
    """Give the whole page as text: what some proceeds pay, and the curve that the diagram shows."""
    name, kind = told["name"] or "Waterfall", section.EXITS[told["exit"]]
    about = f"{kind}{' on ' + told['on'] if told['on'] else ''}"
    amounts = f" in {told['currency']}" if told["currency"] else ""
    made = f"Made by valsim {valsim}{amounts}. What the contract pays, with no probability. Not advice."
    head = Head(company="", name=name, about=about, facts=about, made=made)
    sections = [section.paid(told), section.diagram(told, curve), section.next_dollar(told), readings.section(told)]
    return page(head, [each for each in sections if each is not None])
