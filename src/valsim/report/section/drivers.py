"""What drives the value: a small fan for each driver."""

import re
from collections.abc import Mapping
from typing import Any

from valsim.report.section import choice, fans
from valsim.report.section.parts import Chart, Folded, Grid, Part, Section
from valsim.report.section.values import SHOWN

Summary = Mapping[str, Any]
VALUED = "valued_revenue"
FIRST = {"revenue", VALUED, "cash"}
NAME = re.compile(r"[a-z_]\w*")
MOST = 6
"""So many charts are never folded."""
PART = re.compile(r"(?:^|_)(?:share|margin|churn|conversion|retention|utilisation|utilization)$")


def section(summary: Summary) -> Section | None:
    """Small multiples, in the order of the scenario."""
    values = summary.get("values", {})
    drivers = {
        name: {**each, "unit": unit(name, each)}
        for name, each in values.items()
        if name not in {*told_twice(values), *in_the_market(summary)}
    }
    if not drivers:
        return None
    currency = choice.currency(summary)
    first = main(drivers, summary)
    shown, folded = (
        tuple(chart(name, series, currency) for name, series in drivers.items() if (name in first) is wanted)
        for wanted in (True, False)
    )
    more = f"{len(folded)} more quantities"
    parts: list[Part] = [fans.slider("drivers-date", "Quantities", shown, folded), Grid(shown)]
    if folded:
        parts.append(Folded(more, Grid(folded), fans.MEASURE))
    lead = f"{len(drivers)} quantities by date, real-world, among companies still private: median, half of paths and nine in ten; the mean is dotted."
    return Section("drivers", "Drivers", lead, parts, "Drivers")


def main(drivers: Mapping[str, Any], summary: Summary) -> set[str]:
    """What the reader looks at first: revenue, cash and what milestones ask for; all where there is nothing of it or little else."""
    asked = {
        name
        for tranche in summary.get("tranches") or []
        for condition in tranche.get("milestones") or {}
        for name in NAME.findall(condition)
    }
    found = {name for name in drivers if name in asked | FIRST}
    return found if found and len(drivers) > MOST else set(drivers)


def told_twice(values: Mapping[str, Any]) -> set[str]:
    """What another chart shows already: the large fan, and the revenue of the multiple where it is a driver itself."""
    valued = values.get(VALUED, {}).get("quantiles")
    same = any(each["quantiles"] == valued for name, each in values.items() if name != VALUED)
    return {SHOWN, VALUED} if same else {SHOWN}


def in_the_market(summary: Summary) -> set[str]:
    """What the section of the market shows: sectors, and the multiple that follows one of them."""
    sectors = summary.get("sectors") or []
    return {each["name"] for each in sectors} | {"multiple" for each in sectors if each["followed"]}


def unit(name: str, series: Mapping[str, Any]) -> str:
    """The unit of a driver; a plain number that is called a share or a margin is read in percent."""
    given = str(series.get("unit") or "")
    return "%" if given in {"", "1"} and PART.search(name) else given


def chart(name: str, series: Mapping[str, Any], currency: str) -> Chart:
    """One driver."""
    from valsim.report.figures.fan import driver_fan

    shown = driver_fan(series, currency), fans.finding(series, currency), fans.table(name, series, currency)
    return Chart(f"driver-{name}", fans.title(name, series, currency), *shown)
