"""The least that a file on each template says."""

from valsim.scenario.load import parse_document, scenario_of
from valsim.scenario.model import Scenario

_FILE = """\
extends: {template}
name: Minimal
as_of: 2026-11-01
company: {{name: Minimal, cash: {cash}, debt: 0 USD}}
captable:
  classes:
    common: {{kind: common, shares: 10M}}
    last: {{kind: preferred, issued: 2026-10-01, new_money: {cash}, post_money_valuation: {price},
      liquidation_preference_multiple: 1, participation: none, seniority: 1, anti_dilution: broad_based_weighted_average}}
"""

SIZES = {
    "ai_lab": ("900M USD", "6B USD"),
    "defence_ai": ("300M USD", "3.4B USD"),
    "enterprise_software": ("40M USD", "350M USD"),
}
"""The cash and the price of a company as large as the template's numbers say."""

MINIMAL = {name: _FILE.format(template=name, cash=cash, price=price) for name, (cash, price) in SIZES.items()}
"""The text of the file on each template."""


def minimal(template: str, *overrides: str) -> Scenario:
    """Read the least file on a template, with some values replaced."""
    return scenario_of(parse_document(MINIMAL[template], "minimal.yaml", overrides))
