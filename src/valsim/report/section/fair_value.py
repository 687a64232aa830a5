"""The fair value of one cap table: each class beside what the last price paid says it is worth."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from valsim.report import labels
from valsim.report.figures.fair_value import class_values
from valsim.report.section.gap import gap_error, over, signed
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
    "option_pricing": "option pricing: a sale on a known day, a call at each breakpoint",
    "random_expiration": "random-expiration options: a sale at a random time, a call at each breakpoint",
    "probability_weighted": "stated outcomes, weighted by their probabilities",
    "hybrid": "a hybrid: several methods, each by its weight",
}
"""The methods in words; one that is not here goes by its name."""
MEASURES = {
    "risk_neutral": RISK_NEUTRAL,
    "real_world_at_a_hurdle_rate": f"{REAL_WORLD}, at a hurdle rate",
    "mixed": f"{RISK_NEUTRAL} and {REAL_WORLD} mixed",
}
"""What kind of number a present value is, in words."""
MODELS = {"scenario": "the whole scenario, simulated: its drivers, rounds, terms and exits"}
"""What is valued by another model than that of its method, in words."""
FRACTIONS = ("volatility", "risk_free", "discount_rate", "weight", "probability")
"""The numbers that people write in percent."""
WORKINGS = ("exit_times", "paths", "seed")
"""The numbers that say how it was worked out, and are no assumption."""


def facts(told: Told) -> str:
    """How it was valued, and as of when."""
    day = f"as of {told['on']}, " if told["on"] else ""
    return day + by_method(told)


def by_method(told: Told) -> str:
    """The method in words, with what kind of number it gives."""
    return f"{_method(told)} ({measure(told)})"


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
    fair, error = labels.with_error(told["fair_value"], told["standard_error"], told["currency"])
    worth = Tile("Fair value of all classes", fair, error, measure=measure(told))
    if told["post_money_valuation"] is None:
        return Tiles((worth,))
    headline = labels.money(told["post_money_valuation"], told["currency"])
    first = Tile("Headline post-money", headline, note=f"{_price(told)}, on all fully diluted shares")
    return Tiles((first, worth, _gap(told)))


def _gap(told: Told) -> Tile:
    shown = labels.signed_with_error(told["overvaluation"], gap_error(told))
    return Tile("Headline over fair value", *shown, measure=measure(told))


def _price(told: Told) -> str:
    ((name, price),) = told["price"].items()
    return f"{labels.price(price, told['currency'])} a share of {labels.name(name)}"


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
    """The headline, the fair value and the gap; the fair value alone where no price gives a headline."""
    fair = " ".join(labels.with_error(told["fair_value"], told["standard_error"], told["currency"])).strip()
    if told["post_money_valuation"] is None:
        return f"All classes together are worth {fair}; no price gives a headline."
    headline = labels.money(told["post_money_valuation"], told["currency"])
    return (
        f"At {_price(told)} the headline is {headline}. All classes together are worth {fair}: the headline is "
        f"{over(told['overvaluation'], gap_error(told))} fair value."
    )


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
    note = note if told["price"] else ""
    return Table("Fair value by class", columns, tuple(cells), measure(told), note)


def _a_share(each: Told) -> float:
    """The standard error of what one share is worth; nothing where it is no more than rounding."""
    error = each["standard_error"] / each["shares"] if each["shares"] else 0.0
    return error if error > labels.ROUNDING * (each["per_share"] or 0.0) else 0.0


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
    yield from numbers_of(told)
    if "paths" in told["parameters"]:
        yield "Drawn", _drawn(told)
    for note in told["notes"]:
        yield "Note", f"{note[:1].upper()}{note[1:]}."


def numbers_of(told: Told) -> Iterator[tuple[str, str]]:
    """The numbers of a method that were given and assumed, those of each part of a hybrid by themselves."""
    if said := _numbers(told["parameters"], told["assumed"], told["currency"]):
        yield "Numbers", said
    yield from (("Part", part) for part in _parts(told))


def _company(told: Told) -> str:
    currency = told["currency"]
    paid = [f"{labels.money(each, currency)} to {labels.sentence(name)}" for name, each in told["paid_first"].items()]
    first = f", of which {labels.listed(paid)} before any class" if paid else ""
    worth = f"{labels.money(told['company_value'], currency)}{first}"
    if told["solved"]:
        return f"The last price is fair where the company is worth {worth}."
    return f"The company is taken to be worth {worth}."


def _numbers(parameters: Told, assumed: Sequence[str], currency: str) -> str:
    shown = {name: _number(name, value, currency) for name, value in parameters.items() if _told_here(name, value)}
    given = [f"{labels.sentence(name)} {words}" for name, words in shown.items() if name not in assumed]
    left_out = [f"{labels.sentence(name)} {shown[name]}" for name in assumed if name in shown]
    said = [f"Given: {labels.listed(given)}."] * bool(given)
    said += [f"As published, since nobody stated them: {labels.listed(left_out)}."] * bool(left_out)
    return " ".join(said)


def _told_here(name: str, value: Any) -> bool:
    return value is not None and name not in {*WORKINGS, "parts", "kind"}


def _parts(told: Told) -> Iterator[str]:
    """Each part of a hybrid: what it counts for, its method and its numbers."""
    for name, part in told["parameters"].get("parts", {}).items():
        method, place = part["method"], f"parts.{name}.method."
        assumed = [each.removeprefix(place) for each in told["assumed"] if each.startswith(place)]
        called = METHODS.get(method["kind"], labels.sentence(method["kind"]))
        said = _numbers(method, assumed, told["currency"])
        yield f"{labels.name(name)}, {labels.percent(part['weight'])}: {called}. {said}"


def _outcome(name: str, outcome: Told, currency: str) -> str:
    when = f"in {outcome['years']:g} years" if outcome["on"] is None else f"on {outcome['on']}"
    amount, chance = labels.money(outcome["value"], currency), labels.percent(outcome["probability"])
    return f"{labels.sentence(name)}: {labels.sentence(outcome['exit'])} at {amount} {when}, {chance}"


def _drawn(told: Told) -> str:
    paths, seed = (told["parameters"][name] for name in ("paths", "seed"))
    root = ", that of the root included" if told["solved"] else ""
    return f"{labels.paths(paths)} of seed {seed}; behind ± stands one standard error{root}."


def _number(name: str, value: Any, currency: str) -> str:
    """A number of a method in words: of a list of chances, each at its value; of outcomes, each with its name."""
    if name == "outcomes":
        return labels.listed([_outcome(key, each, currency) for key, each in value.items()])
    if name in FRACTIONS:
        return labels.percent(value)
    if isinstance(value, list):
        chances = [
            f"{labels.percent(each['probability'])} at {labels.money(each['exit_value'], currency)}" for each in value
        ]
        return labels.listed(chances)
    return f"{value:g}" if isinstance(value, float) else str(value)
