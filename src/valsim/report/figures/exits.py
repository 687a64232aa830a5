"""How paths end, and how much is in hand by when."""

from collections.abc import Mapping, Sequence
from typing import Any

from valsim.report import labels
from valsim.report.figures import style, ticks
from valsim.report.figures.payoff import cycled


def exit_mix(exits: Mapping[str, float]) -> style.Figure:
    """A bar for each way to end, the likeliest on top."""
    ranked = sorted(exits.items(), key=lambda item: -item[1])
    bars = style.trace(
        "bar",
        orientation="h",
        x=[share for _, share in ranked],
        y=list(range(len(ranked))),
        marker={"color": style.BLUE},
        text=[labels.percent(share) for _, share in ranked],
        textposition="outside",
        cliponaxis=False,
        hoverinfo="skip",
    )
    names = [labels.short(labels.name(kind), 28) for kind, _ in ranked]
    return style.finished(
        [bars],
        height=70 + 42 * len(ranked),
        bargap=0.4,
        margin={"l": 8, "r": 56, "t": 8, "b": 8},
        xaxis={"tickformat": ".0%", "rangemode": "tozero", "nticks": 5},
        yaxis=style.rows_of(names),
    )


def exits_by_year(kinds: Sequence[Mapping[str, Any]]) -> style.Figure:
    """The chance of each way to end by calendar year, stacked."""
    bars = [
        style.trace(
            "bar",
            x=[str(year["year"]) for year in kind["by_year"]],
            y=[year["mean"] for year in kind["by_year"]],
            name=style.plain(labels.short(labels.name(kind["exit"]), 28)),
            marker={"color": colour},
            customdata=[labels.percent(year["mean"]) for year in kind["by_year"]],
            hovertemplate="%{customdata}",
        )
        for kind, colour in zip(kinds, cycled(len(kinds)), strict=True)
    ]
    return style.finished(
        bars,
        barmode="stack",
        bargap=0.35,
        height=300,
        hovermode="x unified",
        xaxis=ticks.years(sorted({str(year["year"]) for kind in kinds for year in kind["by_year"]})),
        yaxis={"tickformat": ".0%", "rangemode": "tozero", "nticks": 5},
        legend={"traceorder": "normal"},
    )


def horizon_bars(horizons: Sequence[Mapping[str, Any]], currency: str) -> style.Figure:
    """Mean proceeds by date: what was realised so far, and what is still held."""
    parts = (
        ("realised_proceeds", "realised by then", style.BLUE),
        ("unrealised", "still held", style.faded(style.BLUE, 0.35)),
    )
    bars = [part(horizons, field, words, colour, currency) for field, words, colour in parts]
    return style.finished(
        bars,
        barmode="stack",
        bargap=0.5,
        height=300,
        hovermode="x unified",
        xaxis=ticks.years([horizon["date"] for horizon in horizons]),
        yaxis=ticks.linear(currency, currency),
        legend={"traceorder": "normal"},
    )


def part(horizons: Sequence[Mapping[str, Any]], field: str, words: str, colour: str, currency: str) -> Any:
    """One stretch of every column."""
    means = [labels.estimate(horizon[field]).mean for horizon in horizons]
    return style.trace(
        "bar",
        x=[horizon["date"] for horizon in horizons],
        y=means,
        name=words,
        marker={"color": colour},
        customdata=[labels.money(mean, currency) for mean in means],
        hovertemplate="%{customdata} " + words + "<extra></extra>",
    )
