"""What the first screen speaks of: the class, the tranche and the holder that a reader most likely came for."""

from collections.abc import Mapping
from typing import Any

from valsim.report import labels

Summary = Mapping[str, Any]


def currency(summary: Summary) -> str:
    """The currency of the scenario."""
    return str(summary["scenario"]["currency"])


def company(summary: Summary) -> str:
    """The company's name, or the scenario's where it has none."""
    scenario = summary["scenario"]
    return str(scenario.get("company") or scenario["name"])


def headline_class(summary: Summary) -> Mapping[str, Any] | None:
    """The most senior class that was ever sold; among equals the last one listed."""
    sold = [share for share in summary.get("classes", []) if share.get("last_price")]
    return max(enumerate(sold), key=lambda item: (item[1].get("seniority") or 0, item[0]))[1] if sold else None


def next_tranche(summary: Summary) -> Mapping[str, Any] | None:
    """The first tranche that opens after the date of the scenario; without windows, or with none later, the first."""
    tranches = summary.get("tranches", [])
    later = [each for each in tranches if each.get("window") and each["window"][0] > summary["scenario"]["as_of"]]
    return next(iter([*later, *tranches]), None)


def headline_holder(summary: Summary) -> Mapping[str, Any] | None:
    """``me`` if there is one, otherwise whoever invested most."""
    holders = [each for each in summary.get("holders", []) if (labels.estimate(each.get("invested")).mean or 0) > 0]
    mine = [each for each in holders if each["name"] == "me"]
    return next(iter(mine), None) or max(
        holders, key=lambda each: labels.estimate(each["invested"]).mean or 0, default=None
    )


def opening_equity(summary: Summary) -> labels.Estimate:
    """The mean equity value at the first date, with its standard error."""
    series = summary.get("values", {}).get("equity_value")
    return labels.Estimate(series["mean"][0], series["standard_error"][0]) if series else labels.Estimate(None)


def at_last_price(summary: Summary) -> float | None:
    """All shares at the last price of the headline class: what people call the headline or post-money value."""
    share = headline_class(summary)
    return None if share is None else sum(each["shares"] for each in summary["classes"]) * share["last_price"]


def present_over_invested(holder: Mapping[str, Any]) -> float | None:
    """Present value for each unit of money invested."""
    invested, present = labels.estimate(holder.get("invested")).mean, labels.estimate(holder.get("present_value")).mean
    return present / invested if invested and present is not None else None


def holder_phrase(holder: Mapping[str, Any]) -> str:
    """A holder in a sentence."""
    return "your position" if holder["name"] == "me" else str(labels.name(holder["name"]))
