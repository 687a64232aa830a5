"""The first screen: the answer in a sentence and five big numbers."""

from collections.abc import Mapping
from typing import Any

from valsim.report import labels
from valsim.report.figures.tranches import tranche_name
from valsim.report.section import choice
from valsim.report.section.parts import REAL_WORLD, RISK_NEUTRAL, Section, Text, Tile, Tiles

Summary = Mapping[str, Any]


def section(summary: Summary) -> Section:
    """The answer; warnings of the run follow it at once."""
    builders = (equity_tile, class_tile, funded_tile, dilution_tile, loss_tile)
    tiles = tuple(tile for tile in (build(summary) for build in builders) if tile)
    warnings = [Text(warning, "warning") for warning in summary.get("warnings", [])]
    return Section("answer", "The answer", answer(summary), [Tiles(tiles), *warnings], "Answer")


def answer(summary: Summary) -> str:
    """Two sentences: worth against price and the next tranche; then who loses."""
    clauses = [clause for clause in (worth_clause(summary), tranche_clause(summary)) if clause]
    first = "; ".join(clauses)
    return " ".join(each for each in (first and first + ".", loss_clause(summary)) if each)


def worth_clause(summary: Summary) -> str:
    """What the equity is worth today against all shares at the last price."""
    worth, headline = choice.opening_equity(summary), choice.at_last_price(summary)
    if worth.mean is None:
        return ""
    text = f"{choice.company(summary)}'s equity is worth {said(labels.with_error(worth.mean, worth.standard_error, choice.currency(summary)))} today"
    share = choice.headline_class(summary)
    if headline is None or share is None:
        return text
    price = labels.money(headline, choice.currency(summary))
    return f"{text}, {against(worth.mean / headline)} the {price} of all shares at the {labels.name(share['name'])} price"


def tranche_clause(summary: Summary) -> str:
    """How often the next tranche is funded, and what stops it most often."""
    tranche = choice.next_tranche(summary)
    if tranche is None:
        return ""
    chance = said(labels.percent_with_error(tranche["probability_funded"], tranche.get("standard_error")))
    reason = max(tranche.get("not_funded_because", {}).items(), key=lambda item: item[1], default=None)
    because = f", most often stopped by “{reason[0]}” ({labels.percent(reason[1])})" if reason else ""
    return f"the {tranche['tranche']} is funded on {chance} of paths{because}"


def loss_clause(summary: Summary) -> str:
    """The chance that the headline holder gets less than it paid."""
    holder = choice.headline_holder(summary)
    loss = labels.estimate(holder.get("probability_of_loss") if holder else None)
    if holder is None or loss.mean is None:
        return ""
    who = choice.holder_phrase(holder)
    middle = labels.estimate(holder.get("moic")).at("0.5")
    ending = f" and returns {labels.multiple(middle)} on the median path" if middle is not None else ""
    return f"{who[:1].upper()}{who[1:]} loses money on {labels.percent(loss.mean)} of paths{ending}."


def equity_tile(summary: Summary) -> Tile | None:
    """Equity today."""
    worth, headline = choice.opening_equity(summary), choice.at_last_price(summary)
    share = choice.headline_class(summary)
    if worth.mean is None:
        return None
    note = f"{labels.money(headline, choice.currency(summary))} at the {labels.name(share['name'])} price" if share else ""
    return Tile("Equity value today", *labels.with_error(worth.mean, worth.standard_error, choice.currency(summary)), note, RISK_NEUTRAL)


def class_tile(summary: Summary) -> Tile | None:
    """My position for each dollar in it if there is one, otherwise a share of the headline class."""
    holder, share = choice.headline_holder(summary), choice.headline_class(summary)
    unit = choice.currency(summary)
    if holder and holder["name"] == "me":
        present, invested = labels.estimate(holder["present_value"]), labels.estimate(holder["invested"]).mean
        shown = labels.with_error(present.mean, present.standard_error, unit)
        return Tile("Your position today", *shown, f"{labels.money(invested, unit)} invested", RISK_NEUTRAL)
    if share is None:
        return None
    shown = labels.price_with_error(share["present_value_per_share"], share.get("standard_error"), unit)
    return Tile(f"A {labels.name(share['name'])} share", *shown, f"last price {labels.price(share['last_price'], unit)}", RISK_NEUTRAL)


def funded_tile(summary: Summary) -> Tile | None:
    """The chance of the next tranche."""
    tranche = choice.next_tranche(summary)
    if tranche is None:
        return None
    shown = labels.percent_with_error(tranche["probability_funded"], tranche.get("standard_error"))
    return Tile("Next tranche is funded", *shown, tranche_name(tranche), REAL_WORLD)


def dilution_tile(summary: Summary) -> Tile | None:
    """The dilution of today's holders by the next tranche."""
    tranche = choice.next_tranche(summary)
    spread = labels.estimate((tranche or {}).get("dilution"))
    if spread.at("0.5") is None:
        return None
    ends = f"{labels.percent(spread.at('0.05'))} to {labels.percent(spread.at('0.95'))} on nine paths in ten"
    return Tile("Dilution by that tranche", labels.percent(spread.at("0.5")), "", f"median where funded; {ends}", REAL_WORLD)


def loss_tile(summary: Summary) -> Tile | None:
    """The chance of loss of the headline holder."""
    holder = choice.headline_holder(summary)
    loss = labels.estimate(holder.get("probability_of_loss") if holder else None)
    if holder is None or loss.mean is None:
        return None
    who = "your position" if holder["name"] == "me" else labels.short(labels.name(holder["name"]))
    return Tile("Chance of loss", *labels.percent_with_error(loss.mean, loss.standard_error), f"{who}, proceeds below money invested", REAL_WORLD)


def said(shown: tuple[str, str]) -> str:
    """A number and its error as one run of text."""
    return " ".join(part for part in shown if part)


def against(ratio: float) -> str:
    """``6 % above``, ``in line with``, ``12 % below``."""
    if abs(ratio - 1) < 0.005:
        return "in line with"
    return f"{labels.percent(abs(ratio - 1))} {'above' if ratio > 1 else 'below'}"
