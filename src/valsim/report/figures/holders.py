"""What each holder makes of its money: the spread of its multiple."""

from collections.abc import Mapping, Sequence
from typing import Any

from valsim.report import labels
from valsim.report.figures import style
from valsim.report.section import choice

Holder = Mapping[str, Any]


def holder_multiples(holders: Sequence[Holder]) -> style.Figure | None:
    """A line a holder: half of the paths on the thick part, nine in ten on the thin one, a stroke at the median, money back at 1x."""
    paid = [holder for holder in holders if choice.has_returns(holder)]
    invested = [holder for holder in paid if labels.estimate(holder.get("moic")).at("0.5") is not None]
    if not invested:
        return None
    names = [labels.name(holder["name"]) for holder in invested]
    return style.finished(
        [
            spans(invested, ("0.05", "0.95"), {"color": style.BLUE, "width": 1.5}),
            spans(invested, ("0.25", "0.75"), {"color": style.faded(style.BLUE, 0.35), "width": 20}),
            medians(invested),
            means(invested),
        ],
        height=90 + 46 * len(invested),
        showlegend=False,
        hovermode="closest",
        xaxis={"ticksuffix": "x", "rangemode": "tozero", "title": {"text": "multiple of money"}},
        yaxis=style.rows_of(names, style.in_two_lines),
        shapes=[style.vertical(1, style.MUTED)],
    )


def spans(holders: Sequence[Holder], ends: tuple[str, str], line: Mapping[str, Any]) -> Any:
    """A line a holder from one quantile to another."""
    spreads = [labels.estimate(holder["moic"]).quantiles for holder in holders]
    return style.trace(
        "scatter",
        x=[value for spread in spreads for value in (*(spread.get(end) for end in ends), None)],
        y=[value for place in range(len(holders)) for value in (place, place, None)],
        mode="lines",
        line=dict(line),
        hoverinfo="skip",
    )


def medians(holders: Sequence[Holder]) -> Any:
    """A stroke across the line of each holder."""
    return style.trace(
        "scatter",
        x=[labels.estimate(holder["moic"]).at("0.5") for holder in holders],
        y=list(range(len(holders))),
        mode="markers",
        marker={"symbol": "line-ns", "size": 20, "line": {"color": style.BLUE, "width": 3}},
        hoverinfo="skip",
    )


def means(holders: Sequence[Holder]) -> Any:
    """The mean as a diamond, which also carries the words of the hover."""
    estimates = [labels.estimate(holder["moic"]) for holder in holders]
    words = [
        f"<b>{style.plain(labels.short(labels.name(holder['name']), 40))}</b><br>median {labels.multiple(moic.at('0.5'))}"
        f", mean {labels.multiple(moic.mean)}<br>nine in ten: {labels.multiple(moic.at('0.05'))} to {labels.multiple(moic.at('0.95'))}"
        for holder, moic in zip(holders, estimates, strict=True)
    ]
    return style.trace(
        "scatter",
        x=[moic.mean for moic in estimates],
        y=list(range(len(holders))),
        mode="markers",
        marker={"symbol": "diamond", "size": 9, "color": style.ORANGE},
        customdata=words,
        hovertemplate="%{customdata}<extra></extra>",
    )
