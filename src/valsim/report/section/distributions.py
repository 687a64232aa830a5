"""How outcomes are spread: histograms on two scales, and the chance of at least so much."""

from collections.abc import Mapping
from typing import Any

from valsim.report import labels
from valsim.report.section import choice
from valsim.report.section.parts import REAL_WORLD, Cell, Chart, Control, Part, Section, Table, numbers, words

Summary = Mapping[str, Any]
Spread = Mapping[str, Any]
MOST_HISTOGRAMS = 3
INVESTS = f"{REAL_WORLD}, where the holder invests"
LEVELS = ("0.05", "0.25", "0.5", "0.75", "0.95")


def section(summary: Summary) -> Section | None:
    """Histograms under one choice of scale, then the chances side by side and the quantiles."""
    spreads = [each for each in summary.get("distributions") or [] if each["paths"]]
    if not spreads:
        return None
    multiples = [each for each in spreads if each["what"] == "moic"]
    company = [each for each in spreads if each["what"] == "proceeds"]
    parts: list[Part] = [scale([*company, *multiples[:MOST_HISTOGRAMS]], summary)]
    if multiples:
        parts.append(chances(multiples))
    parts.append(quantile_table(spreads, summary))
    return Section("distributions", "How outcomes are spread", lead(multiples, summary), parts, "Spread")


def name(spread: Spread) -> str:
    """Whose it is."""
    return labels.name(spread["holder"]) if spread["holder"] is not None else "The company"


def title(spread: Spread) -> str:
    """What is spread, and whose it is."""
    return f"{name(spread)}: {'MOIC' if spread['what'] == 'moic' else 'proceeds of the exit'}"


def lead(multiples: list[Spread], summary: Summary) -> str:
    """What the first investor may ask: the chance of nothing, of its money back, and of three times of it."""
    if not multiples:
        return "What the company is worth at its end, path by path."
    first = multiples[0]
    chance = {each["value"]: labels.percent(each["mean"]) for each in first["at_least"]}
    of = choice.holder_phrase({"name": first["holder"], "position": _mine(first, summary)}, summary)
    nothing = labels.percent(first["nothing"]["mean"])
    return (
        f"{choice.capital(of)} gets nothing on {nothing} of the paths on which it invests, at least its money back on {chance[1.0]}, "
        f"three times of it on {chance[3.0]} and ten times on {chance[10.0]} (real-world)."
    )


def _mine(spread: Spread, summary: Summary) -> bool:
    return any(each["name"] == spread["holder"] for each in choice.positions(summary))


def scale(spreads: list[Spread], summary: Summary) -> Control:
    """The histograms, and the choice between their scales."""
    from valsim.report.figures.distributions import axis, bars

    currency = choice.currency(summary)
    charts = tuple(chart(place, each, currency) for place, each in enumerate(spreads))
    other = {
        made.name: {"bars": bars(each, "logarithmic", currency), "axis": axis(each, "logarithmic", currency)}
        for made, each in zip(charts, spreads, strict=True)
    }
    return Control("spread-scale", "scale", {"logarithmic": other}, charts)


def chart(place: int, spread: Spread, currency: str) -> Chart:
    """One histogram; the chances of the multiples stand side by side below all of them."""
    from valsim.report.figures.distributions import histogram

    figure = histogram(spread, "linear", currency)
    measure = REAL_WORLD if spread["holder"] is None else INVESTS
    table = chance_table(spread, currency) if spread["holder"] is None else None
    return Chart(f"spread-{place}", title(spread), figure, finding(spread, currency), table, measure)


def finding(spread: Spread, currency: str) -> str:
    """The middle, what lies above and the mean."""
    from valsim.report.figures.distributions import amount

    if spread["nothing"]["count"] == spread["paths"]:
        return "Nothing on every path."
    at = {level: amount(spread, spread["quantiles"][level], currency) for level in LEVELS}
    worst = "to nothing" if spread["quantiles"]["0.05"] == 0 else f"to {at['0.05']} or less"
    below = " Orange: less than the money invested." if spread["unit"] == "multiple" else ""
    mean = amount(spread, spread["mean"], currency)
    return f"Median {at['0.5']}, mean {mean}; one path in twenty comes to {at['0.95']} or more, one in twenty {worst}.{below}"


def chance_table(spread: Spread, currency: str) -> Table:
    """The chance of nothing, and of at least each round amount."""
    from valsim.report.figures.distributions import amount

    asked = [("Nothing", spread["nothing"])]
    asked += [(f"At least {amount(spread, each['value'], currency)}", each) for each in spread["at_least"]]
    rows = tuple(
        (Cell(text), Cell(*labels.percent_with_error(each["mean"], each["standard_error"]))) for text, each in asked
    )
    return Table(f"{title(spread)}, chances", (*words("Comes to"), *numbers("Chance")), rows, REAL_WORLD)


def chances(multiples: list[Spread]) -> Chart:
    """The chance of at least so many times the money, of all main investors."""
    from valsim.report.figures.distributions import at_least

    values = [each["value"] for each in multiples[0]["at_least"]]
    rows = tuple(
        (
            Cell(name(each)),
            *(Cell(*labels.percent_with_error(one["mean"], one["standard_error"])) for one in each["at_least"]),
        )
        for each in multiples
    )
    table = Table(
        "Chance of at least a multiple", (*words("Holder"), *numbers(*map(labels.multiple, values))), rows, INVESTS
    )
    three = [f"{name(each)} {labels.percent(_chance(each, 3.0))}" for each in multiples]
    figure = at_least(multiples, [name(each) for each in multiples])
    text = f"At least three times the money: {labels.listed(three)}. Dotted line: money back."
    return Chart("at-least", "Chance of at least so many times the money", figure, text, table, INVESTS)


def _chance(spread: Spread, value: float) -> float | None:
    return next((each["mean"] for each in spread["at_least"] if each["value"] == value), None)


def quantile_table(spreads: list[Spread], summary: Summary) -> Table:
    """Quantiles with their standard errors."""
    currency = choice.currency(summary)
    rows = tuple(
        (Cell(title(each)), *(quantile_cell(each, level, currency) for level in LEVELS), mean_cell(each, currency))
        for each in spreads
    )
    note = "MOIC is over the paths on which the holder invests; of its mean here each path counts the same, whatever was invested on it."
    columns = (*words("Outcome"), *numbers("5 %", "25 %", "Median", "75 %", "95 %", "Mean of paths"))
    return Table("Quantiles of outcomes", columns, rows, REAL_WORLD, note)


def quantile_cell(spread: Spread, level: str, currency: str) -> Cell:
    """One quantile and its standard error."""
    return _cell(spread, spread["quantiles"][level], spread["quantile_standard_errors"][level], currency)


def mean_cell(spread: Spread, currency: str) -> Cell:
    """The mean over paths."""
    return _cell(spread, spread["mean"], spread["standard_error"], currency)


def _cell(spread: Spread, value: float | None, error: float | None, currency: str) -> Cell:
    if spread["unit"] == "multiple":
        return Cell(*labels.multiple_with_error(value, error))
    return Cell(*labels.with_error(value, error, currency))
