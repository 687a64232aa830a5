"""What an investor asks of a position: what a loss comes from, how bad it gets, when money is back, and at which price to buy."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from valsim.report import labels
from valsim.report.section import choice, liquidity
from valsim.report.section.loss_causes import CAUSES, chance_of, main_causes
from valsim.report.section.parts import (
    REAL_WORLD,
    RISK_NEUTRAL,
    Cell,
    Chart,
    Folded,
    Part,
    Table,
    numbers,
    opened,
    words,
)

Summary = Mapping[str, Any]
Holder = Mapping[str, Any]
HOLDER = words("Holder")
MOST = 10
"""How many holders are told at most, those who invest most; the JSON has them all."""
CHARTED = 6
"""So many of them stand in the chart of what losses come from."""
FIRST = 3
"""So many of them stand in the open, the others are folded."""


def parts(summary: Summary) -> Iterator[Part]:
    """The parts of the section on holders that answer an investor's questions; those without numbers are left out."""
    currency, found = choice.currency(summary), investors(summary)
    losing = [each for each in found if each.get("loss_causes")]
    if losing:
        yield loss_chart(losing, summary)
    for table in (
        risks([each for each in found if each.get("tail")], currency),
        break_evens([each for each in found if each.get("break_even")], currency),
    ):
        yield from opened(table, FIRST, f"{table.caption}, other holders")
    for table in (
        prices([each for each in choice.positions(summary) if each.get("prices")], currency),
        liquidity.marketable([each for each in choice.positions(summary) if each.get("marketable")], currency),
    ):
        yield from opened(table, len(table.rows), "")
    waiting = liquidity.waits([each for each in found if each.get("illiquid")])
    if waiting.rows:
        yield Folded.of(waiting)


def loss_chart(holders: list[Holder], summary: Summary) -> Chart:
    """How likely each holder loses money, and by what."""
    from valsim.report.figures.losses import loss_causes

    said, table = finding(holders[0], summary), causes(holders)
    return Chart("loss-causes", "What losses come from", loss_causes(holders[:CHARTED]), said, table, REAL_WORLD)


def investors(summary: Summary) -> list[Holder]:
    """The holders who paid for all that they hold: the reader's positions first, then who invests most."""
    paid = [each for each in choice.paid_holders(summary) if choice.has_returns(each)]
    return sorted(
        paid, key=lambda each: (not choice.is_position(each), -(labels.estimate(each["invested"]).mean or 0))
    )[:MOST]


def finding(holder: Holder, summary: Summary) -> str:
    """What the losses of a holder come from, in one sentence."""
    said = labels.listed([f"{CAUSES[name]} on {labels.percent(chance)}" for name, chance in main_causes(holder)])
    whole = labels.percent(choice.loss(holder).mean)
    return (
        f"{choice.capital(choice.holder_phrase(holder, summary))} loses money on {whole} of paths: {said}. A loss has one cause, the first of: "
        "wind-down, what is paid before its shares, dilution, the multiple, the business, without which the money would be back."
    )


def causes(holders: list[Holder]) -> Table:
    """The chance of each cause by holder, and what is lost by it."""
    told = [name for name in CAUSES if any(chance_of(holder, name) for holder in holders)]
    return Table(
        "What losses come from",
        (*HOLDER, *numbers(*(f"{choice.capital(CAUSES[name])}|chance, mean loss" for name in told))),
        tuple((Cell(labels.name(each["name"])), *(cause(each, name) for name in told)) for each in holders),
        REAL_WORLD,
        "The chances of a row sum to its chance of a loss. The loss is the part of the money invested that is lost where the cause strikes.",
    )


def cause(holder: Holder, name: str) -> Cell:
    """One cause of one holder."""
    found = (holder["loss_causes"] or {}).get(name)
    if not found:
        return Cell(labels.MISSING)
    chance, lost = labels.estimate(found["probability"]), labels.estimate(found["lost"])
    return Cell(*labels.percent_with_error(chance.mean, chance.standard_error), f"loses {labels.percent(lost.mean)}")


def risks(holders: list[Holder], currency: str) -> Table:
    """What is back in money, what is only counted, and what the worst paths cost."""
    columns = numbers(
        "Back in money|DPI by the horizon",
        "Still counted|RVPI at the horizon",
        "Worst path of 20|loses at least",
        "Worst 5 % of paths|lose on average",
        "Worst 1 % of paths|lose on average",
    )
    return Table(
        "How much is back, and how bad it gets",
        (*HOLDER, *columns),
        tuple(risk_row(each, currency) for each in holders),
        REAL_WORLD,
        "Of the paths on which the holder invests. Losses, in money and as a part of what is invested, are those of the scenario's horizon, discounted at the "
        "risk-free rate: value at risk and expected shortfall. Still counted is a model value, by the scenario's rule for companies that are still private.",
    )


def risk_row(holder: Holder, currency: str) -> tuple[Cell, ...]:
    """One holder."""
    back, left = (labels.estimate(holder.get(key)) for key in ("dpi", "rvpi"))
    tails = [holder["tail"][level][what] for level, what in TAILS]
    return (
        Cell(labels.name(holder["name"])),
        Cell(*labels.multiple_with_error(back.mean, back.standard_error)),
        Cell(*labels.multiple_with_error(left.mean, left.standard_error)),
        *(tail(each, currency) for each in tails),
    )


TAILS = (("0.95", "value_at_risk"), ("0.95", "expected_shortfall"), ("0.99", "expected_shortfall"))


def tail(found: Mapping[str, Any], currency: str) -> Cell:
    """A loss in money, and what part of the money invested it is."""
    part = found["of_invested"]
    note = "" if part is None else f"{labels.part(part)} of invested"
    return Cell(*labels.with_error(found["mean"], found["standard_error"], currency), note)


def break_evens(holders: list[Holder], currency: str) -> Table:
    """What a sale must bring until the money is back, and three times the money."""
    columns = numbers(
        "Money back|today's cap table",
        "Money back|at exit: median, 5 to 95 %",
        "Three times|today's cap table",
        "Three times|at exit: median, 5 to 95 %",
    )
    return Table(
        "What the company must be sold for",
        (*HOLDER, *columns),
        tuple(
            (
                Cell(labels.name(each["name"])),
                *(value(each["break_even"][m], currency) for m in ("1", "3") for value in (now, later)),
            )
            for each in holders
        ),
        REAL_WORLD,
        "The least that a sale must bring, debt included, paid at once. Today's is by the opening cap table for what the opening shares had cost; at exit is over "
        "the cap tables at the ends of some hundred paths, after dilution, the stack and carry, for all that was paid in.",
    )


def now(found: Mapping[str, Any], currency: str) -> Cell:
    """A value by today's cap table."""
    return Cell(labels.money(found["today"], currency))


def later(found: Mapping[str, Any], currency: str) -> Cell:
    """The values by the cap tables of the ends."""
    spread = labels.estimate(found["at_exit"])
    return Cell(labels.money(spread.at("0.5"), currency), note=labels.span(spread, shown_in(currency)))


def shown_in(currency: str) -> Callable[[float | None], str]:
    """Write amounts of a currency."""
    return lambda value: labels.money(value, currency)


def prices(holders: list[Holder], currency: str) -> Table:
    """What a buyer of existing shares could pay."""
    columns = numbers("Paid a share", f"For the wanted return|{REAL_WORLD}", f"Worth paying|{RISK_NEUTRAL}")
    return Table(
        "What a buyer could pay",
        (*HOLDER, *columns),
        tuple(price_row(each, currency) for each in holders),
        f"{REAL_WORLD} or {RISK_NEUTRAL}, as each column says",
        "The price per share at which expected cash flows return what the buyer wants, and at which they are worth what is paid; after fees and carry, with the shares that "
        "are bought on each path, whatever their price.",
    )


def price_row(holder: Holder, currency: str) -> tuple[Cell, ...]:
    """One buyer."""
    found = holder["prices"]
    wanted, fair = (labels.estimate(found[key]) for key in ("for_target_return", "worth_today"))
    target = "" if found["target_return"] is None else f"{labels.percent(found['target_return'])} a year"
    return (
        Cell(labels.name(holder["name"])),
        Cell(labels.price(found["paid"], currency)),
        Cell(*labels.price_with_error(wanted.mean, wanted.standard_error, currency), target),
        Cell(*labels.price_with_error(fair.mean, fair.standard_error, currency)),
    )
