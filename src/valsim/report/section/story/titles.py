"""What a story stands for: in a few words, and in a sentence with how many paths are like it."""

from collections.abc import Callable, Mapping
from typing import Any

from valsim.report import labels
from valsim.report.section import choice
from valsim.report.section.loss_causes import CAUSES
from valsim.report.section.story.words import condition, holder

Summary = Mapping[str, Any]
Story = Mapping[str, Any]


def headings(story: Story, summary: Summary) -> list[str]:
    """What a story stands for, in a few words each."""
    return [HEADINGS[each["kind"]](each, summary) for each in story["stands_for"]]


def _percentile(what: Mapping[str, Any], summary: Summary) -> str:
    return f"{NAMES[what['level']]}: {gets(what['value'], summary)}"


NAMES = {0.1: "P10", 0.5: "Median", 0.9: "P90"}
"""The percentiles as people call them."""


def gets(value: float, summary: Summary) -> str:
    """A multiple of the money of a position, or money where paths are ranked by that."""
    if summary["stories"]["holder"] is None:
        return labels.money(value, choice.currency(summary))
    return labels.multiple(value)


HEADINGS: Mapping[str, Callable[[Mapping[str, Any], Summary], str]] = {
    "percentile": _percentile,
    "loss": lambda what, _: f"Loss: {CAUSES[what['cause']].split(',')[0]}",
    "not_funded": lambda what, _: f"{choice.capital(labels.phrase(what['tranche']))} not funded",
    "not_bought": lambda what, _: f"Not bought: {what['why']}",
    "exit": lambda what, _: f"Ending: {labels.sentence(what['exit']).removesuffix(' at the horizon')}",
}
"""What a story may stand for, in a few words."""


def why(what: Mapping[str, Any], summary: Summary) -> str:
    """What a story stands for, and for how many paths, in a sentence."""
    return WHY[what["kind"]](what, summary)


def _near(what: Mapping[str, Any], summary: Summary) -> str:
    told = summary["stories"]
    paths = "paths" if told["holder"] is None else "the paths on which it is bought"
    who = (
        "All shareholders get"
        if told["holder"] is None
        else f"{choice.capital(choice.holder_phrase(holder(told['holder'], summary), summary))} gets"
    )
    rank = f"{labels.percent(what['below'])} of {paths} bring less and {labels.percent(what['above'])} more"
    return f"{who} {gets(what['value'], summary)}: {rank}. Typical of those near this percentile."


def share(what: Mapping[str, Any]) -> str:
    """How many of all paths are of a mode, with the error of that."""
    shown = " ".join(labels.percent_with_error(what["chance"]["mean"], what["chance"]["standard_error"])).strip()
    return f"Typical of the {shown} of all paths on which"


def _by_loss(what: Mapping[str, Any], summary: Summary) -> str:
    who = choice.holder_phrase(holder(summary["stories"]["holder"], summary), summary)
    return f"{share(what)} {who} loses money by {CAUSES[what['cause']]}."


WHY: Mapping[str, Callable[[Mapping[str, Any], Summary], str]] = {
    "percentile": _near,
    "loss": _by_loss,
    "not_funded": lambda what, _: (
        f"{share(what)} {labels.tranche_name(what)} is not funded because: {condition(what['why'])}."
    ),
    "not_bought": lambda what, _: f"{share(what)} the position is not bought: {what['why']}.",
    "exit": lambda what, _: f"{share(what)} the end is: {labels.sentence(what['exit'])}.",
}
"""What a story may stand for, in a sentence."""
