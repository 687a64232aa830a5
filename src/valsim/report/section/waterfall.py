"""One contract: who is paid what out of some proceeds, and who gets the next dollar."""

from collections.abc import Iterator, Mapping
from typing import Any

from valsim.captable.security import Security
from valsim.report import labels
from valsim.report.figures.waterfall import DEBT, paid_first, payoff_diagram, payouts
from valsim.report.section import exit_value
from valsim.report.section.parts import Cell, Chart, Control, Part, Section, Table, Text, numbers, words

Told = Mapping[str, Any]

EXITS = {"acquisition": "a sale", "ipo": "a listing", "wind_down": "a wind-down"}
"""The exits in words."""
CONVERTS, EXERCISED = "converts", "exercised"


def paid(told: Told) -> Section:
    """What each class and each holder is paid, and what each class decides."""
    parts: list[Part] = [Text(text, "warning") for text in told["warnings"]]
    parts += [payout_table(told), per_share_table(told), holder_table(told), *later_tables(told)]
    return Section("payouts", "Payouts", lead(told), parts, "Payouts")


def lead(told: Told) -> str:
    """What the largest class gets and what everybody else, at the first of the proceeds."""
    currency, proceeds = told["currency"], told["proceeds"][0]
    first = {name.lower(): row[0] for name, row in paid_first(told).items()}
    shares = first | {name: each["payout"][0] for name, each in told["classes"].items()}
    said = [f"{labels.sentence(name)} {labels.money(amount, currency)}" for name, amount in shares.items() if amount]
    return f"Out of {EXITS[told['exit']]} for {labels.money(proceeds, currency)}: {labels.listed(said) or 'nobody is paid'}."


def payout_table(told: Told) -> Table:
    """A row a class, a column for each value of the proceeds; under each amount what the class decides."""
    rows = [[Cell(labels.name(name)), *_decided(each, told["currency"])] for name, each in told["classes"].items()]
    first = [[Cell(name), *_amounts(row, told["currency"])] for name, row in _who_is_paid_first(told)]
    return Table("Paid to each class", _columns(told, "Class"), tuple(map(tuple, [*first, *rows])))


def _who_is_paid_first(told: Told) -> Iterator[tuple[str, list[float]]]:
    """Those who are paid before any class; several lenders one by one, under what they are paid together."""
    for name, row in paid_first(told).items():
        yield name, row
        if name == DEBT and len(told["lenders"]) > 1:
            yield from (
                (f"\u00a0\u00a0{labels.name(lender)}", paid["payout"]) for lender, paid in told["lenders"].items()
            )


def per_share_table(told: Told) -> Table:
    """A row a class: what one share is paid."""
    rows = (
        (Cell(labels.name(name)), *(Cell(labels.price(each, told["currency"])) for each in paid["per_share"]))
        for name, paid in told["classes"].items()
    )
    return Table("Paid for each share", _columns(told, "Class"), tuple(rows), note=_units(told))


def _units(told: Told) -> str:
    """What one of a class is where it is no share of stock: money paid in, or an option."""
    kinds = {name: Security.kinds[each["kind"]] for name, each in told["classes"].items()}
    money = [labels.name(name) for name, kind in kinds.items() if kind.is_convertible]
    options = [labels.name(name) for name, kind in kinds.items() if "exercise_price" in kind.model_fields]
    unit = f"{labels.symbol(told['currency'])}1" if told["currency"] else "unit of money"
    said = [f"{labels.listed(money)}: for each {unit} that was paid in."] * bool(money)
    said += [
        f"{labels.listed(options)}: the gain over the exercise price, for each that is granted, vested or not."
    ] * bool(options)
    return " ".join(said)


def holder_table(told: Told) -> Table:
    """A row a holder, after those who are paid before any share: together, the proceeds."""
    first = [[Cell(name), *_amounts(row, told["currency"])] for name, row in _who_is_paid_first(told)]
    rows = (
        (Cell(labels.name(name)), *_amounts(each["payout"], told["currency"]))
        for name, each in told["positions"].items()
    )
    return Table("Paid to each holder", _columns(told, "Holder"), (*map(tuple, first), *rows))


def later_tables(told: Told) -> Iterator[Table]:
    """For each payment after the closing a row a holder: what the waterfall of everything adds to that of what came before."""
    currency = told["currency"]
    for later in told.get("later", ()):
        rows = {**later["payees"], **later["positions"]}
        paid = ((name, rows[name]["payout"]) for name in rows if name not in told["classes"])
        kept = ((Cell(labels.name(name)), *_amounts(row, currency)) for name, row in paid if any(row))
        caption = f"Paid later to each holder, of {labels.money(later['amount'], currency)}"
        yield Table(caption, _columns(told, "Holder"), tuple(kept), note=LATER)


LATER = "On top of the proceeds above: what the waterfall of both pays, less what that of the proceeds alone paid."


def _columns(told: Told, first: str) -> Any:
    return (*words(first), *numbers(*(labels.money(each, told["currency"]) for each in told["proceeds"])))


def _amounts(row: list[float], currency: str) -> Iterator[Cell]:
    return (Cell(labels.money(amount, currency)) for amount in row)


def _decided(paid: Told, currency: str) -> Iterator[Cell]:
    for amount, choice in zip(paid["payout"], paid["converts"], strict=True):
        yield Cell(labels.money(amount, currency), note=decision(paid["kind"], choice))


def decision(kind: str, choice: Any) -> str:
    """What a class decides, in a word; nothing where it keeps what it has.

    >>> decision("preferred", True), decision("option", True), decision("preferred", "indifferent")
    ('converts', 'exercised', 'indifferent')
    """
    security = Security.kinds[kind]
    word = CONVERTS if security.converts or security.is_convertible else EXERCISED
    return word if choice is True else choice or ""


def conversions(told: Told) -> str:
    """From which proceeds each class converts or is exercised, the first one first."""
    ranked = sorted(told["converts_above"].items(), key=lambda item: item[1])
    said = (
        f"{labels.name(name)} {decision(told['classes'][name]['kind'], choice=True)} above {labels.money(above, told['currency'])}"
        for name, above in ranked
    )
    return ", ".join(said)


def diagram(told: Told, curve: Told) -> Section:
    """The payouts against the proceeds."""
    currency = told["currency"]
    figure = payoff_diagram(curve, told["proceeds"], currency)
    chart = Chart("payoff", "Payouts by proceeds", figure, _bends_and_jumps(told), _numbers(curve, currency))
    text = "What each class is paid at each value of the proceeds, debt included."
    part = slider(told, curve, chart) if curve.get("lines") else chart
    return Section("diagram", "Payoff diagram", text, [part], "Diagram")


def slider(told: Told, curve: Told, chart: Chart) -> Control:
    """A slider over the proceeds, which stands at the first that were asked for."""
    currency = told["currency"]
    known = [
        ("Asked for", labels.money(each, currency, exit_value.SHOWN), each) for each in told["proceeds"] if each > 0
    ]
    asked = exit_value.Asked(currency, told["proceeds"][0], known, "contract, no probability")
    return exit_value.control({**curve, "exit_values": curve["proceeds"]}, asked, (chart,))


def _bends_and_jumps(told: Told) -> str:
    """Where payouts bend and where they jump."""
    points, jumps = (
        [labels.money(each, told["currency"]) for each in told[key]] for key in ("breakpoints", "discontinuities")
    )
    said = [f"Dotted lines: the next dollar is shared out anew from {labels.listed(points)}."] * bool(points)
    said += [f"Solid lines: another regime holds and payouts jump at {labels.listed(jumps)}."] * bool(jumps)
    said += ["Triangles mark the proceeds that were asked for."]
    return " ".join(said)


def _numbers(curve: Told, currency: str) -> Table:
    paid_to = payouts(curve)
    points = curve["proceeds"]
    kept = range(0, len(points), max(1, len(points) // 16))
    rows = tuple(
        (Cell(labels.money(points[i], currency)), *(Cell(labels.money(row[i], currency)) for row in paid_to.values()))
        for i in kept
    )
    columns = (*words("Proceeds"), *numbers(*(labels.name(each).replace("|", "/") for each in paid_to)))
    return Table("Payouts by proceeds", columns, rows)


def next_dollar(told: Told) -> Section:
    """Who gets the next dollar between two breakpoints."""
    currency = told["currency"]
    rows = tuple(
        (Cell(stretch_words(stretch, currency)), Cell(parts_words(stretch))) for stretch in told["next_dollar"]
    )
    table = Table("Who gets the next dollar", words("Proceeds", "Shared by"), rows)
    text = "Between two breakpoints each further dollar is shared out alike."
    if said := conversions(told):
        text += f" {said}."
    return Section("next-dollar", "The next dollar", text, [table], "Next dollar")


def stretch_words(stretch: Told, currency: str) -> str:
    """From where to where, such as "$5M to $25M"."""
    start, to = stretch["from"], stretch["to"]
    if to is None:
        return f"above {labels.money(start, currency)}" if start else "any"
    return f"{labels.money(start, currency)} to {labels.money(to, currency)}"


def parts_words(stretch: Told) -> str:
    """Each part of the next dollar, the largest first."""
    ranked = sorted(stretch["classes"].items(), key=lambda item: -item[1])
    return ", ".join(f"{labels.name(name)} {labels.percent(part)}" for name, part in ranked)
