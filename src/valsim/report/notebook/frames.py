"""The tables of a result: each of one kind of observation, with its standard errors beside."""

import difflib
from collections.abc import Callable, Mapping
from functools import cache, partial
from types import MappingProxyType
from typing import Any

import numpy as np

from valsim.core.shown import Drawn
from valsim.outcome.units import column_units
from valsim.report.notebook.frame import Frame, frame
from valsim.result import Result

Summary = Mapping[str, Any]
Row = dict[str, Any]
BY_NAME = frozenset(
    {"loss_causes", "never_invested_because", "not_funded_because", "milestones", "defaults_if_funded", "outcomes", "tail", "break_even"}
)  # fmt: skip
"""What a row says of several things by their names: it is a table of its own, or left to the summary."""
MONEY = (
    "at_exit", "carry", "invested", "invested_today", "liquidation_preference", "new_money", "paid", "post_money_valuation",
    "present_value", "proceeds", "realised", "realised_proceeds", "received", "unrealised",
)  # fmt: skip
A_SHARE = (
    "last_price",
    "present_value_per_share",
    "price_per_share",
    "prices_for_target_return",
    "prices_paid",
    "prices_worth_today",
)
"""The beginnings of columns of money, in all and for a share."""


class Frames:
    """The tables of a result, by name: ``result.frames.holders.to_pandas()``; ``dir(result.frames)`` lists them.

    ``holders``, ``classes``, ``tranches`` and ``exits`` have a row for each, ``values`` one for each quantity, date and level of a
    quantile, and ``means`` one for each quantity and date. Of a result, ``paths`` has one for each path.
    """

    def __init__(self, summary: Summary, paths: Callable[[], Frame] | None = None) -> None:
        own = {} if paths is None else {"paths": cache(paths)}
        self._makers: Mapping[str, Callable[[], Frame]] = {
            name: cache(partial(make, summary)) for name, make in FRAMES.items()
        } | own

    def __getattr__(self, name: str) -> Frame:
        if name.startswith("_"):  # asked by notebooks of every object, and no table
            raise AttributeError(name)
        if name not in self._makers:
            near = difflib.get_close_matches(name, self._makers, 1)
            meant = f" Did you mean {near[0]!r}?" if near else ""
            raise AttributeError(f"there is no table {name!r}.{meant} There are {', '.join(self._makers)}")
        return self._makers[name]()

    def __dir__(self) -> list[str]:
        return sorted(self._makers)

    def __repr__(self) -> str:
        return "\n".join(f"result.frames.{name}" for name in self._makers)


def flat(row: Mapping[str, Any], *, head: str = "") -> Row:
    """Give a row whose numbers are nested as one of plain columns; levels of quantiles are named as in a document.

    >>> flat({"name": "me", "moic": {"mean": 2.0, "standard_error": 0.1, "quantiles": {"0.05": 0.0, "0.5": 1.5}}})
    {'name': 'me', 'moic_mean': 2.0, 'moic_standard_error': 0.1, 'moic_p5': 0.0, 'moic_p50': 1.5}
    """
    found: Row = {}
    for key, value in row.items():
        match value:
            case Mapping() if key == "quantiles":
                found |= {f"{head}p{float(level) * 100:g}": number for level, number in value.items()}
            case Mapping() if key not in BY_NAME:
                found |= flat(value, head=f"{head}{key}_")
            case str() | bool() | int() | float() | None:
                found[head + key] = value
    return found


def units(rows: list[Row], currency: str) -> dict[str, str]:
    """Give the units of the columns of money."""
    columns = dict.fromkeys(name for row in rows for name in row)
    of = {**dict.fromkeys(MONEY, currency), **dict.fromkeys(A_SHARE, f"{currency}/share")}
    heads = {
        column: max((head for head in of if column == head or column.startswith(f"{head}_")), key=len, default="")
        for column in columns
    }
    return {column: of[head] for column, head in heads.items() if head and "_over_" not in column}


def listed(name: str, rows: Callable[[Summary], list[Row]]) -> Callable[[Summary], Frame]:
    """Make what gives a frame of some rows of a summary."""

    def made(summary: Summary) -> Frame:
        found = rows(summary)
        return frame(name, found, units(found, summary["scenario"]["currency"]))

    return made


def frames_of(found: Drawn) -> Frames:
    """Give the tables of what has a summary; a result has its paths at hand, those of a saved run are in a file."""
    return Frames(found.summary, partial(paths_of, found) if isinstance(found, Result) else None)


def paths_of(result: Result) -> Frame:
    """Give what every path came to under both measures, by the names and in the units of the Parquet file of a run."""
    both = {"real_world": result.outcomes, "risk_neutral": result.valued}
    columns = {".".join((measure, *key)): table[key] for measure, table in both.items() for key in table}
    named = {
        ".".join((measure, *key)): unit
        for measure, table in both.items()
        for key, unit in column_units({key: table[key].dtype for key in table}, result.scenario).items()
        if unit
    }
    return Frame("paths", {"path": np.arange(result.manifest.paths), **columns}, named)


def named_error(of: str, row: Mapping[str, Any]) -> Row:
    """Give a row whose standard error says what it is of."""
    return flat({f"{of}_standard_error" if key == "standard_error" else key: value for key, value in row.items()})


def closing(tranche: Mapping[str, Any]) -> Row:
    """Name a tranche."""
    return {"round": tranche["round"], "tranche": tranche["tranche"]}


def tranches(summary: Summary) -> list[Row]:
    """A row for each tranche, with the days between which it may close."""
    found = summary.get("tranches") or []
    windows = [dict(zip(("first", "last"), each.get("window") or (), strict=False)) for each in found]
    return [
        closing(each) | window | named_error("probability_funded", each)
        for each, window in zip(found, windows, strict=True)
    ]


def reasons(summary: Summary) -> list[Row]:
    """A row for each tranche and each reason why it is not funded."""
    return [
        closing(each) | {"reason": reason, "probability": share}
        for each in summary.get("tranches") or []
        for reason, share in each["not_funded_because"].items()
    ]


def loss_causes(summary: Summary) -> list[Row]:
    """A row for each holder and each cause of a loss."""
    return [
        {"holder": each["name"], "cause": cause} | flat(found)
        for each in summary.get("holders", ())
        for cause, found in (each.get("loss_causes") or {}).items()
    ]


def cash(summary: Summary) -> list[Row]:
    """A row for each holder and year: what it paid and received."""
    return [
        {"holder": each["name"]} | flat(year)
        for each in summary.get("holders", ())
        for year in each.get("cash_by_year") or ()
    ]


def exits(summary: Summary) -> list[Row]:
    """A row for each way to end."""
    errors = summary.get("exit_standard_errors") or {}
    return [
        {"exit": name, "probability": share, "standard_error": errors.get(name)}
        for name, share in summary["exits"].items()
    ]


def values(summary: Summary) -> list[Row]:
    """A row for each quantity, date and level of a quantile, among companies still private."""
    return [
        {"quantity": name, "unit": each.get("unit"), "date": date, "level": float(level), "value": value}
        for name, each in summary.get("values", {}).items()
        for level, row in each["quantiles"].items()
        for date, value in zip(each["dates"], row, strict=True)
    ]


def means(summary: Summary) -> list[Row]:
    """A row for each quantity and date: the mean, and the share of companies still private that it is over."""
    return [
        {
            "quantity": name,
            "unit": each.get("unit"),
            "date": date,
            "still_private": alive,
            "mean": mean,
            "standard_error": error,
        }
        for name, each in summary.get("values", {}).items()
        for date, alive, mean, error in zip(
            each["dates"], each["alive"], each["mean"], each["standard_error"], strict=True
        )
    ]


FRAMES: Mapping[str, Callable[[Summary], Frame]] = MappingProxyType(
    {
        name: listed(name, rows)
        for name, rows in {
            "holders": lambda summary: [flat(each) for each in summary.get("holders", ())],
            "loss_causes": loss_causes,
            "cash": cash,
            "classes": lambda summary: [
                named_error("present_value_per_share", each) for each in summary.get("classes", ())
            ],
            "tranches": tranches,
            "reasons": reasons,
            "exits": exits,
            "horizons": lambda summary: [flat(each) for each in summary.get("horizons", ())],
            "values": values,
            "means": means,
            "assumptions": lambda summary: [flat(each) for each in summary.get("assumptions", ())],
        }.items()
    }
)
"""Every table that a summary has, by its name."""
