"""The fair value of one cap table, by class: what it is worth today beside what its last price says."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from valsim.captable.financing.last_round import last_priced
from valsim.contract.contract import CapTableSource, Contract
from valsim.contract.method import MethodSource, method_of
from valsim.core.errors import ValuationError
from valsim.scenario.load_method import JudgedMethod
from valsim.value.fair_value.diagram import Exits
from valsim.value.fair_value.fair_value import FairValue, Priced, value_by_class
from valsim.value.fair_value.method import Method

DOLLARS = ("", "USD")
"""The currencies of cap tables at which a published amount in dollars may be taken as it is."""


def fair_value(
    captable: CapTableSource,
    price: Mapping[str, float] | None = None,
    method: MethodSource = "exit_mix",
    on: date | str | None = None,
) -> FairValue:
    """Value every class of a cap table today: find the company value at which the last price paid is fair, and value all at it.

    ``captable`` is the path of a cap table or of a scenario, a text or a mapping that says the same, or one that was read.
    ``price`` is what one share of a class cost, ``{"series_b": 1.0}``; without it, the price of the class that was issued last.
    ``method`` is the name of a method, a mapping with its numbers, ``{"kind": "exit_mix", "volatility": 0.6}``, or the path of a file
    that says the same, ``"hybrid.yaml"``; numbers that are left out are those of the published model, and the result lists them
    as ``assumed``. ``on`` is the day, needed only where something grows with time and the cap table has no ``as_of``.

    Raises :class:`~valsim.core.errors.ScenarioError` for a wrong cap table, and :class:`~valsim.core.errors.ValuationError` for a
    class, a method or a number that there is not, and for a price that no company value gives.

    >>> table = '''
    ... classes:
    ...   common: {kind: common, shares: 8M}
    ...   series_a: {kind: preferred, shares: 2M, original_issue_price: 2.5, liquidation_preference_multiple: 1,
    ...     participation: none, seniority: 1}
    ... '''
    >>> found = fair_value(table)
    >>> round(found.fair_value / 1e6, 2), found.post_money_valuation / 1e6, round(found.overvaluation, 3)
    (17.83, 25.0, 0.402)
    >>> round(found.classes["common"].per_share, 3), round(found.classes["series_a"].per_share, 9)
    (1.603, 2.5)
    """
    contract = Contract.read(captable)
    return fair_value_of(contract, price, method_of(method, contract.document.currency), on)


def fair_value_of(
    contract: Contract, price: Mapping[str, float] | None, judged: JudgedMethod, on: date | str | None = None
) -> FairValue:
    """Value every class of a contract that was read, by a method that was (see :func:`fair_value`)."""
    method = judged.method
    priced = _last_price(contract) if price is None else _one_price(price)
    found = value_by_class(Exits(contract.table, contract.day(on)), priced, method)
    remarks = [_taken_from_the_table(contract, priced)] if price is None else []
    warnings = (*judged.warnings, *contract.warnings, *contract.unplayed(date.max))
    return replace(
        found,
        name=contract.document.name,
        currency=contract.document.currency,
        on=contract.dated(on),
        notes=(*remarks, *found.notes, *_in_dollars(contract, method)),
        warnings=(*found.warnings, *(problem.sentence for problem in warnings)),
    )


def _one_price(price: Mapping[str, float]) -> Priced:
    if len(price) != 1:
        raise ValuationError(
            f"one price leads to one company value, got {len(price)}: state that of the last class sold"
        )
    ((name, amount),) = price.items()
    if not 0 < amount < float("inf"):
        raise ValuationError(f"a price is above 0, got {amount:g} for {name}")
    return Priced(name, float(amount))


def _last_price(contract: Contract) -> Priced:
    name = last_priced(contract.document.classes)
    if name is None:
        raise ValuationError("no class of the cap table has a price: say what one share of the last class sold cost")
    return Priced(name, float(contract.table.ledger.series[name].cost_of_one or 0.0))


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
