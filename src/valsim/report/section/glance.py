"""What the first screen shows beside its words: the headline and what it is worth, the tranche funnel, what a loss comes from."""

from collections.abc import Mapping, Sequence
from typing import Any

from valsim.report import labels
from valsim.report.section import choice
from valsim.report.section.loss_causes import CAUSES
from valsim.report.section.parts import REAL_WORLD, RISK_NEUTRAL, Bar, Panel, Panels

Summary = Mapping[str, Any]
MOST = 5
"""So many bars stand in a panel; the section below has them all."""
BEFORE = "the closing before it was not funded"


def panels(summary: Summary) -> list[Panels]:
    """The panels that have something to show; none where there is none."""
    found = tuple(panel for build in (value, funnel, losses) if (panel := build(summary)))
    return [Panels(found)] if found else []


def value(summary: Summary) -> Panel | None:
    """The headline, which counts every share at the last price, above what all shares are worth."""
    present, headline, currency = choice.present_value(summary), choice.at_last_price(summary), choice.currency(summary)
    priced = choice.headline_class(summary)
    if present.mean is None or headline is None or priced is None:
        return None
    longest = max(present.mean + (present.standard_error or 0), headline)
    bars = (
        Bar("Headline", headline / longest, labels.money(headline, currency), note=at_price(summary, priced)),
        Bar(
            "Fair value of all shares",
            present.mean / longest,
            *labels.with_error(present.mean, present.standard_error, currency),
            off=(present.standard_error or 0) / longest,
        ),
        *shares(summary),
    )
    return Panel("Headline and fair value", bars, RISK_NEUTRAL)


def at_price(summary: Summary, priced: str) -> str:
    """What the headline counts."""
    price = choice.fair_value(summary)["price"][priced]
    return f"every share at the {labels.name(priced)} price of {labels.price(price, choice.currency(summary))}"


def shares(summary: Summary) -> list[Bar]:
    """What a common share is worth of the headline price, where that is known of a class that did not set it."""
    found = choice.fair_value(summary)
    common = found.get("common")
    over = None if common is None else found["classes"][common]["overvaluation"]
    if over is None or common == choice.headline_class(summary):
        return []
    part = 1 / (1 + over)
    return [Bar(f"A {labels.name(str(common))} share, of that price", min(part, 1.0), labels.part(part))]


def funnel(summary: Summary) -> Panel | None:
    """A bar for each tranche that comes once, as long as its chance; under it what stops it most often."""
    tranches: Sequence[Mapping[str, Any]] = summary.get("tranches") or []
    once = [
        (each, name)
        for each, name in zip(tranches, choice.tranche_labels(tranches), strict=True)
        if not choice.again(each)
    ]
    if not once:
        return None
    rest = len(once) - MOST
    more = f"{rest} more under “Tranches”." if rest > 0 else ""
    return Panel("Which tranche is funded", tuple(funded(*each) for each in once[:MOST]), REAL_WORLD, note=more)


def funded(tranche: Mapping[str, Any], name: str) -> Bar:
    """How often one tranche is funded."""
    chance = tranche["probability_funded"]
    note = "; ".join(filter(None, (after_the_one_before(tranche), stopped(tranche))))
    return Bar(
        labels.short(name, 60),
        chance,
        *labels.percent_with_error(chance, tranche.get("standard_error")),
        note,
        tranche.get("standard_error") or 0.0,
    )


def after_the_one_before(tranche: Mapping[str, Any]) -> str:
    """How often a tranche is funded where the closing before it was; nothing of a first one."""
    before = (tranche.get("not_funded_because") or {}).get(BEFORE, 0.0)
    reached = 1 - before
    return f"{labels.percent(tranche['probability_funded'] / reached)} once the one before is" if 0 < before < 1 else ""


def stopped(tranche: Mapping[str, Any]) -> str:
    """What stops a tranche most often, besides that the one before it was not funded."""
    own = {reason: share for reason, share in choice.reasons(tranche).items() if reason != BEFORE and share > 0}
    worst = max(own, key=lambda reason: own[reason], default=None)
    return (
        ""
        if worst is None
        else f"stopped most often: {labels.short(labels.reason(worst), 70)} ({labels.percent(own[worst])})"
    )


def losses(summary: Summary) -> Panel | None:
    """A bar for each cause of a loss of the headline holder, the commonest first."""
    holder = choice.headline_holder(summary)
    causes = (holder or {}).get("loss_causes") or {}
    chances = {name: labels.estimate(causes[name]["probability"]) for name in CAUSES if name in causes}
    ranked = sorted(chances, key=lambda name: -(chances[name].mean or 0))
    if holder is None or not ranked:
        return None
    bars = tuple(cause(CAUSES[name], chances[name]) for name in ranked[:MOST])
    who = labels.short(choice.holder_phrase(holder, summary), 60)
    return Panel(
        "What a loss comes from", bars, REAL_WORLD, "bad", f"{labels.phrase(who)}; parts of its chance of loss."
    )


def cause(words: str, chance: labels.Estimate) -> Bar:
    """How often a loss comes from one cause."""
    shown = labels.percent_with_error(chance.mean, chance.standard_error)
    return Bar(choice.capital(words), chance.mean or 0.0, *shown, off=chance.standard_error or 0.0)
