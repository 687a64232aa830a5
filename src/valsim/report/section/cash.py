"""When cash comes and in which form: by calendar year for each holder, and by payment for each exit."""

from collections.abc import Iterator, Mapping
from typing import Any

from valsim.report import labels
from valsim.report.section import choice
from valsim.report.section.parts import REAL_WORLD, Cell, Table, numbers, words

Summary = Mapping[str, Any]
MOST_YEARS = 12
"""How many calendar years the table has at most; the JSON has them all."""

PARTS = (0.25, 0.5, 0.9)
"""The parts of all its cash of which it is said when a holder has them."""


def cash_table(holders: list[Any], as_of: str, currency: str) -> Table | None:
    """Expected cash of each holder in each calendar year from the start on; nothing where none ever comes."""
    years = cash_years(holders, int(as_of[:4]))
    rows = tuple(cash_row(each, years, currency) for each in holders if received(each))
    if not rows:
        return None
    note = (
        "What a holder receives on average over all paths, after carry: sales of shares, shares bought back, and exits on the dates "
        "on which they pay. Companies still private at the horizon bring no cash. Money back is what has come until then over "
        "all that is invested."
    )
    columns = numbers(*(f"{year}|mean" for year in years), "Money back|until the last year")
    return Table("Cash by calendar year", (*words("Holder"), *columns), rows, REAL_WORLD, note)


def cash_years(holders: list[Any], first: int) -> list[int]:
    """The calendar years in which anybody receives anything."""
    years = {each["year"] for holder in holders for each in received(holder)}
    return list(range(first, max(years, default=first) + 1))[:MOST_YEARS]


def received(holder: Mapping[str, Any]) -> list[Any]:
    """The years in which a holder receives anything."""
    return [each for each in holder.get("cash_by_year") or [] if each["received"]["mean"]]


def cash_row(holder: Mapping[str, Any], years: list[int], currency: str) -> tuple[Cell, ...]:
    """One holder."""
    found = {each["year"]: labels.estimate(each["received"]) for each in received(holder)}
    last = received(holder)[-1]["dpi"] if choice.has_returns(holder) else None
    known = [found.get(year, labels.Estimate(None)) for year in years]
    cells = (Cell(*labels.with_error(each.mean, each.standard_error, currency)) for each in known)
    return (Cell(labels.name(holder["name"])), *cells, Cell(labels.multiple(last)))


def payment_table(summary: Summary) -> Table:
    """What each exit pays when, and in which form."""
    currency = choice.currency(summary)
    columns = numbers("Part of it all", "Paid where it happens|mean", "Years after the exit")
    rows = tuple(payment_row(each, currency) for each in summary["exit_payments"])
    note = (
        "Payments to holders after carry, on the paths with such an exit. Sales between two dates are in equal parts."
    )
    said = " ".join((note, *term_words(summary, currency)))
    return Table("When exits pay", (*words("Exit", "Form"), *columns), rows, REAL_WORLD, said)


def term_words(summary: Summary, currency: str) -> Iterator[str]:
    """What the company itself raises by listings, and how often an earn-out is paid."""
    raised, earn_out = labels.estimate(summary.get("raised_by_listing")), summary.get("earn_out")
    if raised.mean is not None:
        yield f"A listing raises {labels.money(raised.mean, currency)} for the company on average, before fees."
    if earn_out:
        share, amount = (labels.estimate(earn_out[key]).mean for key in ("paid", "amount_if_paid"))
        yield f"An earn-out is paid after {labels.percent(share)} of the sales that leave one, {labels.money(amount, currency)} on average."


def payment_row(payment: Mapping[str, Any], currency: str) -> tuple[Cell, ...]:
    """One payment."""
    amount = labels.estimate(payment["amount"])
    return (
        Cell(labels.name(payment["exit"])),
        Cell(payment["form"]),
        Cell(labels.part(payment["part"])),
        Cell(*labels.with_error(amount.mean, amount.standard_error, currency)),
        Cell(when(payment)),
    )


def when(payment: Mapping[str, Any]) -> str:
    """How long after the exit a payment comes."""
    first, last = (f"{payment[end]:.1f}" for end in ("first_years", "last_years"))
    return first if first == last else f"{first} to {last}"


def cash_sentences(summary: Summary) -> Iterator[tuple[str, str]]:
    """When the headline holder has its cash and what exits pay later, each with the word in front of it."""
    for head, said in (("Cash", cash_words(summary)), ("Later", payment_words(summary))):
        if said:
            yield head, said


def payment_words(summary: Summary) -> str:
    """What comes later than the exit itself, in one sentence; nothing where all is paid at once."""
    later = [each for each in summary.get("exit_payments") or [] if each["last_years"] > 0 and each["part"]]
    said = (
        f"{labels.sentence(each['exit'])}: {labels.part(each['part'])} {each['form']}, after {when(each)} years"
        for each in later
    )
    text = "; ".join(said)
    return f"{choice.capital(text)}." if text else ""


def cash_words(summary: Summary) -> str:
    """When the headline holder has its cash, in one sentence; nothing where it never has any."""
    holder = choice.headline_holder(summary)
    years = received(holder) if holder else []
    if not years or holder is None:
        return ""
    everything = _until(years, years[-1]["year"])
    # Of parts that are reached in the same year the largest is told.
    by = {next(y["year"] for y in years if _until(years, y["year"]) >= part * everything): part for part in PARTS}
    said = [f"{labels.part(part)} by the end of {year}" for year, part in by.items()]
    whole = labels.money(everything, choice.currency(summary))
    return f"{choice.capital(choice.holder_phrase(holder, summary))} is expected to receive {whole} in cash: {labels.listed(said)}."


def _until(years: list[Any], year: int) -> float:
    return sum(float(each["received"]["mean"]) for each in years if each["year"] <= year)
