"""The right to walk away as a page."""

from collections.abc import Mapping
from typing import Any

from valsim.report.page import Head, page
from valsim.report.section import right_to_walk as section
from valsim.report.section.parts import Section

Told = Mapping[str, Any]


def render_right_to_walk(told: Told) -> str:
    """Give the whole page as text."""
    return page(*contents(told))


def contents(told: Told) -> tuple[Head, list[Section]]:
    """Give the head and the sections of the page."""
    scenario, run = told["scenario"], told["run"]
    facts = f"as of {scenario['as_of']} · {run['paths']:,} paths · seed {run['seed']} · trained on {run['training_paths']:,} others"
    made = f"Made by valsim {told['valsim']} in {scenario['currency']}. A simulation of stated assumptions, not advice. ± is one Monte Carlo standard error."
    head = Head(scenario["company"], scenario["name"], f"as of {scenario['as_of']}", facts, made)
    return head, [section.worth(told), section.when(told), section.tranches(told)]
