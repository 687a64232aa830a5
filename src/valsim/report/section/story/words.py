"""The words of a timeline: each kind of event as a sentence."""

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from valsim.report import labels
from valsim.report.section import choice

Summary = Mapping[str, Any]
Event = Mapping[str, Any]
FLAT = 0.005
"""A price within this part of the last one is the same price."""


class Speaker(NamedTuple):
    """What the words hang on besides the event: the currency, and how a holder is called."""

    currency: str
    holder: Callable[[str], str]

    def money(self, amount: float | None) -> str:
        """An amount."""
        return labels.money(amount, self.currency)


def holder(name: str, summary: Summary) -> Mapping[str, Any]:
    """A holder of the summary, or what is known of it by its name."""
    return next((each for each in summary.get("holders", []) if each["name"] == name), {"name": name})


def speaker(summary: Summary) -> Speaker:
    """Who tells the stories."""
    return Speaker(choice.currency(summary), lambda name: choice.holder_phrase(holder(name, summary), summary))


def sentence(event: Event, speaker: Speaker) -> str:
    """What happened, in full."""
    return SENTENCES[event["kind"]](event, speaker)


def tranche(event: Event) -> str:
    """The closing that an event is about."""
    return labels.tranche_name(event)


def row(name: str) -> str:
    """A row that an event moves, or a field of one: ``enterprise_arr.growth`` is "enterprise ARR growth"."""
    return " ".join(labels.sentence(part) for part in name.split("."))


def effects(event: Event, speaker: Speaker) -> str:
    """What an event does to rows, in brackets; nothing where it does nothing."""
    found = [effect(each, speaker) for each in event.get("effects", ())]
    return f" ({', '.join(found)})" if found else ""


def effect(told: Mapping[str, Any], speaker: Speaker) -> str:
    """What an event does to one row."""
    name = row(told["row"])
    if told.get("times") is not None:
        name = f"{name} ×{told['times']:.2f}"
    elif told.get("plus") is not None:
        more = labels.quantity(abs(told["plus"]), told["unit"], speaker.currency)
        name = f"{name} {'−' if told['plus'] < 0 else '+'}{more}"
    return name


def signal(event: Event, speaker: Speaker) -> str:
    """A signal."""
    return (
        f"{labels.name(event['name'])} comes out {'true' if event['observed'] else 'false'}{effects(event, speaker)}."
    )


def came_out(event: Event, speaker: Speaker) -> str:
    """What a signal was wrong about."""
    del speaker
    wrong, right = ("false", "true") if event["true"] else ("true", "false")
    return f"{labels.name(event['name'])} was observed {wrong}, and is really {right}."


def risk(event: Event, speaker: Speaker) -> str:
    """A risk that strikes."""
    return f"{labels.name(event['name'])} strikes{effects(event, speaker)}."


def closing(event: Event, speaker: Speaker) -> str:
    """A closing that was funded, on which terms."""
    money, worth = speaker.money(event["new_money"]), speaker.money(event["post_money_valuation"])
    price = labels.price(event["price_per_share"], speaker.currency)
    short = f"; {speaker.money(event['unraised'])} of what it asked for is not paid" if event["unraised"] else ""
    return f"{tranche(event)} raises {money} at {worth} post-money, {price} a share{moved(event)}{HOW[event['how']]}{short}."


def moved(event: Event) -> str:
    """How the price of a closing compares with the last one."""
    change = event["change_of_price"]
    if change is None:
        return ""
    if abs(change) < FLAT:
        return ", the last price"
    return (
        f", an up round of {labels.percent(change)}" if change > 0 else f", a down round of {labels.percent(-change)}"
    )


HOW = {
    "in_time": "",
    "late": "; its condition came true late",
    "waived": "; its condition was missed, and waived",
    "repriced": "; its condition was missed, and the price cut",
}
"""How a closing came about."""


def not_funded(event: Event, speaker: Speaker) -> str:
    """A closing that was not, and why."""
    del speaker
    return f"{tranche(event)} is not funded: {condition(event['why'])}."


def condition(reason: str) -> str:
    """Why a closing was not funded, its conditions in words and signs."""
    text = labels.phrase(re.sub(r"([a-z0-9_]+)\.start\b", r"\1 at the start", labels.reason(reason)))
    return text.replace(">=", "≥").replace("<=", "≤")


def default(event: Event, speaker: Speaker) -> str:
    """An investor that does not pay."""
    return f"{labels.name(speaker.holder(event['holder']))} does not pay all that it committed to {tranche(event)}."


def converted(event: Event, speaker: Speaker) -> str:
    """A SAFE or a note that becomes shares."""
    del speaker
    return f"{labels.name(event['name'])} becomes shares."


def pay_to_play(event: Event, speaker: Speaker) -> str:
    """A holder who does not pay to play."""
    return f"{labels.name(speaker.holder(event['holder']))} does not pay its part of the round, and loses preferred shares (pay-to-play)."


def consequence(event: Event, speaker: Speaker) -> str:
    """A holder who bears the consequence of its default."""
    return f"{labels.name(speaker.holder(event['holder']))} bears the consequence of its default."


def anti_dilution(event: Event, speaker: Speaker) -> str:
    """Conversion prices that fall."""
    del speaker
    found = sorted(((times, labels.name(name)) for name, times in event["classes"].items()), key=lambda each: each[0])
    (least, first), (most, last) = found[0], found[-1]
    if len(found) == 1:
        return f"Anti-dilution: {first} counts as {labels.multiple(least)} as many common shares as before."
    each = f"{labels.multiple(least)} ({first}) to {labels.multiple(most)} ({last})"
    return f"Anti-dilution: {len(found)} classes count as {each} as many common shares as before."


def pool(event: Event, speaker: Speaker) -> str:
    """A larger pool."""
    del speaker
    return f"The unissued option pool grows to {labels.percent(event['part'])} of all shares."


def split(event: Event, speaker: Speaker) -> str:
    """A share split."""
    del speaker
    return f"Shares are split {event['ratio']}."


def adjustment(event: Event, speaker: Speaker) -> str:
    """A valuation adjustment."""
    del speaker
    return f"{labels.name(event['series'])}: the company missed a number that it promised, and the valuation paid is cut to {labels.percent(event['factor'])}."


def paid(event: Event, speaker: Speaker) -> str:
    """What a position pays or receives."""
    amount, who = event["money"], speaker.holder(event["holder"])
    return f"{who[:1].upper()}{who[1:]} {'pays' if amount < 0 else 'receives'} {speaker.money(abs(amount))}."


def not_bought(event: Event, speaker: Speaker) -> str:
    """Why a position is not bought."""
    who = speaker.holder(event["holder"])
    return f"{who[:1].upper()}{who[1:]} is not bought: {event['why']}."


def low_on_cash(event: Event, speaker: Speaker) -> str:
    """Cash that lasts for less than six months."""
    return f"Cash is down to {speaker.money(event['cash'])}, which lasts {max(round(event['years'] * 12), 0)} months."


def redemption(event: Event, speaker: Speaker) -> str:
    """A class that demands its money back."""
    what = f"is paid {speaker.money(event['money'])}" if event["money"] else "the company cannot pay"
    return f"{labels.name(event['series'])} demands its money back, and {what}."


def note_repaid(event: Event, speaker: Speaker) -> str:
    """A note at its maturity."""
    return f"{labels.name(event['series'])} matures, and is repaid {speaker.money(event['money'])}."


def loan_repaid(event: Event, speaker: Speaker) -> str:
    """A loan at its maturity."""
    del speaker
    return f"{labels.name(event['name'])} matures, and {labels.percent(event['part'])} of it is repaid."


def decision(event: Event, speaker: Speaker) -> str:
    """What those who pay decide."""
    who = "Its investors" if event["by"] == "requisite_holders" else labels.name(speaker.holder(event["by"]))
    due = "the condition is met" if event["question"] == "met" else "the condition was missed"
    return (
        f"{tranche(event)}: {due}. {who} decide{'' if who == 'Its investors' else 's'} to {CHOICES[event['choice']]}."
    )


CHOICES = {
    "fund": "pay",
    "walk": "walk away",
    "default": "default",
    "lapse": "let it lapse",
    "waive": "waive it",
    "reprice": "pay at a lower price",
}
"""What may be decided, as a verb."""


def exit_(event: Event, speaker: Speaker) -> str:
    """How the company leaves."""
    raised = f"; the company itself raises {speaker.money(event['raised'])}" if event["raised"] else ""
    return f"{labels.name(event['exit'])}: {speaker.money(event['proceeds'])} for all shareholders{raised}."


def earned(event: Event, speaker: Speaker) -> str:
    """What is earned after the exit."""
    return f"The earn-out brings shareholders {speaker.money(event['money'])} more."


SENTENCES: Mapping[str, Callable[[Event, Speaker], str]] = {
    **{each.__name__: each for each in (signal, came_out, risk, closing, not_funded, default, converted, pay_to_play)},
    **{each.__name__: each for each in (consequence, anti_dilution, pool, split, adjustment, paid, not_bought)},
    **{each.__name__: each for each in (low_on_cash, redemption, note_repaid, loan_repaid, decision, earned)},
    "exit": exit_,
}
"""Each kind of event in full."""
