"""Cases side by side in pictures: who gets what at which exit, and what each input adds to a difference."""

from collections.abc import Mapping, Sequence
from typing import Any

from valsim.report import labels
from valsim.report.figures import style, ticks
from valsim.report.figures.payoff import looks

Told = Mapping[str, Any]
LONGEST = 40
"""The path of an input is cut to so many characters; the table beside it has it in full."""


def received(cases: Mapping[str, Told], currency: str) -> style.Figure:
    """What a holder gets by what the company leaves to all its holders: a line a case, through the means of its paths."""
    traces = [
        _line(name, rows, look, currency) for (name, rows), look in zip(cases.items(), looks(len(cases)), strict=True)
    ]
    across = [value for rows in cases.values() for value in rows["company"] if value > 0]
    title = f"company leaves {labels.symbol(currency)}%{{x:,.3r}}"
    axis = ticks.amounts(across, currency, currency)
    return style.finished(
        traces,
        height=380,
        hovermode="x unified",
        xaxis=axis | {"title": {"text": "left to all shareholders"}, "unifiedhovertitle": {"text": title}},
        yaxis=ticks.linear(currency, currency),
    )


def _line(name: str, rows: Told, look: Mapping[str, str], currency: str) -> dict[str, Any]:
    return style.trace(
        "scatter",
        x=rows["company"],
        y=rows["holder"],
        mode="lines+markers",
        line={"width": 2.5, **look},
        marker={"size": 5},
        name=style.plain(labels.short(name, 26)),
        customdata=[labels.money(amount, currency) for amount in rows["holder"]],
        hovertemplate="%{customdata}",
    )


def parts(names: Sequence[str], found: Sequence[Told], said: Sequence[str], counts: str, currency: str) -> style.Figure:
    """What each input adds to a difference, a bar an input with two standard errors; what is not told apart from nothing is pale."""
    bars = style.trace(
        "bar",
        orientation="h",
        x=[each["mean"] for each in found],
        y=list(range(len(names))),
        marker={"color": [_colour(each) for each in found]},
        error_x={
            "type": "data",
            "array": [2 * (each["standard_error"] or 0.0) for each in found],
            "thickness": 1.5,
            "color": style.INK,
        },
        customdata=list(said),
        hovertemplate="%{customdata}<extra></extra>",
        showlegend=False,
    )
    prefix = {"tickprefix": labels.symbol(currency)} if counts in ("money", "price") else {}
    across = {"tickformat": ".2~%"} if counts in ("chance", "share", "rate") else prefix
    return style.finished(
        [bars],
        height=90 + 34 * len(names),
        hovermode="closest",
        bargap=0.45,
        xaxis={"zeroline": True, "nticks": 6, **across},
        yaxis=style.rows_of([_ending(name) for name in names]),
    )


def _ending(path: str) -> str:
    """The end of a long path: that is where inputs differ."""
    return path if len(path) <= LONGEST else "…" + path[-LONGEST:]


def _colour(part: Told) -> str:
    colour = style.BLUE if part["mean"] > 0 else style.VERMILLION
    return colour if part["told_apart"] else style.faded(colour, 0.35)
