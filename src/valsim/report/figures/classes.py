"""What a share of each class is worth today beside the price last paid for it."""

from collections.abc import Mapping, Sequence
from typing import Any

from valsim.report import labels
from valsim.report.figures import style

ShareClass = Mapping[str, Any]


def class_values(classes: Sequence[ShareClass], currency: str) -> style.Figure:
    """Two marks a class, joined: the last price (open) and the present value with its error (filled).

    A class that is worth nothing and was never sold, such as an unissued pool, is left to the table.
    """
    classes = [share for share in classes if share["present_value_per_share"] or share.get("last_price")]
    places = list(range(len(classes)))
    names = [labels.short(labels.name(share["name"]), 24) for share in classes]
    return style.finished(
        [joins(classes), last_prices(classes, places, currency), present_values(classes, places, currency)],
        height=120 + 40 * len(classes),
        hovermode="closest",
        xaxis={"tickprefix": labels.symbol(currency), "rangemode": "tozero", "title": {"text": "a share"}},
        yaxis=style.rows_of(names),
    )


def joins(classes: Sequence[ShareClass]) -> Any:
    """The gap between price and value as a thin line; ``None`` lifts the pen between classes."""
    pairs = [
        (place, share)
        for place, share in enumerate(classes)
        if share.get("last_price") and share["present_value_per_share"]
    ]
    across = [end for _, share in pairs for end in (share["last_price"], share["present_value_per_share"], None)]
    down = [end for place, _ in pairs for end in (place, place, None)]
    return style.trace(
        "scatter",
        x=across,
        y=down,
        mode="lines",
        line={"color": style.GREY, "width": 2},
        hoverinfo="skip",
        showlegend=False,
    )


def last_prices(classes: Sequence[ShareClass], places: list[int], currency: str) -> Any:
    """Open circles at the last price, for the classes that were ever sold."""
    return style.trace(
        "scatter",
        x=[share.get("last_price") or None for share in classes],
        y=places,
        mode="markers",
        name="last price",
        marker={"symbol": "circle-open", "size": 11, "color": style.VERMILLION, "line": {"width": 2.5}},
        customdata=[labels.price(share.get("last_price"), currency) for share in classes],
        hovertemplate="%{customdata} last price<extra></extra>",
    )


def present_values(classes: Sequence[ShareClass], places: list[int], currency: str) -> Any:
    """Filled circles at the present value, with two standard errors."""
    errors = [share.get("standard_error") or 0.0 for share in classes]
    return style.trace(
        "scatter",
        x=[share["present_value_per_share"] for share in classes],
        y=places,
        mode="markers",
        name="present value (bar: two standard errors)",
        marker={"size": 11, "color": style.BLUE},
        error_x={"type": "data", "array": [2 * error for error in errors], "color": style.BLUE, "thickness": 1.5},
        customdata=[
            " ".join(labels.price_with_error(share["present_value_per_share"], error, currency))
            for share, error in zip(classes, errors, strict=True)
        ],
        hovertemplate="%{customdata} present value<extra></extra>",
    )
