"""What a round does to a cap table, on a terminal."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Console
from rich.text import Text

from valsim.report import labels
from valsim.report.terminal import Words, grid, print_items

Told = Mapping[str, Any]


def print_round(told: Told, console: Console) -> None:
    """Print the price of a round, what it issues and who owns what; names are text, never markup."""
    print_items(_items(told), console)


def _items(told: Told) -> Iterator[Any]:
    yield Text(labels.name(told["round"]), style="bold")
    for warning in told["warnings"]:
        yield Words(warning, "! ", "yellow")
    yield from answer(told)
    for table in (_closings(told), _investors(told), _conversions(told), _conversion_prices(told), _ownership(told)):
        if table.row_count:
            yield from ("", table)


def answer(told: Told) -> Iterator[Words]:
    """The price and what it means, a sentence for each closing, and what all of them make of the shares."""
    currency, diluted, closings = told["currency"], told["fully_diluted"], told["closings"]
    shares = f"{labels.compact(diluted['before'])} fully diluted shares become {labels.compact(diluted['after'])}"
    if len(closings) == 1:
        yield Words(f"{_priced(closings[0], currency)}; {shares}.")
        return
    for each in closings:
        yield Words(f"{labels.phrase(each['name'])}: {_priced(each, currency)}.")
    yield Words(f"In all {labels.money(told['new_money'], currency)} of new money; {shares}.")


def _priced(closing: Told, currency: str) -> str:
    before, effective, after = (
        labels.money(closing[f"{key}_valuation"], currency)
        for key in ("pre_money", "effective_pre_money", "post_money")
    )
    shared = "" if before == effective else f", of which the shares before the round are worth {effective}"
    return f"{labels.price(closing['price_per_share'], currency)} a share: {before} before the money{shared}, and {after} after it"


def _closings(told: Told) -> Any:
    """A row a closing, where there are several."""
    table = grid("Closings", ["closing"], ["price", "new money", "new shares", "after the money"])
    currency = told["currency"]
    for each in told["closings"] if len(told["closings"]) > 1 else ():
        money = (labels.money(each[key], currency) for key in ("new_money",))
        shares, after = labels.compact(each["new_shares"]), labels.money(each["post_money_valuation"], currency)
        table.add_row(
            labels.phrase(each["name"]), labels.price(each["price_per_share"], currency), *money, shares, after
        )
    return table


def _investors(told: Told) -> Any:
    table = grid("Shares sold", ["investor"], ["pays", "shares"])
    for name, shares in told["shares_issued"].items():
        paid = sum(each["payments"].get(name, 0.0) for each in told["closings"])
        table.add_row(labels.name(name), labels.money(paid, told["currency"]), whole(shares))
    return table


def _conversions(told: Told) -> Any:
    table = grid("Conversions", ["SAFE or note", "into"], ["shares", "price"])
    for name, each in told["conversions"].items():
        price = labels.price(each["conversion_price"], told["currency"])
        table.add_row(labels.name(name), labels.name(each["series"]), whole(each["shares"]), price)
    return table


def _conversion_prices(told: Told) -> Any:
    """The conversion prices that the round lowers."""
    table = grid("Conversion prices", ["class"], ["before", "after"])
    for name, each in told["conversion_prices"].items():
        if each["before"] != each["after"]:
            table.add_row(labels.name(name), *(labels.price(price, told["currency"]) for price in each.values()))
    return table


def _ownership(told: Told) -> Any:
    table = grid("Fully diluted ownership", ["holder"], ["before", "after"])
    before, after = told["ownership"]["before"], told["ownership"]["after"]
    for name in dict.fromkeys((*before, *after)):
        table.add_row(labels.name(name), labels.percent(before.get(name, 0.0)), labels.percent(after.get(name, 0.0)))
    return table


def whole(shares: float) -> str:
    """A number of shares to one share.

    >>> whole(888888.9), whole(0.25)
    ('888,889', '0.25')
    """
    return f"{shares:,.0f}" if shares >= 1 else labels.digits(shares)
