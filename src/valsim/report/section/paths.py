"""Paths as stories: what happened when on some ten paths that stand for many."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from valsim.report import labels
from valsim.report.section import choice
from valsim.report.section.parts import REAL_WORLD, Chart, Control, Section
from valsim.report.section.story.end import ending
from valsim.report.section.story.in_one_sentence import in_one_sentence
from valsim.report.section.story.titles import headings, why
from valsim.report.section.story.words import holder, sentence, speaker

Summary = Mapping[str, Any]
Story = Mapping[str, Any]
CHART = "path"
MILLION = 1e6
SHORT = 4
"""Digits of the rows of a chart."""


def section(summary: Summary) -> Section | None:
    """A choice of stories, each with its timeline, and the chart of the path."""
    told = summary.get("stories") or {}
    if not told.get("stories"):
        return None
    return Section(
        "paths", "Paths: what may happen, told as stories", lead(told, summary), [explorer(told, summary)], "Paths"
    )


def lead(told: Mapping[str, Any], summary: Summary) -> str:
    """What the stories are of."""
    several = len(told["stories"]) > 1
    what = f"{len(told['stories'])} of the simulated paths, each" if several else "One simulated path,"
    return (
        f"{what} with what happened when: near the 10th, 50th and 90th percentile of what {of_whom(told, summary)}, and the typical "
        "path of each way to lose money, of each tranche that fails and of each way to end (real-world). No path will happen "
        "as it is told; paths like it do."
    )


def of_whom(told: Mapping[str, Any], summary: Summary) -> str:
    """What paths are ranked by."""
    if told["holder"] is None:
        return "all shareholders get"
    return f"{choice.holder_phrase(holder(told['holder'], summary), summary)} gets for its money"


def explorer(told: Mapping[str, Any], summary: Summary) -> Control:
    """The choice of a story, and its chart; the script adds the events, whose words are on the page already."""
    from valsim.report.figures.paths import path_figure

    stories = [story_form(story, summary) for story in told["stories"]]
    lines = [{"value": each["series"]["equity_value"], "cash": each["series"]["cash"]} for each in told["stories"]]
    figure = path_figure(told["dates"], lines, (), band(summary), choice.currency(summary))
    finding = (
        "The company's equity value and its cash along the path up to its end, over the range that holds nine in ten of the "
        "companies still private. A dot is a day of the story: point at it to read it."
    )
    chart = Chart(CHART, "The path by date", figure, finding, measure=REAL_WORLD)
    drawn = [{name: millions(row) for name, row in each.items()} for each in lines]
    data = {"chart": CHART, "dates": told["dates"], "lines": drawn, "unit": MILLION}
    form = {
        "stories": stories,
        "titles": [labels.short(each["headings"][0], 48) for each in stories],
        "measure": REAL_WORLD,
    }
    return Control("path-explorer", "paths", data, (chart,), SHORT, form)


def millions(row: Sequence[float | None]) -> list[float | None]:
    """A row in millions, which takes half as many digits on the page."""
    return [None if number is None else number / MILLION for number in row]


def band(summary: Summary) -> Mapping[str, Any]:
    """The quantiles of the equity value by date; nothing where no series are kept."""
    found: Mapping[str, Any] = summary.get("values", {}).get("equity_value", {})
    return found


def story_form(story: Story, summary: Summary) -> dict[str, Any]:
    """A story as its form shows it: what it stands for, itself in one sentence, its timeline and its end."""
    says = speaker(summary)
    return {
        "headings": headings(story, summary),
        "why": [why(each, summary) for each in story["stands_for"]],
        "sentence": in_one_sentence(story, summary),
        "timeline": [(day, [sentence(each, says) for each in found]) for day, found in by_day(main_events(story))],
        "again": again(story),
        "end": ending(story, summary),
    }


def main_events(story: Story) -> list[Mapping[str, Any]]:
    """The events of a timeline: all but the strikes of a risk after its first one."""
    return [each for each in story["events"] if each.get("time", 1) == 1]


def by_day(events: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    """Events by date."""
    return ((day, list(found)) for day, found in groupby(events, key=lambda each: str(each["at"])))


def again(story: Story) -> str:
    """Which risks struck again, how often and until when."""
    last = {each["name"]: each for each in story["events"] if each.get("time", 1) > 1}
    found = [f"{labels.sentence(name)} {times(each['time'] - 1)}, last on {each['at']}" for name, each in last.items()]
    return f"Struck again: {labels.listed(found)}." if found else ""


def times(count: int) -> str:
    """How often."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")
