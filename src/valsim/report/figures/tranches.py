"""The tranche funnel: how often each closing is funded, and why not where it is not."""

from collections.abc import Mapping, Sequence
from typing import Any

from valsim.report import labels
from valsim.report.figures import style
from valsim.report.section import choice

Tranche = Mapping[str, Any]
NAMED_REASONS = 7
OTHER = "other reasons"
QUIET = {
    "the closing before it was not funded": style.SILVER,
    "the company had ended before": style.GREY,
    OTHER: style.MUTED,
}
"""The reasons that are no event of the tranche itself stand back."""


def tranche_funnel(tranches: Sequence[Tranche]) -> style.Figure:
    """A bar a tranche, cut into funded and each reason for not being funded."""
    places = list(range(len(tranches)))
    funded = bar(places, [tranche["probability_funded"] for tranche in tranches], "funded", style.BLUE)
    reasons = main_reasons(tranches)
    colours = reason_colours(reasons)
    rest = [
        bar(places, [reason_share(tranche, reason, reasons) for tranche in tranches], reason, colours[reason])
        for reason in reasons
    ]
    names = choice.tranche_labels(tranches)
    return style.finished(
        [funded, *rest],
        barmode="stack",
        bargap=0.42,
        height=60 + 58 * len(tranches) + 20 * (len(rest) + 1),
        xaxis={"range": [0, 1.001], "tickformat": ".0%", "dtick": 0.5, "tickangle": 0, "ticklabeloverflow": "allow"},
        yaxis=style.rows_of([two_lines(name) for name in names], plain=str),
        legend={"traceorder": "normal"},
    )


def bar(places: list[int], shares: list[float], words: str, colour: str) -> Any:
    """One stretch of every bar; its share is written in it where there is room."""
    return style.trace(
        "bar",
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


def reason_colours(reasons: Sequence[str]) -> dict[str, str]:
    """A colour for each reason; grey for what is not of the tranche's own making."""
    own = [reason for reason in reasons if reason not in QUIET]
    return dict(zip(own, style.REASONS, strict=False)) | QUIET


def main_reasons(tranches: Sequence[Tranche]) -> list[str]:
    """The reasons that weigh most in any one tranche, those that are quiet last, and one name for what is left."""
    most: dict[str, float] = {}
    for tranche in tranches:
        for reason, share in choice.reasons(tranche).items():
            most[reason] = max(most.get(reason, 0.0), share)
    ranked = sorted((reason for reason in most if most[reason] > 0), key=lambda reason: -most[reason])
    named = sorted(ranked[:NAMED_REASONS], key=lambda reason: reason in QUIET)
    return named if len(ranked) <= NAMED_REASONS else [*named, OTHER]


def reason_share(tranche: Tranche, reason: str, named: list[str]) -> float:
    """The chance of one reason in one tranche; "other" holds all that have no name of their own."""
    because = choice.reasons(tranche)
    if reason != OTHER:
        return float(because.get(reason, 0.0))
    return float(sum(share for other, share in because.items() if other not in named))


def two_lines(name: str) -> str:
    """A round over its tranche, so that the names leave room for the bars."""
    return "<br>".join(style.plain(labels.short(part, 26)) for part in name.split(": ", 1))
