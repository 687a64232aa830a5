"""Whether the rounds of a document have names of their own, fit the calendar, and take what is committed to them."""

from collections.abc import Iterator

from valsim.captable.financing.tranche import Tranche
from valsim.captable.term.anti_dilution.protective import KINDS_OF_ISSUE
from valsim.core.errors import Path, Problem
from valsim.core.quantity import format_quantity
from valsim.core.unit import Unit
from valsim.scenario.rules.context import Context


def round_problems(context: Context) -> Iterator[Problem]:
    """Report rounds of one name, closings outside the run or too early for a signal, and commitments above what a closing takes."""
    yield from _names(context)
    yield from _calendar(context)
    yield from _signals(context)
    for tranche in context.scenario.tranches:
        yield from _buyers(context, tranche)


def _names(context: Context) -> Iterator[Problem]:
    # A round is a series of its name: one of a name that exists would issue more of those shares, on their terms.
    taken = dict.fromkeys(context.classes, "a class of the cap table")
    taken |= dict.fromkeys(KINDS_OF_ISSUE, "what anti-dilution terms may exempt")
    for i, terms in enumerate(context.scenario.rounds):
        laid = (tranche.round for tranche in context.scenario.tranches if tranche.terms is terms)
        names = dict.fromkeys((terms.name, *laid))
        for name in (name for name in names if name in taken):
            message = f"{taken[name]} is called {name!r} already"
            yield Problem(("rounds", i, "name"), message, "give the round another name", code="name")
        taken |= dict.fromkeys(names, "a round above")


def _calendar(context: Context) -> Iterator[Problem]:
    for i, terms in enumerate(context.scenario.rounds):
        for j, closing in enumerate(terms.closings):
            path: Path = ("rounds", i, "closings", j)
            if closing.at is not None:
                yield from context.dated((*path, "at"), closing.at)
            for k, day in enumerate(closing.between or ()):
                yield from context.dated((*path, "between", k), day)
            for key in ("cure_period", "long_stop"):
                if getattr(closing, key) is not None and closing.window_ends is not None:
                    yield from context.dated((*path, key), closing.last_day(closing.window_ends))


def _signals(context: Context) -> Iterator[Problem]:
    """Warn of a condition that reads a signal which nobody has observed by the last day of the closing."""
    signals = context.scenario.signals
    for i, terms in enumerate(context.scenario.rounds):
        for j, closing in enumerate(terms.closings):
            if closing.when is None or closing.window_ends is None:
                continue
            last = closing.last_day(closing.window_ends)
            for name in sorted(closing.when.names & signals.keys()):
                if signals[name].at > last:
                    message = f"{name!r} is observed on {signals[name].at}, and until {last}, the last day of the closing, it is false"
                    advice = "close later, observe it earlier, or read what is believed of it: NAME.belief >= 80%"
                    path: Path = ("rounds", i, "closings", j, "when")
                    yield Problem(path, message, advice.replace("NAME", name), code="date", severity="warning")


def _buyers(context: Context, tranche: Tranche) -> Iterator[Problem]:
    named = tranche.closing.investors
    for name in (name for name in tranche.buyers if name in named):
        message = f"{name!r} is an investor of the closing already"
        yield Problem(("positions", name, "closing"), message, "state what it pays in one place", code="name")
    over = tranche.closing.overdraft([*named.values(), *tranche.buyers.values()])
    if tranche.buyers and over and not tranche.closing.overdraft(named.values()):
        committed, takes = (format_quantity(money, Unit.of(context.currency), digits=6) for money in over)
        message = f"investors and buyers commit {committed} to {tranche.round} / {tranche.name}, which takes {takes}"
        yield Problem(("positions", list(tranche.buyers)[-1], "pay"), message, "lower it, or raise new_money")
