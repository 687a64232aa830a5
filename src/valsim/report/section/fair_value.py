"""The fair value of one cap table: each class beside what the last price paid says it is worth."""

from collections.abc import Iterator, Mapping
from typing import Any

from valsim.report import labels
from valsim.report.figures.fair_value import class_values
from valsim.report.section.parts import (
    REAL_WORLD,
    RISK_NEUTRAL,
    Cell,
    Chart,
    Part,
    Section,
    Table,
    Text,
    Tile,
    Tiles,
    numbers,
    words,
)

Told = Mapping[str, Any]

METHODS = {
    "exit_mix": "a random exit, by a listing or a sale, integrated exactly",
    "simulation": "a random exit, by a listing or a sale, simulated",
}
"""The methods in words; one that is not here goes by its name."""
MEASURES = {"risk_neutral": RISK_NEUTRAL, "real_world_at_a_hurdle_rate": f"{REAL_WORLD}, at a hurdle rate"}
"""What kind of number a present value is, in words."""
MODELS = {"scenario": "the whole scenario, simulated: its drivers, rounds, terms and exits"}
"""What is valued by another model than that of its method, in words."""
FRACTIONS = ("volatility", "risk_free")
"""The numbers that people write in percent."""
WORKINGS = ("exit_times", "paths", "seed")
"""The numbers that say how it was worked out, and are no assumption."""


def facts(told: Told) -> str:
    """How it was valued, and as of when."""
    day = f"as of {told['on']}, " if told["on"] else ""
    return f"{day}{_method(told)} ({measure(told)})"


def _method(told: Told) -> str:
    alone = METHODS.get(told["method"], labels.sentence(told["method"]))
    return MODELS.get(told["model"], alone)


def measure(told: Told) -> str:
    """Under which probabilities the numbers are values."""
    return MEASURES[told["measure"]]


def worth(told: Told) -> Section:
    """Both numbers, and each class beside the headline."""
    parts: list[Part] = [Text(text, "warning") for text in told["warnings"]]
    parts += [_tiles(told), _chart(told), class_table(told)]
    return Section("fair-value", "Fair value and headline", lead(told), parts, "Fair value")


def _tiles(told: Told) -> Tiles:
    currency, ((name, price),) = told["currency"], told["price"].items()
    fair, error = labels.with_error(told["fair_value"], told["standard_error"], currency)
    headline = labels.money(told["post_money_valuation"], currency)
    paid = f"{labels.price(price, currency)} a share of {labels.name(name)}, on all fully diluted shares"
    return Tiles(
        (
            Tile("Headline post-money", headline, note=paid),
            Tile("Fair value of all classes", fair, error, measure=measure(told)),
            Tile("Headline over fair value", signed(told["overvaluation"])),
        )
    )


def _chart(told: Told) -> Chart:
    figure = class_values(told["classes"], told["currency"])
    finding = "What a share is worth (filled), beside what the last price says of it (open)."
    return Chart("fair-value-classes", "A share of each class", figure, finding, measure=measure(told))


def valued(told: Told) -> Section:
    """How it was valued: what was solved, and every number that was given or assumed."""
    rows = tuple((Cell(head), Cell(text)) for head, text in remarks(told))
    table = Table("What was solved and assumed", words("What", "How"), rows)
    return Section("valued", "How it was valued", f"Method: {_method(told)}.", [table], "Method")


def lead(told: Told) -> str:
    """The headline, the fair value and the gap."""
    currency, ((name, price),) = told["currency"], told["price"].items()
    headline = labels.money(told["post_money_valuation"], currency)
    fair = " ".join(labels.with_error(told["fair_value"], told["standard_error"], currency)).strip()
    return (
        f"At {labels.price(price, currency)} a share of {labels.name(name)} the headline is {headline}. All classes together are "
        f"worth {fair}: the headline is {over(told['overvaluation'])} fair value."
    )


def over(gap: float) -> str:
    """A gap in words.

    >>> over(0.297), over(-0.05)
    ('30 % above', '5.0 % below')
    """
    return f"{labels.percent(abs(gap))} {'above' if gap >= 0 else 'below'}"


def class_table(told: Told) -> Table:
    """A row a class: shares, what one is worth, what all are, and the headline over that."""
    currency, rows = told["currency"], told["classes"].items()
    columns = (*words("Class"), *numbers("Shares", "Worth a share", "Worth", "Headline over worth"))
    cells = (
        (
            Cell(labels.name(name)),
            Cell(labels.compact(each["shares"])),
            Cell(*labels.price_with_error(each["per_share"], _a_share(each), currency)),
            Cell(*labels.with_error(each["value"], each["standard_error"], currency)),
            Cell(signed(each["overvaluation"])),
        )
        for name, each in rows
    )
    note = "The headline counts each share as the common shares that it converts into, at the last price paid."
    return Table("Fair value by class", columns, tuple(cells), measure(told), note)


def _a_share(each: Told) -> float:
    """The standard error of what one share is worth; nothing where it is no more than rounding."""
    error = each["standard_error"] / each["shares"] if each["shares"] else 0.0
    return error if error > labels.ROUNDING * (each["per_share"] or 0.0) else 0.0


def signed(gap: float | None) -> str:
    """A gap with its sign, nothing where there is none to tell.

    >>> signed(0.2825), signed(-0.1), signed(None), signed(1e-12)
    ('+28 %', '−10 %', '–', '0 %')
    """
    if gap is None:
        return labels.MISSING
    shown = labels.percent(gap) if abs(gap) > labels.ROUNDING else "0 %"
    return f"+{shown}" if gap > labels.ROUNDING else shown


def remarks(told: Told) -> Iterator[tuple[str, str]]:
    """What was solved and assumed, each with a word that heads it."""
    currency = told["currency"]
    yield "Company", _company(told)
    if len(told["roots"]) > 1:
        others = labels.listed([labels.money(each, currency) for each in told["roots"]])
        yield (
            "Roots",
            f"The price is fair at {others}: the lowest is taken, for a buyer that pays no more than it must.",
        )
    if assumed := _numbers(told):
        yield "Numbers", assumed
    if "paths" in told["parameters"]:
        yield "Drawn", _drawn(told)
    for note in told["notes"]:
        yield "Note", f"{note[:1].upper()}{note[1:]}."


def _company(told: Told) -> str:
    currency = told["currency"]
    paid = [f"{labels.money(each, currency)} to {labels.sentence(name)}" for name, each in told["paid_first"].items()]
    first = f", of which {labels.listed(paid)} before any class" if paid else ""
    return f"The last price is fair where the company is worth {labels.money(told['company_value'], currency)}{first}."


def _numbers(told: Told) -> str:
    shown = {name: _number(name, value, told["currency"]) for name, value in told["parameters"].items()}
    stated = [name for name in shown if name not in told["assumed"] and name not in WORKINGS]
    given = [f"{labels.sentence(name)} {shown[name]}" for name in stated]
    assumed = [f"{labels.sentence(name)} {shown[name]}" for name in told["assumed"] if name not in WORKINGS]
    said = [f"Given: {labels.listed(given)}."] * bool(given)
    said += [f"As published, since nobody stated them: {labels.listed(assumed)}."] * bool(assumed)
    return " ".join(said)


def _drawn(told: Told) -> str:
    paths, seed = (told["parameters"][name] for name in ("paths", "seed"))
    return f"{paths:,} paths of seed {seed}; behind ± stands one standard error, that of the root included."


def _number(name: str, value: Any, currency: str) -> str:
    """A number of a method in words: of a list of chances, each at its value."""
    if name in FRACTIONS:
        return labels.percent(value)
    if isinstance(value, list):
        chances = [
            f"{labels.percent(each['probability'])} at {labels.money(each['exit_value'], currency)}" for each in value
        ]
        return labels.listed(chances)
    return f"{value:g}" if isinstance(value, float) else str(value)
