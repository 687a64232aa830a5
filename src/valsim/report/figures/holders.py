"""What each holder makes of its money: the spread of its multiple."""

from collections.abc import Mapping, Sequence
from typing import Any

from valsim.report import labels
from valsim.report.figures import style
from valsim.report.section import choice

Holder = Mapping[str, Any]


def holder_multiples(holders: Sequence[Holder]) -> style.Figure | None:
    """A box a holder: half of the paths in the box, nine in ten between the whiskers, money back at 1x."""
    paid = [holder for holder in holders if choice.has_returns(holder)]
    invested = [holder for holder in paid if labels.estimate(holder.get("moic")).at("0.5") is not None]
    if not invested:
        return None
    names = [labels.short(labels.name(holder["name"]), 24) for holder in invested]
    places = list(range(len(invested)))
    return style.finished(
        [boxes(invested, places), means(invested, places)],
        height=90 + 46 * len(invested),
        showlegend=False,
        hovermode="closest",
        xaxis={"ticksuffix": "x", "rangemode": "tozero", "title": {"text": "multiple of money"}},
        yaxis=style.rows_of(names),
        shapes=[style.vertical(1, style.MUTED)],
    )


def boxes(holders: Sequence[Holder], places: list[int]) -> Any:
    """Boxes from quantiles, not from paths: plotly draws them from five numbers each."""
    spreads = [labels.estimate(holder["moic"]).quantiles for holder in holders]
    ends = {"lowerfence": "0.05", "q1": "0.25", "median": "0.5", "q3": "0.75", "upperfence": "0.95"}
    return style.trace(
        "box",
        orientation="h",
        y=places,
        **{end: [spread.get(level) for spread in spreads] for end, level in ends.items()},
        width=0.5,
        line={"color": style.BLUE, "width": 1.5},
        fillcolor=style.faded(style.BLUE, 0.22),
        hoverinfo="skip",
    )


def means(holders: Sequence[Holder], places: list[int]) -> Any:
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
        y=places,
        mode="markers",
        marker={"symbol": "diamond", "size": 9, "color": style.ORANGE},
        customdata=words,
        hovertemplate="%{customdata}<extra></extra>",
    )
