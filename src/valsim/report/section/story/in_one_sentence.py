"""A story in one sentence: its weightiest events by quarter, and its end."""

from collections.abc import Callable, Mapping
from itertools import groupby
from typing import Any

from valsim.report import labels
from valsim.report.section import choice
from valsim.report.section.story.words import FLAT, Event, Speaker, holder, speaker

Summary = Mapping[str, Any]
Story = Mapping[str, Any]
MOST = 7
"""So many events stand in the story in one sentence."""


def in_one_sentence(story: Story, summary: Summary) -> str:
    """The story in one sentence: its weightiest events by quarter, and its end."""
    says = speaker(summary)
    found = [each for each in story["events"] if clause(each, says)]
    kept = sorted(sorted(range(len(found)), key=lambda place: -weight(found[place]))[:MOST])
    quarters = groupby((found[place] for place in kept), key=lambda each: quarter(each["at"]))
    parts = [f"{when} {labels.listed([clause(each, says) for each in events])}" for when, events in quarters]
    return "; ".join([*parts, end_clause(story, summary)]) + "."


def quarter(day: str) -> str:
    """The quarter of a date: ``2026-Q3``."""
    return f"{day[:4]}-Q{(int(day[5:7]) + 2) // 3}"


def end_clause(story: Story, summary: Summary) -> str:
    """How a story ends, and what the reader gets."""
    outcome, currency = story["outcome"], choice.currency(summary)
    left = f"{quarter(outcome['at'])} {ENDS.get(outcome['exit'], labels.sentence(outcome['exit']) + ' at')} {labels.money(outcome['proceeds'], currency)}"
    mine = outcome.get("holder")
    if not mine or not mine["invested"]:
        return left
    who = choice.holder_phrase(holder(summary["stories"]["holder"], summary), summary)
    return f"{left}; {who} gets {labels.multiple(mine['proceeds'] / mine['invested'])}"


ENDS = {"still_private": "still private, counted at", "acquisition": "acquired for", "wind_down": "wound down with"}
"""How a company ends, where that is not its own name."""


def clause(event: Event, speaker: Speaker) -> str:
    """What happened, in a few words; nothing where it is no part of the story in one sentence."""
    brief = CLAUSES.get(event["kind"])
    return "" if brief is None else brief(event, speaker)


def _closing(event: Event, speaker: Speaker) -> str:
    change = event["change_of_price"]
    at = (
        ""
        if change is None or abs(change) < FLAT
        else f", {'up' if change > 0 else 'down'} {labels.percent(abs(change))}"
    )
    return f"{short(event)} raises {speaker.money(event['new_money'])}{at}"


def _anti_dilution(event: Event, speaker: Speaker) -> str:
    del speaker
    name, times = max(event["classes"].items(), key=lambda item: item[1])
    return f"anti-dilution gives {labels.name(name)} {labels.multiple(times)} shares"


def short(event: Event) -> str:
    """The closing of an event by its own name; with its round where that may come several times."""
    several = event["round"][-1:].isdigit()
    return labels.sentence(event["round"]) if several else labels.sentence(event["tranche"])


CLAUSES: Mapping[str, Callable[[Event, Speaker], str]] = {
    "signal": lambda event, _: f"{labels.sentence(event['name'])} {'true' if event['observed'] else 'false'}",
    "closing": _closing,
    "not_funded": lambda event, _: f"{short(event)} not funded",
    "default": lambda event, speaker: f"{speaker.holder(event['holder'])} defaults",
    "anti_dilution": _anti_dilution,
    "redemption": lambda event, _: f"{labels.sentence(event['series'])} demands its money back",
    "adjustment": lambda event, _: f"{labels.sentence(event['series'])} is made up for a missed number",
    "not_bought": lambda event, speaker: f"{speaker.holder(event['holder'])} not bought",
    "pay_to_play": lambda event, speaker: f"{speaker.holder(event['holder'])} does not pay to play",
}
"""The kinds of events that make the story in one sentence."""


def weight(event: Event) -> float:
    """How much an event counts where not all fit into one sentence."""
    change = abs(float(event.get("change_of_price") or 0.0))
    weights = {"closing": 3.0 + min(change, 2.0), "signal": 1.5 if event.get("observed") else 2.5, "not_funded": 4.0}
    return weights.get(event["kind"], 3.5)
