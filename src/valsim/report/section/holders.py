"""Who gets what: each holder's proceeds, multiple, loss and value today."""

from collections.abc import Mapping
from typing import Any

from valsim.report import labels
from valsim.report.section import choice, headline_position, position
from valsim.report.section.cash import cash_table
from valsim.report.section.parts import REAL_WORLD, Cell, Chart, Folded, Part, Section, Table, numbers, opened, words

Summary = Mapping[str, Any]
HOLDER = words("Holder")
FIRST = 6
"""So many holders stand in the open, the reader's positions and who invests most; the others are folded."""


def section(summary: Summary) -> Section | None:
    """Returns first, then the headline position, then who loses by what and what it takes to have the money back."""
    from valsim.report.figures.holders import holder_multiples

    holders, currency = ranked(choice.paid_holders(summary)), choice.currency(summary)
    if not holders:
        return None
    columns = numbers(
        "Invested|mean",
        "Worth today|risk-neutral",
        "MOIC|mean",
        "MOIC|median, 5 to 95 %",
        "Chance of loss",
        "IRR|median, 5 to 95 %",
        "IRR|of expected cash flows",
    )
    returns = Table(
        "What each holder makes",
        (*HOLDER, *columns),
        tuple(return_row(each, currency) for each in holders),
        "worth today is risk-neutral, all else real-world",
        NOTE,
    )
    parts: list[Part] = [
        *opened(returns, FIRST, f"{returns.caption}, other holders"),
        *headline_position.parts(summary),
    ]
    figure = holder_multiples(holders[:FIRST])
    if figure:
        parts.append(
            Chart("holder-multiples", "Multiple of money by holder", figure, finding(holders), measure=REAL_WORLD)
        )
    parts.extend(position.parts(summary))
    by_year = cash_table(holders, summary["scenario"]["as_of"], currency)
    folded = [proceeds_table(summary["holders"], currency), *([by_year] if by_year else [])]
    parts.extend(map(Folded.of, folded))
    return Section("holders", "Holders: who gets what", lead(summary, holders), parts, "Holders")


def ranked(holders: list[Any]) -> list[Any]:
    """The reader's positions first, then who invests most; who paid nothing comes last."""
    return sorted(
        holders, key=lambda each: (not choice.is_position(each), -(labels.estimate(each.get("invested")).mean or 0))
    )


NOTE = (
    "Headline MOIC is expected proceeds over expected money invested. A mean IRR does not exist, so quantiles and the IRR "
    "of the expected cash flows are shown; no proceeds at all is an IRR of −100 %. Invested and worth today are means over all paths; MOIC, loss and IRR are over the "
    "paths on which the holder invests, and the others are counted under its name."
)


def return_row(holder: Mapping[str, Any], currency: str) -> tuple[Cell, ...]:
    """The returns of one holder."""
    known = holder if choice.has_returns(holder) else {}
    moic, irr, loss = labels.estimate(known.get("moic")), labels.estimate(known.get("irr")), choice.loss(holder)
    invested, present = labels.estimate(holder.get("invested")), labels.estimate(holder.get("present_value"))
    ratio = choice.present_over_invested(holder)
    return (
        Cell(labels.name(holder["name"]), note=never(holder)),
        Cell(labels.money(invested.mean or None, currency), note=partly(holder)),
        Cell(
            *labels.with_error(present.mean, present.standard_error, currency),
            f"{labels.multiple(ratio)} of invested" if ratio else "",
        ),
        Cell(*labels.multiple_with_error(moic.mean, moic.standard_error)),
        Cell(labels.multiple(moic.at("0.5")), note=labels.span(moic, labels.multiple)),
        Cell(*labels.percent_with_error(loss.mean, loss.standard_error)),
        Cell(labels.percent(irr.at("0.5")), note=labels.span(irr, labels.percent)),
        Cell(labels.percent((known.get("irr") or {}).get("of_expected_cash_flows"))),
    )


def proceeds_table(holders: list[Any], currency: str) -> Table:
    """Mean proceeds, how much of them in hand, the stake at exit and the years until then."""
    columns = numbers(
        "Proceeds|mean",
        "Proceeds|median, 5 to 95 %",
        "Received before the exit|mean",
        "Received from the exit|mean",
        "Still held at the horizon|mean",
        "Stake at exit|mean",
        "Years to cash|median, 5 to 95 %",
    )
    return Table(
        "Proceeds, realised and not",
        (*HOLDER, *columns),
        tuple(proceeds_row(each, currency) for each in holders),
        REAL_WORLD,
        "Proceeds are over all paths, those without an investment among them. Received is cash, from sales, buy-backs and dividends or from the exit; what is still held at the horizon is valued by the scenario's rule for it and is no cash. An unissued pool counts in ownership and is paid nothing.",
    )


def proceeds_row(holder: Mapping[str, Any], currency: str) -> tuple[Cell, ...]:
    """The proceeds of one holder."""
    proceeds, stake, years = (
        labels.estimate(holder.get(key)) for key in ("proceeds", "ownership_at_exit", "liquidity_years")
    )
    received = (labels.estimate(holder.get(key)) for key in ("before_exit", "from_exit", "unrealised"))
    return (
        Cell(labels.name(holder["name"])),
        Cell(*labels.with_error(proceeds.mean, proceeds.standard_error, currency)),
        Cell(
            labels.money(proceeds.at("0.5"), currency),
            note=labels.span(proceeds, lambda value: labels.money(value, currency)),
        ),
        *(Cell(*labels.with_error(each.mean, each.standard_error, currency)) for each in received),
        Cell(*labels.percent_with_error(stake.mean, stake.standard_error)),
        Cell(plain_years(years.at("0.5")), note=labels.span(years, plain_years)),
    )


def lead(summary: Summary, holders: list[Any]) -> str:
    """What a unit of money is worth today to the headline holder, and to whom it is worth most and least."""
    currency, first = choice.currency(summary), choice.headline_holder(summary)
    invested = [each for each in holders if choice.present_over_invested(each) is not None]
    if not invested or first is None:
        return "No holder invests in this scenario."
    unit = f"For each {labels.symbol(currency)}1 invested"
    best = max(invested, key=lambda each: choice.present_over_invested(each) or 0)
    worst = min(invested, key=lambda each: choice.present_over_invested(each) or 0)
    if first not in invested:
        text = f"{choice.capital(choice.holder_phrase(first, summary))} never invests"
        return (
            f"{text}. {unit}, {choice.holder_phrase(best, summary)} holds most present value, {cents(best, currency)}."
        )
    text = f"{unit}, {choice.holder_phrase(first, summary)} holds {cents(first, currency)} of present value"
    ends = [
        f"{choice.holder_phrase(each, summary)} {word} with {cents(each, currency)}"
        for each, word in ((best, "most"), (worst, "least"))
        if each is not first
    ]
    return f"{text}; {labels.listed(ends)}." if ends else f"{text}."


def cents(holder: Mapping[str, Any], currency: str) -> str:
    """Present value for one unit of money, to the cent."""
    return f"{labels.symbol(currency)}{choice.present_over_invested(holder) or 0:.2f}"


def finding(holders: list[Any]) -> str:
    """Mean against median: how much of the return rests on the best paths."""
    paid = [each for each in holders if choice.has_returns(each)]
    seen = [moic for each in paid if (moic := labels.estimate(each.get("moic"))).at("0.5") is not None]
    losing = sum(1 for moic in seen if (moic.at("0.5") or 0) < 1)
    ahead = sum(1 for moic in seen if (moic.mean or 0) > 1)
    return (
        f"The median path returns less than the money invested to {losing} of {len(seen)} investors, the mean more than it to {ahead}. "
        "Box: half of paths; whiskers: nine in ten; diamond: mean; dotted line: money back."
    )


def plain_years(value: float | None) -> str:
    """Years with one decimal."""
    return labels.MISSING if value is None else f"{value:.1f}"


def never(holder: Mapping[str, Any]) -> str:
    """How often a holder never invested, if ever, and mostly why, where that is known."""
    share, because = holder.get("never_invested") or 0, choice.main_refusal(holder)
    if not share or (share == 1 and not choice.is_position(holder)):
        return ""
    text = "never invests" if share == 1 else f"never invests on {labels.percent(share)} of paths"
    return f"{text}, mostly: {because}" if because else text


def partly(holder: Mapping[str, Any]) -> str:
    """Say so where a holder also has shares of which no price is known: a multiple of its money would mean nothing."""
    invested = labels.estimate(holder.get("invested")).mean
    return "for a part of its shares" if invested and not holder.get("cost_known", True) else ""
