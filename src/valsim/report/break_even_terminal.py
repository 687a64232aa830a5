"""The break-even of a holder on a terminal."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Console
from rich.text import Text

from valsim.report import labels
from valsim.report.section import fair_value
from valsim.report.terminal import Words, print_items

Told = Mapping[str, Any]


def print_break_even(told: Told, console: Console) -> None:
    """Print where a holder breaks even, and how what it has is shared there; names are text, never markup."""
    print_items(_items(told), console)


def _items(told: Told) -> Iterator[Any]:
    yield Text(told["name"] or "Break-even", style="bold")
    yield Text(fair_value.by_method(told), style="dim")
    for warning in told["warnings"]:
        yield Words(warning, "! ", "yellow")
    yield ""
    yield Words(_lead(told))
    if told["gp_share"] or told["lp_cost"] != told["investment"]:
        yield Words(_shared(told))
    if len(told["roots"]) > 1:
        values = labels.listed([labels.money(each, told["currency"]) for each in told["roots"]])
        yield Words(f"It is worth its cost at {values}: the lowest is taken.")
    yield ""
    for head, text in fair_value.numbers_of(told):
        yield Words(text, f"{head:9}")


def _lead(told: Told) -> str:
    amount = _amounts(told)
    return (
        f"{told['holder']} breaks even where the company is worth {amount['company_value']} today: what it has is worth "
        f"{amount['partial_valuation']} there, for {amount['investment']} invested."
    )


def _shared(told: Told) -> str:
    amount = _amounts(told)
    return (
        f"Of that the general partner has {amount['gp_valuation']}, {labels.percent(told['gp_share'])}. The limited partners have "
        f"{amount['lp_valuation']}, what the investment costs them with its part of the fees."
    )


def _amounts(told: Told) -> dict[str, str]:
    names = ("company_value", "partial_valuation", "investment", "gp_valuation", "lp_valuation")
    return {name: labels.money(told[name], told["currency"]) for name in names}
