"""What losses come from: the chance of a loss of each holder, cut into its causes."""

from collections.abc import Mapping, Sequence
from typing import Any

from valsim.report import labels
from valsim.report.figures import style
from valsim.report.figures.tranches import bar
from valsim.report.section.loss_causes import CAUSES, chance_of

COLOURS: Mapping[str, str] = {
    "multiple": style.ORANGE,
    "business": style.PURPLE,
    "dilution": style.GREEN,
    "stack": style.SKY,
    "wind_down": style.GREY,
    "still_private": style.SILVER,
}
"""The colour of each cause; what ends a company as a whole stands back."""


def loss_causes(holders: Sequence[Mapping[str, Any]]) -> style.Figure:
    """A bar a holder, as long as its chance of a loss, cut into what the losses come from."""
    places = list(range(len(holders)))
    told = [name for name in CAUSES if any(chance_of(holder, name) for holder in holders)]
    return style.finished(
        [bar(places, [chance_of(each, name) for each in holders], CAUSES[name], COLOURS[name]) for name in told],
        barmode="stack",
        bargap=0.42,
        height=80 + 44 * len(holders) + 20 * len(told),
        xaxis={"range": [0, 1.001], "tickformat": ".0%", "dtick": 0.5, "tickangle": 0, "ticklabeloverflow": "allow"},
        yaxis=style.rows_of([labels.name(holder["name"]) for holder in holders], style.in_two_lines),
        legend={"traceorder": "normal"},
    )
