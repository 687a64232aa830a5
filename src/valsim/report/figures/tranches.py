"""The tranche funnel: how often each closing is funded, and why not where it is not."""

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from valsim.report import labels
from valsim.report.figures import style

Tranche = Mapping[str, Any]
NAMED_REASONS = 7
OTHER = "other reasons"


def tranche_funnel(tranches: Sequence[Tranche]) -> style.Figure:
    """A bar a tranche, cut into funded and each reason for not being funded."""
    places = list(range(len(tranches)))
    funded = bar(places, [tranche["probability_funded"] for tranche in tranches], "funded", style.BLUE)
    reasons = main_reasons(tranches)
    colours = dict(zip(reasons, style.REASONS, strict=False)) | {OTHER: style.GREY}
    rest = [
        bar(places, [reason_share(tranche, reason, reasons) for tranche in tranches], reason, colours[reason])
        for reason in reasons
    ]
    names = [labels.short(name, 30) for name in row_names(tranches)]
    return style.finished(
        [funded, *rest],
        barmode="stack",
        bargap=0.42,
        height=60 + 58 * len(tranches) + 20 * (len(rest) + 1),
        xaxis={"range": [0, 1.001], "tickformat": ".0%", "dtick": 0.5, "tickangle": 0, "ticklabeloverflow": "allow"},
        yaxis=style.rows_of(names),
        legend={"traceorder": "normal"},
    )


def bar(places: list[int], shares: list[float], words: str, colour: str) -> Any:
    """One stretch of every bar; its share is written in it where there is room."""
    return go.Bar(
        orientation="h",
        x=shares,
        y=places,
        name=style.plain(labels.short(labels.reason(words), 40)),
        marker={"color": colour},
        text=[labels.percent(share) if share >= 0.06 else "" for share in shares],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        hovertemplate=f"%{{x:.1%}} {style.plain(labels.short(labels.reason(words), 80))}<extra></extra>",
    )


def main_reasons(tranches: Sequence[Tranche]) -> list[str]:
    """The heaviest reasons over all tranches, and one name for what is left."""
    totals: dict[str, float] = {}
    for tranche in tranches:
        for reason, share in tranche.get("not_funded_because", {}).items():
            totals[reason] = totals.get(reason, 0.0) + share
    ranked = sorted((reason for reason in totals if totals[reason] > 0), key=lambda reason: -totals[reason])
    return ranked if len(ranked) <= NAMED_REASONS else [*ranked[: NAMED_REASONS - 1], OTHER]


def reason_share(tranche: Tranche, reason: str, named: list[str]) -> float:
    """The chance of one reason in one tranche; "other" holds all that have no name of their own."""
    because = tranche.get("not_funded_because", {})
    if reason != OTHER:
        return float(because.get(reason, 0.0))
    return float(sum(share for other, share in because.items() if other not in named))


def row_names(tranches: Sequence[Tranche]) -> list[str]:
    """The tranches by their own names; with the round in front where two share a name."""
    own = [tranche["tranche"] for tranche in tranches]
    return [
        labels.name(name) if own.count(name) == 1 else labels.tranche_name(tranche)
        for name, tranche in zip(own, tranches, strict=True)
    ]
