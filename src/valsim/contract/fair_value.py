"""The fair value of one cap table, by class: what it is worth today beside what its last price says."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple, SupportsFloat

from valsim.captable.financing.last_round import last_priced
from valsim.contract.contract import Contract
from valsim.core.errors import ValuationError
from valsim.scenario.holds import stands_alone
from valsim.scenario.load_method import JudgedMethod
from valsim.value.fair_value.by_class import FairValue, Priced
from valsim.value.fair_value.diagram import Exits
from valsim.value.fair_value.fair_value import value_by_class
from valsim.value.fair_value.method import Method

DOLLARS = ("", "USD")
"""The currencies of cap tables at which a published amount in dollars may be taken as it is."""


class Asked(NamedTuple):
    """At what a contract is valued: the price that was paid, a company value that is known, and the day; without any of the first two, the
    price of the class that was sold last.
    """

    price: Mapping[str, float] | None = None
    company_value: float | None = None
    on: date | str | None = None


def fair_value_of(contract: Contract, asked: Asked, judged: JudgedMethod) -> FairValue:
    """Value every class of a contract by a method; both were read."""
    method, (priced, remarks) = judged.method, _priced(contract, asked)
    found = value_by_class(Exits(contract.table, contract.day(asked.on)), priced, method, asked.company_value)
    warnings = (*judged.warnings, *contract.warnings, *contract.unplayed(date.max))
    return replace(
        found,
        name=contract.document.name,
        currency=contract.document.currency,
        on=contract.dated(asked.on),
        notes=(*remarks, *found.notes, *_in_dollars(contract, method), *_of_a_scenario(contract)),
        warnings=(*found.warnings, *(problem.sentence for problem in warnings)),
    )


def _priced(contract: Contract, asked: Asked) -> tuple[Priced | None, tuple[str, ...]]:
    if asked.price is None and asked.company_value is not None:
        return None, ()
    return priced_at(contract, asked.price)


def priced_at(contract: Contract, price: Mapping[str, float] | None) -> tuple[Priced, tuple[str, ...]]:
    """Give the price that was asked for, or that of the class that was sold last, and what is to be said of it."""
    if price is not None:
        return _one_price(price), ()
    found = _last_price(contract)
    return found, (_taken_from_the_table(contract, found),)


def _one_price(price: Mapping[str, float]) -> Priced:
    if len(price) != 1:
        raise ValuationError(
            f"one price leads to one company value, got {len(price)}: state that of the last class sold"
        )
    ((name, amount),) = price.items()
    if not isinstance(amount, SupportsFloat):
        raise ValuationError(
            f"a price is a number such as 1.25, in the currency of the cap table, got {amount!r} for {name}"
        )
    if not 0 < amount < float("inf"):
        raise ValuationError(f"a price is above 0, got {amount:g} for {name}")
    return Priced(name, float(amount))


def _last_price(contract: Contract) -> Priced:
    name = last_priced(contract.document.classes)
    if name is None:
        raise ValuationError("no class of the cap table has a price: say what one share of the last class sold cost")
    cost = contract.table.ledger.series[name].cost_of_one
    if cost is None:
        raise ValuationError(f"what one share of {name} cost is not known, though it was sold last: say it")
    return Priced(name, float(cost))


def _taken_from_the_table(contract: Contract, priced: Priced) -> str:
    issued = contract.document.classes[priced.name].issued
    when = f", issued on {issued}," if issued else ""
    return f"the price is that of {priced.name}{when} which the cap table lists as the last one sold"


def _in_dollars(contract: Contract, method: Method) -> tuple[str, ...]:
    """Say where amounts of the published model, in dollars, are taken for those of another currency."""
    assumed = [name for name in method.in_dollars if name not in method.model_fields_set]
    if not assumed or contract.document.currency in DOLLARS:
        return ()
    amounts = f"at values in dollars, which are taken as {contract.document.currency} here"
    return (f"{assumed[0]} is the published one, {amounts}: state it where that matters",)


def _of_a_scenario(contract: Contract) -> tuple[str, ...]:
    """Say that nothing but the cap table of a scenario was looked at."""
    if stands_alone(contract.text):
        return ()
    return (
        "of the scenario only the cap table is read here: its drivers, rates and exits play no part, as they do in a simulation",
    )
