"""Who is paid what at each exit value, at the opening cap table."""

from collections.abc import Mapping, Sequence
from typing import Any

from valsim.report import labels
from valsim.report.figures import style, ticks

Payoffs = Mapping[str, Any]


def class_shares(payoffs: Payoffs, currency: str) -> style.Figure:
    """How an exit is split between classes: shares of the proceeds, stacked to one."""
    values = payoffs["exit_values"]
    traces = [
        share_area(values, payout, name, colour, currency)
        for (name, payout), colour in zip(payoffs["classes"].items(), cycled(len(payoffs["classes"])), strict=True)
    ]
    return style.finished(
        traces, **layout(payoffs, currency), yaxis={"range": [0, 1], "tickformat": ".0%", "dtick": 0.25}
    )


def holder_payouts(payoffs: Payoffs, currency: str) -> style.Figure:
    """What each holder receives, in money; both axes are logarithmic where the values span decades."""
    values = payoffs["exit_values"]
    traces = [
        payout_line(values, payout, name, look, currency)
        for (name, payout), look in zip(payoffs["holders"].items(), looks(len(payoffs["holders"])), strict=True)
    ]
    paid = [amount for payout in payoffs["holders"].values() for amount in payout if amount > 0]
    up = ticks.amounts([max(min(paid), max(paid) / 1e4), max(paid)] if paid else [], currency, currency)
    return style.finished(traces, **layout(payoffs, currency), yaxis=up)


def share_area(values: list[float], payout: list[float], name: str, colour: str, currency: str) -> Any:
    """One class as a stretch of the whole."""
    shares = [amount / value for amount, value in zip(payout, values, strict=True)]
    return layer(values, shares, payout, name, colour, currency) | {"hovertemplate": "%{y:.0%} (%{customdata})"}


def layer(
    values: list[float], heights: list[float], payout: list[float], name: str, colour: str, currency: str
) -> dict[str, Any]:
    """One class as a layer of some heights on the others; what it is paid is told in money."""
    return style.trace(
        "scatter",
        x=values,
        y=heights,
        stackgroup="all",
        mode="lines",
        line={"width": 0.5, "color": colour},
        fillcolor=style.faded(colour, 0.75),
        name=style.plain(labels.short(labels.name(name), 26)),
        customdata=[labels.money(amount, currency) for amount in payout],
        hovertemplate="%{customdata}",
    )


def payout_line(values: list[float], payout: list[float], name: str, look: Mapping[str, str], currency: str) -> Any:
    """One holder; nothing is drawn where it receives nothing, as a logarithm has no zero."""
    return style.trace(
        "scatter",
        x=values,
        y=[amount or None for amount in payout],
        mode="lines",
        line={"width": 2.5, **look},
        name=style.plain(labels.short(labels.name(name), 26)),
        customdata=[labels.money(amount, currency) for amount in payout],
        hovertemplate="%{customdata}",
    )


def layout(payoffs: Payoffs, currency: str) -> dict[str, Any]:
    """Exit value across, a hair line at each breakpoint."""
    title = f"exit at {labels.symbol(currency)}%{{x:,.3r}}"
    across = ticks.amounts([value for value in payoffs["exit_values"] if value > 0], currency, currency)
    return {
        "height": 380,
        "hovermode": "x unified",
        "xaxis": across | {"title": {"text": "proceeds of an acquisition"}, "unifiedhovertitle": {"text": title}},
        "shapes": [*map(bend, payoffs.get("breakpoints", [])), *map(jump, payoffs.get("discontinuities", []))],
        "legend": {"traceorder": "normal"},
    }


def bend(at: float) -> dict[str, Any]:
    """A hair line where the next dollar is shared out anew."""
    return style.vertical(at, style.MUTED, "above")


def jump(at: float) -> dict[str, Any]:
    """A solid line where payouts jump."""
    line = style.vertical(at, style.VERMILLION, "above")
    return line | {"line": {"color": style.VERMILLION, "width": 2, "dash": "solid"}}


def looks(count: int) -> Sequence[Mapping[str, str]]:
    """So many lines that differ: after the colours come the same ones dashed and dotted."""
    dashes = ("solid", "dash", "dot")
    return [
        {"color": colour, "dash": dashes[place // len(style.SERIES) % len(dashes)]}
        for place, colour in enumerate(cycled(count))
    ]


def cycled(count: int) -> Sequence[str]:
    """So many colours; they repeat after eight."""
    return [style.SERIES[index % len(style.SERIES)] for index in range(count)]
