"""The first screen: the answer in a sentence and five big numbers."""

from collections.abc import Mapping
from typing import Any

from valsim.report import labels
from valsim.report.section import choice, glance, quality
from valsim.report.section.parts import REAL_WORLD, RISK_NEUTRAL, Section, Text, Tile, Tiles

Summary = Mapping[str, Any]
SHOWN_WARNINGS, SHOWN_POSITIONS = 3, 3
IN_LINE = 0.005
"""A gap below this that was not sampled is none."""


def section(summary: Summary) -> Section:
    """The answer; warnings of the run follow it at once."""
    builders = (value_tile, class_tile, funded_tile, dilution_tile, loss_tile)
    tiles = tuple(tile for tile in (build(summary) for build in builders) if tile)
    worth, *rest = short_answer(summary)
    warnings = [Text(warning, "warning") for warning in first_warnings(summary.get("warnings", []))]
    return Section(
        "answer",
        "The answer",
        worth,
        [Text(" ".join(rest), "answer"), Tiles(tiles), *glance.panels(summary), *warnings],
        "Answer",
    )


def first_warnings(warnings: list[str]) -> list[str]:
    """The first few; the section on quality has them all."""
    hidden = len(warnings) - SHOWN_WARNINGS
    return warnings if hidden <= 0 else [*warnings[:SHOWN_WARNINGS], f"{hidden} more under numerical quality."]


def answer(summary: Summary) -> list[str]:
    """Worth beside price and the gap, and an anchor that went far; the next tranche; how often each position of the reader's loses, or
    else the largest investor.
    """
    sentences = (
        worth(summary),
        gap(summary),
        quality.far_scaled(summary),
        tranche_sentence(summary),
        *returns(summary),
    )
    found = [sentence for sentence in sentences if sentence]
    return found or [f"{choice.company(summary)} was simulated on {labels.paths(summary['run']['paths'])}."]


def short_answer(summary: Summary) -> list[str]:
    """The first sentence of the answer, and of the others those that no tile and no panel beside them shows."""
    first = answer(summary)[0]
    untold = (quality.far_scaled(summary), *returns(summary))
    return [first, *(sentence for sentence in untold if sentence and sentence != first)]


def worth(summary: Summary) -> str:
    """What the last price says of the company beside what its shares are worth together."""
    present, headline, currency = choice.present_value(summary), choice.at_last_price(summary), choice.currency(summary)
    share = choice.headline_class(summary)
    if present.mean is None:
        return ""
    shown = said(labels.with_error(present.mean, present.standard_error, currency))
    if headline is None or share is None:
        return f"All shares of {choice.company(summary)} together are worth {shown} today ({RISK_NEUTRAL})."
    price = labels.money(headline, currency)
    return (
        f"{choice.company(summary)}'s {labels.name(share)} price says {price}; all shares together are worth {shown} today "
        f"({RISK_NEUTRAL})."
    )


def gap(summary: Summary) -> str:
    """How far the headline is from fair value, and what a common share is worth of the headline price."""
    found, apart = choice.fair_value(summary), whole_gap(summary)
    common: str | None = found.get("common")
    if apart is None:
        return ""
    text = f"The headline is {apart} fair value"
    over_common = None if common is None else found["classes"][common]["overvaluation"]
    if common is None or over_common is None or common == choice.headline_class(summary):
        return f"{text}."
    return f"{text}; a {labels.name(common)} share is worth {labels.part(1 / (1 + over_common))} of the headline price."


def whole_gap(summary: Summary) -> str | None:
    """How far the headline is from fair value in words, with its error; None where there is no headline."""
    found = choice.fair_value(summary)
    gap: float | None = found.get("overvaluation")
    return None if gap is None else over(gap, found.get("overvaluation_standard_error"))


def tranche_sentence(summary: Summary) -> str:
    """How often the next tranche is funded, and the condition that is hardest to meet, or else what stops it most often."""
    tranche = choice.next_tranche(summary)
    if tranche is None:
        return ""
    chance = said(labels.percent_with_error(tranche["probability_funded"], tranche.get("standard_error")))
    return f"The {labels.phrase(tranche['tranche'])} is funded on {chance} of paths{obstacle(tranche)}."


def obstacle(tranche: Mapping[str, Any]) -> str:
    """What stands in the way of a tranche, as the end of a sentence."""
    met = tranche.get("milestones")
    if met:
        hardest = min(met, key=lambda condition: met[condition])
        return f"; its hardest condition, “{hardest}”, is met {labels.percent(met[hardest])} of the time"
    reason = next(iter(choice.reasons(tranche).items()), None)
    return f"; what stops it most often is “{labels.reason(reason[0])}” ({labels.percent(reason[1])})" if reason else ""


def returns(summary: Summary) -> list[str]:
    """A sentence for each position of the reader's, up to three; without any, one for whoever invested most."""
    largest = choice.headline_holder(summary)
    told = choice.positions(summary)[:SHOWN_POSITIONS] or ([largest] if largest else [])
    return [return_sentence(each, choice.capital(choice.holder_phrase(each, summary))) for each in told]


def return_sentence(holder: Mapping[str, Any], who: str) -> str:
    """How often a holder gets less than it paid and what the median path returns; or that it never invests, and why."""
    loss, middle = choice.loss(holder), labels.estimate(holder.get("moic")).at("0.5")
    if loss.mean is None:
        because = choice.refusals(holder)
        return f"{who} never invests{': ' if because else ''}{because}." if choice.is_position(holder) else ""
    paths, median = "paths", "the median path"
    if holder.get("never_invested"):
        paths, median = "the paths on which it invests", "the median of these"
    ending = f" and returns {labels.multiple(middle)} on {median}" if middle is not None else ""
    return f"{who} loses money on {labels.percent(loss.mean)} of {paths}{ending}."


def value_tile(summary: Summary) -> Tile | None:
    """All shares today, and the headline that counts each of them at the last price."""
    present, headline, currency = choice.present_value(summary), choice.at_last_price(summary), choice.currency(summary)
    if present.mean is None:
        return None
    note = (
        "" if (gap := whole_gap(summary)) is None else f"the headline, {labels.money(headline, currency)}, is {gap} it"
    )
    shown = labels.with_error(present.mean, present.standard_error, currency)
    return Tile("Fair value of all shares", *shown, note, RISK_NEUTRAL)


def class_tile(summary: Summary) -> Tile | None:
    """The reader's position if there is one, otherwise a share of the class that was priced last."""
    holder, unit = choice.headline_holder(summary), choice.currency(summary)
    if holder is None or not choice.is_position(holder):
        return share_tile(summary)
    who = choice.capital(choice.holder_phrase(holder, summary))
    present, invested = labels.estimate(holder["present_value"]), labels.estimate(holder["invested"]).mean
    shown = labels.with_error(present.mean, present.standard_error, unit)
    note = f"{labels.money(invested, unit)} invested, mean over all paths" if invested else "never invests"
    return Tile(f"{who}, present value", *shown, note, RISK_NEUTRAL)


def share_tile(summary: Summary) -> Tile | None:
    """A share of the class that was priced last."""
    name, unit = choice.headline_class(summary), choice.currency(summary)
    share = {} if name is None else choice.fair_value(summary)["classes"][name]
    if name is None or share["per_share"] is None:
        return None
    shown = labels.price_with_error(share["per_share"], share.get("per_share_standard_error"), unit)
    last = labels.price(choice.fair_value(summary)["price"][name], unit)
    return Tile(f"A {labels.name(name)} share", *shown, f"last price {last}", RISK_NEUTRAL)


def funded_tile(summary: Summary) -> Tile | None:
    """The chance of the next tranche."""
    tranche = choice.next_tranche(summary)
    if tranche is None:
        return None
    shown = labels.percent_with_error(tranche["probability_funded"], tranche.get("standard_error"))
    title = "Next milestone is funded" if tranche.get("milestones") else "Next tranche is funded"
    return Tile(title, *shown, labels.tranche_name(tranche), REAL_WORLD)


def dilution_tile(summary: Summary) -> Tile | None:
    """The dilution of today's holders by the next tranche."""
    tranche = choice.next_tranche(summary)
    spread = labels.estimate((tranche or {}).get("dilution"))
    if spread.at("0.5") is None:
        return None
    ends = f"{labels.percent(spread.at('0.05'))} to {labels.percent(spread.at('0.95'))} on nine paths in ten"
    return Tile(
        "Dilution by that tranche", labels.percent(spread.at("0.5")), "", f"median where funded; {ends}", REAL_WORLD
    )


def loss_tile(summary: Summary) -> Tile | None:
    """The chance of loss of the headline holder."""
    holder = choice.headline_holder(summary)
    loss = choice.loss(holder)
    if holder is None or loss.mean is None:
        return None
    who = labels.short(choice.holder_phrase(holder, summary), 60)
    return Tile(
        "Chance of loss",
        *labels.percent_with_error(loss.mean, loss.standard_error),
        f"{who}, proceeds below money invested",
        REAL_WORLD,
    )


def said(shown: tuple[str, str]) -> str:
    """A number and its error as one run of text."""
    return " ".join(part for part in shown if part)


def over(gap: float, error: float | None = None) -> str:
    """A gap in words, with its standard error in points where it has one.

    >>> over(0.06), over(0.087, 0.004), over(-0.12), over(0.004)
    ('6.0 % above', '8.7 % ± 0.4 above', '12 % below', 'in line with')
    """
    if abs(gap) < IN_LINE and not error:
        return "in line with"
    return f"{said(labels.percent_with_error(abs(gap), error))} {'above' if gap > 0 else 'below'}"
