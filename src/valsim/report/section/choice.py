"""What the first screen speaks of: the class, the tranche and the holder that a reader most likely came for."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from valsim.report import labels

Summary = Mapping[str, Any]
UNISSUED = "unissued pool"
MISSED, SEVERAL = "missed ", "missed several conditions"
NEVER, NEVER_TOGETHER = "never reached ", "the conditions never came true together"
AT_THE_END = ", at the end not "


def currency(summary: Summary) -> str:
    """The currency of the scenario."""
    return str(summary["scenario"]["currency"])


def company(summary: Summary) -> str:
    """The company's name, or the scenario's where it has none."""
    scenario = summary["scenario"]
    return str(scenario.get("company") or scenario["name"])


def headline_class(summary: Summary) -> str | None:
    """The class whose price makes the headline: the one that was priced last."""
    return next(iter(fair_value(summary).get("price") or {}), None)


def fair_value(summary: Summary) -> Mapping[str, Any]:
    """What all classes and each of them are worth beside the headline; empty where the summary does not say."""
    return summary.get("fair_value") or {}


def next_tranche(summary: Summary) -> Mapping[str, Any] | None:
    """The first milestone tranche still to open; else the first tranche still to open; else the first.

    A bridge may close at any time, so its window opens with the scenario and it is not what a reader waits for.
    """
    tranches = summary.get("tranches", [])
    later = [each for each in tranches if each.get("window") and each["window"][0] > summary["scenario"]["as_of"]]
    gated = [each for each in later if each.get("milestones")]
    return next(iter([*gated, *later, *tranches]), None)


def headline_holder(summary: Summary) -> Mapping[str, Any] | None:
    """The reader's first position that is ever bought, else the first one; without any, whoever invested most."""
    mine = positions(summary)
    if mine:
        return next((each for each in mine if has_returns(each)), mine[0])
    holders = [each for each in summary.get("holders", []) if has_returns(each)]
    return max(holders, key=lambda each: labels.estimate(each["invested"]).mean or 0, default=None)


def positions(summary: Summary) -> list[Mapping[str, Any]]:
    """The reader's own positions, in the order of the document."""
    return [each for each in summary.get("holders", []) if is_position(each)]


def is_position(holder: Mapping[str, Any]) -> bool:
    """Whether a holder is a position of the reader's own."""
    return bool(holder.get("position", holder["name"] == "me"))


def main_refusal(holder: Mapping[str, Any]) -> str:
    """The commonest reason why a position is not bought; nothing where it is not known."""
    return next(iter(holder.get("never_invested_because") or {}), "")


def refusals(holder: Mapping[str, Any]) -> str:
    """Why a position is not bought where it is not, the commonest reasons first; nothing where that is not known."""
    because = list((holder.get("never_invested_because") or {}).items())[:3]
    if len(because) == 1:
        return str(because[0][0])
    return labels.listed([f"{reason} ({labels.percent(share)})" for reason, share in because]) if because else ""


def at_any_time(tranche: Mapping[str, Any], summary: Summary) -> bool:
    """Whether a tranche may close from the start of the run on, as a bridge may."""
    first, last = tranche.get("window") or (None, None)
    return first is not None and first <= summary["scenario"]["as_of"] and first != last


def again(tranche: Mapping[str, Any]) -> bool:
    """Whether this is the second time or a later one of a round that may come again, ``bridge 2``."""
    return bool(re.search(r" (?:[2-9]|\d\d+)$", str(tranche["round"])))


def has_returns(holder: Mapping[str, Any]) -> bool:
    """Whether a holder paid for all that it holds, so that a multiple of its money means something."""
    return (labels.estimate(holder.get("invested")).mean or 0) > 0 and holder.get("cost_known", True)


def paid_holders(summary: Summary) -> list[Mapping[str, Any]]:
    """The holders that proceeds go to: an unissued pool counts in ownership and is paid nothing."""
    return [each for each in summary.get("holders", []) if each["name"] != UNISSUED]


def present_value(summary: Summary) -> labels.Estimate:
    """What all opening classes are worth together today, with its standard error."""
    found = fair_value(summary)
    return labels.Estimate(found.get("fair_value"), found.get("standard_error"))


def at_last_price(summary: Summary) -> float | None:
    """All fully diluted shares at the last price: what people call the headline or post-money value."""
    return fair_value(summary).get("post_money_valuation")


def loss(holder: Mapping[str, Any] | None) -> labels.Estimate:
    """The chance that a holder gets less than it paid, with its standard error, which stands beside it or in it."""
    if holder is None or not has_returns(holder):
        return labels.Estimate(None)
    found = labels.estimate(holder.get("probability_of_loss"))
    return labels.Estimate(found.mean, found.standard_error or holder.get("probability_of_loss_standard_error"))


def present_over_invested(holder: Mapping[str, Any]) -> float | None:
    """Present value for each unit of money invested, where the holder paid for all that it holds."""
    if not has_returns(holder):
        return None
    # Payments to come are counted as the proceeds are: risk-neutral and discounted.
    paid, present = (
        holder.get("invested_today", holder.get("invested")),
        labels.estimate(holder.get("present_value")).mean,
    )
    invested = labels.estimate(paid).mean
    return present / invested if invested and present is not None else None


def tranche_labels(tranches: Sequence[Mapping[str, Any]]) -> list[str]:
    """The tranches by their own names; with the round in front where two share a name, as those of a repeated round do."""
    own = [tranche["tranche"] for tranche in tranches]
    return [
        labels.name(name) if own.count(name) == 1 else labels.tranche_name(tranche)
        for name, tranche in zip(own, tranches, strict=True)
    ]


def reasons(tranche: Mapping[str, Any]) -> dict[str, float]:
    """Why a tranche was not funded, the heaviest first; one that may close at any time has missed nothing."""
    because = tranche.get("not_funded_because") or {}
    if not tranche.get("at_any_time"):
        return grouped(because)
    found: dict[str, float] = {}
    for text, share in because.items():
        kept = reworded(text, tranche).split(AT_THE_END)[0]
        found[kept] = found.get(kept, 0.0) + share
    return grouped(found)


def reworded(reason: str, tranche: Mapping[str, Any]) -> str:
    """A reason in full; of a condition without a deadline, that it never came true: a bridge was not needed."""
    if not tranche.get("at_any_time") or not reason.startswith(MISSED):
        return reason
    conditions = reason.removeprefix(MISSED)
    together = len(tranche.get("milestones") or {}) > 1 or "; " in conditions
    return NEVER_TOGETHER + AT_THE_END + conditions if together else NEVER + conditions


def grouped(because: Mapping[str, float]) -> dict[str, float]:
    """Reasons, the heaviest first; every combination of missed conditions counts as one reason."""
    found: dict[str, float] = {}
    for text, share in because.items():
        kept = SEVERAL if text.startswith(MISSED) and "; " in text else text
        found[kept] = found.get(kept, 0.0) + share
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def capital(text: str) -> str:
    """Begin a sentence with a text."""
    return text[:1].upper() + text[1:]


def holder_phrase(holder: Mapping[str, Any], summary: Summary) -> str:
    """A holder in a sentence; a position of the reader's by its name, but for one that is alone and called ``me``."""
    alone = len(positions(summary)) < 2
    if holder["name"] == "me":
        return "your position" if alone else "your position “me”"
    named = labels.name(holder["name"])
    return f"your position “{named}”" if holder.get("position") else named
