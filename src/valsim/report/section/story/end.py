"""The end of a story: what everybody and the reader get, and what a loss comes from."""

from collections.abc import Mapping
from typing import Any

from valsim.report import labels
from valsim.report.section import choice
from valsim.report.section.loss_causes import CAUSES
from valsim.report.section.story.words import holder

Summary = Mapping[str, Any]
Story = Mapping[str, Any]


def ending(story: Story, summary: Summary) -> str:
    """What everybody and the reader get at the end of a story, and what a loss comes from."""
    outcome, currency = story["outcome"], choice.currency(summary)
    first = [
        f"{labels.sentence(name)} {labels.money(amount, currency)}"
        for name, amount in outcome["paid_first"].items()
        if amount
    ]
    before = f" Paid first: {labels.listed(first)}." if first else ""
    return f"{valued(outcome, currency)}{before}{of_holder(outcome, summary)}"


def valued(outcome: Mapping[str, Any], currency: str) -> str:
    """What the company was at its end."""
    money = labels.money(outcome["proceeds"], currency)
    if outcome["exit"] == "still_private":
        return f"Still private at the horizon, {outcome['at']}: counted at {money}, with {labels.money(outcome['revenue'], currency)} of yearly revenue."
    if not outcome["revenue"]:
        return f"All shareholders together get {money}."
    return f"All shareholders together get {money}, for a company with {labels.money(outcome['revenue'], currency)} of yearly revenue and {labels.money(outcome['net_cash'], currency)} of net cash."


def of_holder(outcome: Mapping[str, Any], summary: Summary) -> str:
    """What the reader gets of it."""
    mine, currency = outcome.get("holder"), choice.currency(summary)
    if not mine:
        return ""
    who = choice.capital(choice.holder_phrase(holder(summary["stories"]["holder"], summary), summary))
    if not mine["invested"]:
        return f" {who} was never bought."
    rate = "" if mine["irr"] is None else f", {labels.percent(mine['irr'])} a year"
    lost = "" if mine["cause_of_loss"] is None else f" The loss comes from {CAUSES[mine['cause_of_loss']]}."
    owned = f" It bought {labels.percent(mine['part_bought'])} of the company and has {labels.percent(mine['ownership_at_exit'])} at the end."
    got = f" {who} paid {labels.money(mine['invested'], currency)} and gets {labels.money(mine['proceeds'], currency)}"
    return f"{got}, {labels.multiple(mine['proceeds'] / mine['invested'])}{rate}.{owned}{lost}"
