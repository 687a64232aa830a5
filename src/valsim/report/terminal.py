"""The summary on a terminal: what an investor reads in a minute, in 80 columns and in a pipe."""

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from valsim.report import labels
from valsim.report.section import choice, contracts, headline, market, position_words, precision, quality
from valsim.report.section.adjustments import adjustment_words
from valsim.report.section.assumptions import counted, rate_words
from valsim.report.section.cash import cash_sentences
from valsim.report.section.classes import closings_sentence, over_worth
from valsim.report.section.compute_credits import credit_words
from valsim.report.section.decisions import decided
from valsim.report.section.exits import lead as exit_words
from valsim.report.section.exits import redemption_words
from valsim.report.section.reproduce import run_words
from valsim.report.section.signals import risk_words, signal_words
from valsim.report.section.splits import price_words
from valsim.report.section.step_ups import step_up_words
from valsim.report.section.tranches import paid_short, spared_words, window
from valsim.report.section.use_of_proceeds import use_words

Summary = Mapping[str, Any]
REASONS, WIDEST = 3, 100
FILLER = "\ue000"
"""Stands behind a letter as wide as two, while lines are measured."""
MEASURES = "Worth is risk-neutral; chances, medians, money and returns are real-world."
WHICH_PATHS = "Invested and worth today are means over all paths; MOIC, loss and IRR are over the paths on which a holder invests."


def print_summary(summary: Summary, console: Console) -> None:
    """Print the summary; sections without numbers are left out, and names are text, never markup."""
    for block in (heading, classes, tranches, holders, ending, health):
        print_items(block(summary), console)


@dataclass(frozen=True)
class Words:
    """A paragraph: a bold heading word, the text, and how it looks; later lines stand under the text."""

    text: str
    head: str = ""
    style: str = ""


def print_items(items: Iterable[Any], console: Console) -> None:
    """Print paragraphs wrapped to the width, and what else there is as it is; names are text, never markup."""
    for item in items:
        console.print(wrapped(item, console.width) if isinstance(item, Words) else item, highlight=False, markup=False)


def wrapped(words: Words, width: int) -> Text:
    """Break between words, never between a number and its sign, into lines that are not too long to be read."""
    joined = re.sub(r" (?=[%±])|(?<=±) ", "\u00a0", words.text)
    measured = "".join(letter + FILLER * (cell_len(letter) - 1) for letter in joined)
    room, indent = min(width, WIDEST) - 1, " " * len(words.head)
    lines = textwrap.fill(measured, room, initial_indent=words.head, subsequent_indent=indent).replace(FILLER, "")
    text = Text(lines.replace("\u00a0", " "), style=words.style)
    text.stylize("bold", 0, len(words.head))
    return text


def heading(summary: Summary) -> Iterator[Any]:
    """Scenario, run and the answer."""
    scenario = summary["scenario"]
    yield Text(scenario["name"], style="bold")
    yield Text(run_words(summary), style="dim")
    yield Words(MEASURES, style="dim")
    yield from map(Words, precision.sentences(summary))
    case = labels.case(scenario)
    if case:
        yield Words(case)
    yield ""
    yield Words(" ".join(headline.answer(summary)))
    for warning in summary.get("warnings", []):
        yield Words(warning, "! ", "yellow")


def tranches(summary: Summary) -> Iterator[Any]:
    """A row a tranche, and under it what stops it."""
    found = summary.get("tranches")
    if not found:
        return
    terms = ("new money", "post-money", "dilution")
    table = grid("Tranches (real-world)", ["tranche"], ["funded\nchance", *(f"{what}\nmedian" for what in terms)])
    names = choice.tranche_labels(found)
    for each, name in zip(found, names, strict=True):
        when = "" if choice.at_any_time(each, summary) else f"\n{window(each.get('window'))}"
        table.add_row(*tranche_row(each, name + when, choice.currency(summary)))
    yield from ("", table)
    for each, name in zip(found, names, strict=True):
        reasons = list(choice.reasons(each).items())[:REASONS]
        if reasons and not choice.again(each):
            said = ", ".join(f"{labels.percent(share)} {labels.reason(reason)}" for reason, share in reasons)
            yield Words(f"{name} not funded: {said}", "  ", "dim")
        if labels.estimate(each.get("paid_short_if_funded")).mean is not None:
            yield Words(f"{name}: {paid_short(each)}", "  ", "dim")
        if spared_words(each):
            yield Words(f"{name}, where funded: {spared_words(each)}", "  ", "dim")
    called = {(each["round"], each.get("tranche")): name for each, name in zip(found, names, strict=True)}
    for each in (summary.get("decisions") or {}).get("taken", ()):
        yield Words(f"{called[each['round'], each['tranche']]}: {decided(each)}", "  ", "dim")
    if step_up_words(summary):
        yield Words(step_up_words(summary), "  ", "dim")


def tranche_row(tranche: Mapping[str, Any], name: str, currency: str) -> list[str]:
    """One tranche; money and dilution are medians where it is funded."""
    post, dilution = labels.estimate(tranche.get("post_money_valuation")), labels.estimate(tranche.get("dilution"))
    money = labels.estimate(tranche.get("new_money"))
    shown = labels.percent_with_error(tranche["probability_funded"], tranche.get("standard_error"))
    middle = money.at("0.5") if money.at("0.5") is not None else money.mean
    return [
        name,
        headline.said(shown),
        labels.money(middle, currency),
        labels.money(post.at("0.5"), currency),
        labels.percent(dilution.at("0.5")),
    ]


def holders(summary: Summary) -> Iterator[Any]:
    """A row a holder."""
    found = choice.paid_holders(summary)
    if not found:
        return
    columns = ["invested\nmean", "worth\ntoday", "MOIC\nmean", "MOIC\nmedian", "chance\nof loss", "IRR\nmedian"]
    table = grid("Holders (worth today risk-neutral, all else real-world)", ["holder"], columns)
    for each in found:
        table.add_row(*holder_row(each, choice.currency(summary)))
    yield from ("", table)
    yield Words(WHICH_PATHS, "  ", "dim")


def unbought(holder: Mapping[str, Any]) -> str:
    """That a position of the reader's is never bought, and above all why."""
    if not choice.is_position(holder) or holder.get("never_invested") != 1:
        return ""
    return ": ".join(filter(None, ("never invests", choice.main_refusal(holder))))


def holder_row(holder: Mapping[str, Any], currency: str) -> list[str]:
    """One holder."""
    known = holder if choice.has_returns(holder) else {}
    moic, irr, loss = labels.estimate(known.get("moic")), labels.estimate(known.get("irr")), choice.loss(holder)
    present = labels.estimate(holder.get("present_value"))
    return [
        "\n".join(filter(None, (labels.name(holder["name"]), unbought(holder)))),
        labels.money(labels.estimate(holder.get("invested")).mean or None, currency),
        headline.said(labels.with_error(present.mean, present.standard_error, currency)),
        labels.multiple(moic.mean),
        labels.multiple(moic.at("0.5")),
        labels.percent(loss.mean),
        labels.percent(irr.at("0.5")),
    ]


def classes(summary: Summary) -> Iterator[Any]:
    """A row a class, and under it the closings to come."""
    found, currency = summary.get("classes"), choice.currency(summary)
    if not found:
        return
    columns = ["shares", "worth a share", "last price", "headline over worth"]
    table = grid("Fair value by class (risk-neutral)", ["class"], columns)
    for each in found:
        worth = labels.price_with_error(each["present_value_per_share"], each.get("standard_error"), currency)
        last = labels.price(each.get("last_price") or None, currency)
        over = headline.said(over_worth(each["name"], summary))
        table.add_row(labels.name(each["name"]), labels.compact(each["shares"]), headline.said(worth), last, over)
    yield from ("", table)
    if closings_sentence(summary):
        yield Words(closings_sentence(summary), "  ", "dim")


def ending(summary: Summary) -> Iterator[Any]:
    """How paths end."""
    if summary.get("exits"):
        yield from ("", Words(exit_words(summary["exits"]), "Exits   "))
    if summary.get("use_of_proceeds"):
        yield Words(use_words(summary), "Use     ")
    if summary.get("compute_credits"):
        yield Words(credit_words(summary), "Credits ")
    if summary.get("signals"):
        yield Words(signal_words(summary), "Signals ")
    if summary.get("risks"):
        yield Words(risk_words(summary), "Risks   ")
    if summary.get("redemptions"):
        yield Words(redemption_words(summary["redemptions"]), "Redeem  ")
    if summary.get("valuation_adjustments"):
        yield Words(adjustment_words(summary["valuation_adjustments"]), "Adjust  ")
    if summary.get("splits"):
        yield Words(price_words(summary), "Splits  ")
    for head, text in (*position_words.sentences(summary), *cash_sentences(summary), *contracts.sentences(summary)):
        yield Words(text, f"{head:8}")


def health(summary: Summary) -> Iterator[Any]:
    """Whether the numbers can be trusted, and on how many sources they rest."""
    if summary.get("health"):
        yield Words(quality.lead(summary), "Sample  ")
        checks = [f"{check.label.lower()} {check.shown(value)}" for check, value in quality.known(summary["health"])]
        yield Words("; ".join(checks) + ".", " " * 8, "dim")
    if summary.get("sectors"):
        yield Words(market.lead(summary["sectors"]), "Market  ")
    if summary.get("exchange_rates"):
        yield Words(rate_words(summary["exchange_rates"]), "Rates   ")
    given = summary.get("assumptions")
    if given:
        cited = counted(given)
        yield Words(f"{len(given)} numbers, {cited} with a source and {len(given) - cited} assumed.", "Inputs  ")


def grid(title: str, words: Sequence[str], numbers: Sequence[str]) -> Table:
    """A table without vertical lines: names on the left may wrap, numbers on the right never do."""
    table = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        padding=(0, 1, 0, 0),
    )
    for column in words:
        table.add_column(column, overflow="fold")
    for column in numbers:
        table.add_column(column, justify="right", no_wrap=True)
    return table
