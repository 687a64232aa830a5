"""The market: the level of the sector, the company's multiple beside it, and the comparables that it opens at."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from valsim.report import labels
from valsim.report.section import assumptions, choice, drivers, fans
from valsim.report.section.parts import Cell, Chart, Folded, Grid, Section, Table, numbers, words

Summary = Mapping[str, Any]
BASES = {
    "arr": "ARR",
    "run_rate_revenue": "run-rate revenue",
    "trailing_12m_revenue": "trailing 12-month revenue",
    "next_12m_revenue": "next 12-month revenue",
}
SPREADS = {
    "standard_error": "as far as their mean is uncertain",
    "cross_section": "as far as they differ from each other",
}


def section(summary: Summary) -> Section | None:
    """The sectors, each with its comparables."""
    sectors = summary.get("sectors")
    if not sectors:
        return None
    tables = [Folded.of(comparables_table(each, summary.get("sources", {}))) for each in sectors if each["comparables"]]
    shown = charts(summary)
    moved = [fans.slider("market-date", "The market", shown)] if shown else []
    return Section("market", "The market", lead(sectors), [*moved, Grid(shown), *tables], "Market")


def charts(summary: Summary) -> tuple[Chart, ...]:
    """One fan for each of them."""
    values, currency = summary["values"], choice.currency(summary)
    shown = (name for name in values if name in drivers.in_the_market(summary))
    found = (drivers.chart(name, titled(summary, name), currency) for name in shown)
    return tuple(replace(chart, measure=fans.MEASURE) for chart in found)


def titled(summary: Summary, name: str) -> Mapping[str, Any]:
    """The series of a row under a title that says which multiple it is."""
    sectors = {each["name"]: each for each in summary["sectors"]}
    label = (
        f"Sector {labels.sentence(name)}, multiple of {basis(sectors[name])}"
        if name in sectors
        else "The company's multiple"
    )
    return {**summary["values"][name], "label": label}


def basis(comparable: Mapping[str, Any]) -> str:
    """The basis of a multiple in words."""
    return BASES.get(comparable["multiple_of"], labels.sentence(comparable["multiple_of"]))


def lead(sectors: list[Any]) -> str:
    """Where each sector opens, and on what that rests."""
    return " ".join(map(sentence, sectors))


def sentence(sector: Mapping[str, Any]) -> str:
    """One sector."""
    opening, name = sector["opening"], labels.sentence(sector["name"])
    known = opening["p10"] == opening["p90"]
    span = (
        ""
        if known
        else f" ({labels.multiple(opening['p10'])} to {labels.multiple(opening['p90'])} on eight paths in ten)"
    )
    rests = (
        f", the geometric mean of {len(sector['comparables'])} comparables, spread {SPREADS[opening['spread']]}"
        if sector["comparables"]
        else ""
    )
    return f"Sector {name} opens at {labels.multiple(opening['median'])} of {basis(sector)}{span}{rests}.{reference(sector)}"


def reference(sector: Mapping[str, Any]) -> str:
    """Whose multiple the level is."""
    said = labels.listed([premium_words(name, premium) for name, premium in sector["premiums"].items()])
    return f" That is the multiple of a company with {said}." if said else ""


def premium_words(name: str, premium: Mapping[str, Any]) -> str:
    """What a point more of something adds, and up to where."""
    most = f" up to {labels.percent(premium['at_most'])}" if "at_most" in premium else ""
    reference, point = labels.percent(premium["reference"]), labels.percent(premium["per_point"])
    return f"a {name} of {reference}; each point more adds {point}{most}"


def comparables_table(sector: Mapping[str, Any], sources: Mapping[str, Any]) -> Table:
    """Each comparable as it was stated, and restated step by step."""
    margins = any(each["margin"] is not None for each in sector["comparables"])
    columns = (
        *words("Comparable"),
        *numbers("Multiple|as stated"),
        *words("Basis"),
        *numbers(
            "Growth", *(["Margin"] if margins else []), f"Multiple|of {basis(sector)}", "Restated|to the references"
        ),
        *words("Source"),
    )
    rows = tuple(comparable_row(each, sources, margins=margins) for each in sector["comparables"])
    note = "A multiple is restated from one basis to another at its own growth, as if that were steady, and then to the references of the sector by its premiums."
    return Table(f"Comparables of sector {labels.sentence(sector['name'])}", columns, rows, "", note)


def comparable_row(each: Mapping[str, Any], sources: Mapping[str, Any], *, margins: bool) -> tuple[Cell, ...]:
    """One comparable."""
    margin = [Cell(labels.percent(each["margin"]))] if margins else []
    cited = each["source"]
    return (
        Cell(each["name"], note=each["at"]),
        Cell(labels.multiple(each["multiple"])),
        Cell(basis(each)),
        Cell(labels.percent(each["growth"])),
        *margin,
        Cell(labels.multiple(each["on_the_basis"])),
        Cell(labels.multiple(each["restated"])),
        Cell("Assumption", tone="assumed")
        if cited == "assumption"
        else Cell(assumptions.citation(cited, sources), tone="lines"),
    )
