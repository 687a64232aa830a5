"""What the equity is worth by date."""

from collections.abc import Mapping
from typing import Any

from valsim.report import labels
from valsim.report.section import choice, fans
from valsim.report.section.parts import Chart, Part, Section

Summary = Mapping[str, Any]
SHOWN = "equity_value"


def section(summary: Summary) -> Section | None:
    """One large fan, with the share of companies that are still in it."""
    series = summary.get("values", {}).get(SHOWN)
    if not series:
        return None
    currency = choice.currency(summary)
    fan = chart(series, currency)
    parts: list[Part] = [fans.slider("value-date", "Equity value", [fan]), fan]
    return Section("value", "Headline equity value by date", fans.finding(series, currency), parts, "Value")


def chart(series: Mapping[str, Any], currency: str) -> Chart:
    """The fan and who is in it."""
    from valsim.report.figures.fan import value_fan

    left, last = labels.percent(series["alive"][-1]), series["dates"][-1][:4]
    text = f"Headline equity is enterprise value plus cash less debt, before any preference: no fair value of a share. The fan is over companies still private, {left} of paths by {last}: those that were sold, listed or wound down have left it."
    return Chart(
        "value",
        fans.title(SHOWN, series, currency),
        value_fan(series, currency),
        text,
        fans.table(SHOWN, series, currency),
        fans.MEASURE,
    )
