"""The value of the company by date."""

from collections.abc import Mapping
from typing import Any

from valsim.report import labels
from valsim.report.figures.fan import value_fan
from valsim.report.section import choice, fans
from valsim.report.section.parts import Chart, Section

Summary = Mapping[str, Any]
MONEY_VALUES = ("equity_value", "enterprise_value")


def section(summary: Summary) -> Section | None:
    """A large fan for equity; enterprise value follows where the summary has it."""
    found = [name for name in MONEY_VALUES if name in summary.get("values", {})]
    if not found:
        return None
    charts = [chart(name, summary["values"][name], choice.currency(summary)) for name in found]
    lead = fans.finding(summary["values"][found[0]], choice.currency(summary), fans.label(found[0], summary["values"][found[0]]))
    return Section("value", "Company value by date", lead, charts, "Value")


def chart(name: str, series: Mapping[str, Any], currency: str) -> Chart:
    """One fan with the share of companies still private."""
    left = labels.percent(series["alive"][-1])
    text = f"{fans.finding(series, currency, fans.label(name, series))} By then {left} of companies are still private; those that left are not in the fan."
    return Chart(f"value-{name}", fans.title(name, series, currency), value_fan(series, currency), text, fans.table(name, series, currency), fans.MEASURE)
