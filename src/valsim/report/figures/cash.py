"""When cash goes in and comes back, and how long an exit is waited for."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from valsim.report import labels
from valsim.report.figures import style, ticks

Years = Sequence[Mapping[str, Any]]
HEIGHT = 300
LATER = "later<br>or never"
TWO = 2
"""How many standard errors the bars of an error reach to either side."""


def cash_flows(years: Years, currency: str) -> style.Figure:
    """Mean cash of a holder by calendar year: out below the line, in above it, and what has come back less what went, so far."""
    flows = (("paid", "paid in", style.ORANGE, -1), ("received", "received", style.BLUE, 1))
    bars = [flow(years, what, words, colour, sign, currency) for what, words, colour, sign in flows]
    drawn = [*bars, so_far(years, currency)]
    heights = [height for trace in drawn for height in trace["y"] if height is not None]
    return style.finished(
        drawn,
        barmode="relative",
        bargap=0.35,
        height=HEIGHT,
        hovermode="x unified",
        xaxis=ticks.years([str(year["year"]) for year in years]),
        yaxis=ticks.signed(heights, currency) | {"zeroline": True},
        legend={"traceorder": "normal"},
    )


def flow(years: Years, what: str, words: str, colour: str, sign: int, currency: str) -> Any:
    """One direction of the cash."""
    means = [sign * (labels.estimate(year[what]).mean or 0.0) for year in years]
    return style.trace(
        "bar",
        x=[str(year["year"]) for year in years],
        y=means,
        name=words,
        marker={"color": colour},
        customdata=[labels.money(abs(mean), currency) for mean in means],
        hovertemplate="%{customdata} " + words + "<extra></extra>",
    )


def so_far(years: Years, currency: str) -> Any:
    """The cumulative line, the J-curve, with two standard errors to either side."""
    sums = [labels.estimate(year["cumulative"]) for year in years]
    return style.trace(
        "scatter",
        x=[str(year["year"]) for year in years],
        y=[each.mean for each in sums],
        **bars_of(sums),
        mode="lines+markers",
        line={"color": style.INK, "width": 2},
        customdata=[
            " ".join(filter(None, labels.with_error(each.mean, each.standard_error, currency))) for each in sums
        ],
        hovertemplate="%{customdata} so far<extra></extra>",
    )


def bars_of(sums: Sequence[labels.Estimate]) -> dict[str, Any]:
    """The name of the line and the bars of its errors, where any is known."""
    if all(each.standard_error is None for each in sums):
        return {"name": "so far"}
    apart = [TWO * (each.standard_error or 0.0) for each in sums]
    drawn = {"type": "data", "array": apart, "thickness": 1.5, "width": 4}
    return {"name": "so far (bar: two standard errors)", "error_y": drawn}


def time_to_liquidity(waits: Years) -> style.Figure:
    """The chance of having the exit in each year from the start, and of having it later or never."""
    still = [1.0, *(labels.estimate(each).mean or 0.0 for each in waits)]
    shares = [*(before - after for before, after in pairwise(still)), still[-1]]
    names = [f"{each['years']:g}" for each in waits]
    bars = style.trace(
        "bar",
        x=[*names, LATER],
        y=shares,
        marker={"color": [*(style.BLUE for _ in names), style.GREY]},
        text=[labels.percent(share) for share in shares],
        textposition="outside",
        cliponaxis=False,
        hoverinfo="skip",
    )
    return style.finished(
        [bars],
        height=HEIGHT,
        bargap=0.3,
        xaxis={
            "type": "category",
            "showgrid": False,
            "tickangle": 0,
            "title": {"text": "up to this many years from the start"},
        },
        yaxis={"tickformat": ".0%", "rangemode": "tozero", "nticks": 5},
    )
