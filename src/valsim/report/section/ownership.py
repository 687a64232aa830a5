"""Who owns how much of the company over time, and what dilutes those who hold shares today."""

from collections.abc import Mapping
from typing import Any

from valsim.report import labels
from valsim.report.section import choice
from valsim.report.section.parts import REAL_WORLD, Cell, Chart, Grid, Part, Section, Table, numbers, words

Summary = Mapping[str, Any]
Told = Mapping[str, Any]
MEASURE = f"{REAL_WORLD}, companies still private"
MOST_BANDS = 3
MOST_ROWS = 6
SMALL = 5e-5
"""Causes below half a hundredth of a point are not shown."""


def section(summary: Summary) -> Section | None:
    """The whole company by date, then its stages, the bands of those a reader looks for, and the causes of dilution."""
    told = summary.get("ownership")
    if not told or not told["groups"]:
        return None
    parts: list[Part] = [whole(told), stage_table(told), Grid(bands(told))]
    if causes(told["dilution"]):
        parts.append(cause_chart(told["dilution"]))
    return Section("ownership", "Ownership and dilution", lead(told, summary), parts, "Ownership")


def lead(told: Told, summary: Summary) -> str:
    """What a share of today comes to, and what the main holder owns at first and at the exit."""
    left = labels.estimate(told["dilution"]["left"])
    group = told["groups"][0]
    mine = choice.holder_phrase({"name": group["name"], "position": group["kind"] == "position"}, summary)
    text = f"One percent of the company today is {left.mean or 0:.2f} % of it at the end if nothing is added ({span(left)} % on nine paths in ten)"
    return f"{text}; {mine} owns {labels.percent(group['at_exit']['mean'])} at the exit on average (real-world)."


def span(left: labels.Estimate) -> str:
    """From the 5th to the 95th percentile."""
    return f"{left.at('0.05') or 0:.2f} to {left.at('0.95') or 0:.2f}"


def whole(told: Told) -> Chart:
    """The stacked areas."""
    from valsim.report.figures.ownership import stacked

    noted = f"From the first {told['noted_paths']:,} paths."
    text = f"Blue: your positions; green: holders of today; warm colours: investors who come later. Means among companies still private, so the mix changes as companies leave. {noted}"
    return Chart("ownership", "Who owns the company", stacked(told), text, date_table(told), MEASURE)


def date_table(told: Told) -> Table:
    """Means by date with their errors, of a few dates."""
    from valsim.report.figures.ownership import thinned

    rows = tuple(
        (
            Cell(told["dates"][place]),
            Cell(labels.percent(told["alive"][place])),
            *(share(each["mean"][place], each["standard_error"][place]) for each in told["groups"]),
        )
        for place in thinned(told, MOST_ROWS)
    )
    columns = (*words("Date"), *numbers("Still private", *(title(each).replace("|", "/") for each in told["groups"])))
    return Table("Who owns the company by date, means", columns, rows, MEASURE)


def title(group: Told) -> str:
    """A group in words."""
    return labels.name(group["name"])


def share(value: float | None, error: float | None = None) -> Cell:
    """A part of the company; small stakes need their decimals."""
    if value is not None and 0 < value < 0.01 and not error:
        return Cell(f"{value:.2%}".replace("%", " %"))
    return Cell(*labels.percent_with_error(value, error))


def stage_table(told: Told) -> Table:
    """What each owns at the opening, after each closing that was ever funded, and at the exit."""
    stages = [(place, each) for place, each in enumerate(told["groups"][0]["after"]) if each["paths"]]
    heads = [f"{closing(each)}" for _, each in stages]
    rows = tuple(
        (
            Cell(title(group)),
            share(group["opening"]),
            *(share(group["after"][place]["quantiles"]["0.5"]) for place, _ in stages),
            share(group["at_exit"]["mean"], group["at_exit"]["standard_error"]),
        )
        for group in told["groups"]
    )
    columns = (*words("Holder"), *numbers("Opening", *heads, "At the exit"))
    note = "Parts of the fully diluted shares: after a closing the median where it is funded, at the exit the mean. Medians do not add up to the whole; at the exit it is before what converts in it, and what a listing sells is not theirs."
    return Table("Who owns what, stage by stage", columns, rows, REAL_WORLD, note)


def closing(stage: Told) -> str:
    """A closing by its round and its name."""
    return labels.tranche_name(stage).replace("|", "/")


def bands(told: Told) -> tuple[Chart, ...]:
    """Your positions and the largest holders of today, path by path."""
    from valsim.report.figures.ownership import band

    shown = [each for each in told["groups"] if each["kind"] in ("position", "today")][:MOST_BANDS]
    return tuple(
        Chart(f"owned-{place}", f"{title(each)}: part owned", band(told, each), finding(told, each), measure=MEASURE)
        for place, each in enumerate(shown)
    )


def finding(told: Told, group: Told) -> str:
    """The opening and the last date."""
    last = {level: row[-1] for level, row in group["quantiles"].items()}
    at = {level: share(value).text for level, value in last.items()}
    return f"{share(group['opening']).text} at the opening; by {told['dates'][-1][:4]} median {at['0.5']}, {at['0.05']} to {at['0.95']} on nine paths in ten."


def causes(dilution: Told) -> list[tuple[str, Told]]:
    """What diluted a share of today: each round's new shares, what closings set off, and what happened between them."""
    set_off, listed = dilution["set_off_by_closings"], dilution.get("new_shares_of_listings", {"mean": 0.0})
    what = labels.listed(set_off["what"]) or "other shares"
    found = [
        *((f"New shares of {labels.sentence(each['round'])}", each) for each in dilution["new_shares"]),
        ("New shares of a listing", listed),
        (f"Set off by closings: {what}", set_off),
        ("Between closings: pools refreshed, shares bought back", dilution["between_closings"]),
    ]
    return [(name, each) for name, each in found if abs(each["mean"] or 0) > SMALL]


def cause_chart(dilution: Told) -> Chart:
    """The points that each cause takes."""
    from valsim.report.figures.ownership import causes as drawn

    found = causes(dilution)
    whole = dilution["total"]
    rows = [
        (Cell(name), Cell(*labels.percent_with_error(each["mean"], each["standard_error"])))
        for name, each in [*found, ("All together", whole)]
    ]
    table = Table("What dilutes a share of today", (*words("Cause"), *numbers("Points, mean")), tuple(rows), REAL_WORLD)
    name, most = max(found, key=lambda item: item[1]["mean"])
    text = f"A share held today loses {labels.percent(whole['mean'])} of its part of the company by the end on average, over all paths; most to one cause: {name[:1].lower() + name[1:]} ({labels.percent(most['mean'])}). The causes add up on every path."
    return Chart(
        "dilution",
        "What dilutes a share of today",
        drawn([(each, row["mean"]) for each, row in found]),
        text,
        table,
        REAL_WORLD,
    )
