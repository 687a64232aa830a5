"""The payoff diagram of one cap table: what each class is paid, stacked, against the proceeds."""

from collections.abc import Mapping, Sequence
from typing import Any

from valsim.report import labels
from valsim.report.figures import style, ticks
from valsim.report.figures.payoff import bend, cycled, jump, layer

DEBT = labels.name("debt")


def payoff_diagram(curve: Mapping[str, Any], asked: Sequence[float], currency: str) -> style.Figure:
    """Who is paid how much at each value of the proceeds, stacked up to all of it; ``asked`` are marked on the axis."""
    paid = payouts(curve)
    traces = [
        layer(curve["proceeds"], row, row, name, colour, currency)
        for (name, row), colour in zip(paid.items(), cycled(len(paid)), strict=True)
    ]
    title = f"{labels.symbol(currency)}%{{x:,.4r}}"
    across = ticks.linear(currency, currency) | {
        "title": {"text": "proceeds of the exit"},
        "unifiedhovertitle": {"text": f"out of {title}"},
        "range": [0, max(curve["proceeds"])],
    }
    return style.finished(
        [*traces, marks(asked)],
        height=440,
        hovermode="x unified",
        xaxis=across,
        yaxis=ticks.linear(currency, currency),
        shapes=[*map(bend, curve["breakpoints"]), *map(jump, curve["discontinuities"])],
        legend={"traceorder": "normal"},
    )


def payouts(curve: Mapping[str, Any]) -> dict[str, list[float]]:
    """Those who are ever paid: who is paid first, then the classes in the order of the document."""
    classes = {name: each["payout"] for name, each in curve["classes"].items()}
    return paid_first(curve) | {name: row for name, row in classes.items() if any(row)}


def paid_first(told: Mapping[str, Any]) -> dict[str, list[float]]:
    """Those who are ever paid before any class, in their order."""
    keys = ("transaction_costs", "debt", "carve_out")
    return {labels.name(key): told[key] for key in keys if any(told.get(key, ()))}


def marks(asked: Sequence[float]) -> Any:
    """The proceeds that were asked about, as ticks on the axis."""
    return style.trace(
        "scatter",
        x=list(asked),
        y=[0.0] * len(asked),
        mode="markers",
        marker={"symbol": "triangle-up", "size": 11, "color": style.INK, "line": {"width": 1, "color": style.PAPER}},
        cliponaxis=False,
        name="asked for",
        hoverinfo="skip",
    )
