"""Amounts and days on the command line: ``25M,35M,60M`` and ``2027-06-30``."""

import re
from collections.abc import Sequence
from datetime import date

import typer

from valsim.core.quantity import QuantityError, parse_date, parse_quantity
from valsim.core.unit import ONE, Unit

_REST_OF_A_NUMBER = re.compile(r"0\d\d")


def proceeds(text: str, currency: str, option: str = "--proceeds") -> list[float]:
    """Read the values of an exit that an option names, in the currency of the cap table or without one.

    Raises typer.BadParameter for what is no money, or less than nothing.
    """
    parts = [part.strip() for part in text.split(",")]
    if any(_REST_OF_A_NUMBER.fullmatch(part) for part in parts[1:]):
        raise _refused(option, f"a comma parts two values, got {text!r}: write 25_000_000 or 25M")
    return [_amount(part, currency, option) for part in parts]


def _amount(text: str, currency: str, option: str) -> float:
    amount = money(text, currency, option, "25M,35M,60M")
    if amount < 0:
        raise _refused(option, f"an exit pays nothing or more, got {text!r}")
    return amount


def price(texts: Sequence[str], currency: str) -> dict[str, float]:
    """Read the price of one share of a class, ``series_b=1.25``, in the currency of the cap table or without one.

    Raises typer.BadParameter for what is no price of a class, and for two prices.
    """
    if len(texts) > 1 or "," in texts[0].rpartition("=")[0]:
        message = f"one price leads to one company value, got {', '.join(texts)}: state that of the last class sold"
        raise _refused("--price", message)
    (text,) = texts
    name, sign, amount = (part.strip() for part in text.rpartition("="))
    if not (name and sign and amount):
        raise _refused("--price", f"expected a class and the price of one share, such as series_b=1.25, got {text!r}")
    return {name: money(amount, currency, "--price", "1.25")}


def money(text: str, currency: str, option: str, example: str) -> float:
    """Read an amount in the currency of the cap table or without one.

    Raises typer.BadParameter for what is no amount, or one in another currency.
    """
    try:
        quantity = parse_quantity(text)
    except QuantityError as error:
        advice = f" ({error.help})" if error.help else ""
        raise _refused(option, f"expected money such as {example}, got {text!r}{advice}") from None
    known = {Unit.of(currency)} if currency else set[Unit]()
    if quantity.unit not in {ONE, *known} or "%" in text:
        amounts = f" in {currency}" if currency else " without a currency, as in the cap table"
        raise _refused(option, f"expected money{amounts}, got {text!r}")
    return quantity.value


def day(text: str) -> date | None:
    """Read a day, or nothing where none is given; raise typer.BadParameter for what is none."""
    try:
        return parse_date(text) if text else None
    except QuantityError as error:
        raise typer.BadParameter(error.message, param_hint="--on") from None


def _refused(option: str, message: str) -> typer.BadParameter:
    return typer.BadParameter(message, param_hint=option)
