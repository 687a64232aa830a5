"""What an investor asks of the headline position, in sentences for a terminal."""

from collections.abc import Iterator, Mapping
from typing import Any

from valsim.report import labels
from valsim.report.section import choice
from valsim.report.section.loss_causes import CAUSES, main_causes

Summary = Mapping[str, Any]
Holder = Mapping[str, Any]
ALL = 0.9995
"""The part of the money from which on all of it is lost."""


def sentences(summary: Summary) -> Iterator[tuple[str, str]]:
    """What the headline holder loses by, how bad it gets, and what it takes to have the money back, each with the word in front."""
    holder, currency = choice.headline_holder(summary), choice.currency(summary)
    if holder is None or not choice.has_returns(holder):
        return
    phrase = choice.capital(choice.holder_phrase(holder, summary))
    if main_causes(holder):
        yield "Loss", loss_words(holder, phrase)
    if holder.get("tail") and tail_words(holder, currency):
        yield "Worst", tail_words(holder, currency)
    told = (holder.get("break_even") or {}).get("1")
    if told and (told["today"] is not None or labels.estimate(told["at_exit"]).at("0.5") is not None):
        yield "Even", even_words(holder, currency)
    if holder.get("prices"):
        yield "Price", price_words(holder, currency)
    if holder.get("marketable"):
        yield "Unsold", unsold_words(holder, currency)


def loss_words(holder: Holder, phrase: str) -> str:
    """How likely a loss is, and by what."""
    said = "; ".join(f"{CAUSES[name]} {labels.percent(chance)}" for name, chance in main_causes(holder))
    return f"{phrase} loses money on {labels.percent(choice.loss(holder).mean)} of paths: {said}."


def tail_words(holder: Holder, currency: str) -> str:
    """What the worst paths cost."""
    tails = {level: holder["tail"][level]["expected_shortfall"] for level in ("0.95", "0.99")}
    if (tails["0.95"]["of_invested"] or 0) > ALL:
        return f"On the worst 5 % of paths all of the money is lost, {labels.money(tails['0.95']['mean'], currency)} on average."
    known = [(level, part) for level, part in (("0.95", "5 %"), ("0.99", "1 %")) if tails[level]["mean"] is not None]
    said = [f"the worst {part} of paths {shortfall_words(tails[level], currency)}" for level, part in known]
    return f"{choice.capital('; '.join(said))}, discounted at the risk-free rate." if said else ""


def shortfall_words(tail: Mapping[str, float], currency: str) -> str:
    """What some paths lose, or gain, in the mean."""
    does, mean, part = "lose", tail["mean"], tail["of_invested"]
    if mean < 0:
        does, mean, part = "gain", -mean, -part
    return f"{does} {labels.money(mean, currency)} on average ({labels.part(part)} of invested)"


def even_words(holder: Holder, currency: str) -> str:
    """What the company must be sold for."""
    found = {m: holder["break_even"][m] for m in ("1", "3")}
    at_exit = {m: labels.estimate(each["at_exit"]).at("0.5") for m, each in found.items()}
    values, when = (
        ({m: each["today"] for m, each in found.items()}, "by today's cap table")
        if at_exit["1"] is None
        else (at_exit, "median of the cap tables at exit")
    )
    once, thrice = (labels.money(values[m], currency) for m in ("1", "3"))
    return f"Money is back once a sale brings {once}, three times at {thrice} ({when})."


def price_words(holder: Holder, currency: str) -> str:
    """What a buyer could pay for a share."""
    found = holder["prices"]
    fair, wanted = (labels.estimate(found[key]) for key in ("worth_today", "for_target_return"))
    said = [f"paid {labels.price(found['paid'], currency)} a share"]
    if fair.mean is not None:
        said.append(f"worth paying {shown(fair, currency)} (risk-neutral)")
    if wanted.mean is not None:
        rate = labels.percent(found["target_return"])
        said.append(f"{shown(wanted, currency)} for a return of {rate} a year (real-world)")
    return f"{choice.capital('; '.join(said))}."


def shown(price: labels.Estimate, currency: str) -> str:
    """A price with its standard error."""
    return " ".join(filter(None, labels.price_with_error(price.mean, price.standard_error, currency)))


def unsold_words(holder: Holder, currency: str) -> str:
    """What a position is worth less because it cannot be sold."""
    found = holder["marketable"]
    before, after = (labels.estimate(found[f"present_value_{when}"]).mean for when in ("before", "after"))
    return (
        f"Worth {labels.money(after, currency)} today with the stated discount of {labels.percent(found['discount'])} "
        f"for lack of marketability, {labels.money(before, currency)} without (risk-neutral)."
    )
