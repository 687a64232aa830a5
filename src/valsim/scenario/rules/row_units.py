"""The unit of every row that a formula may read."""

from collections.abc import Iterator, Mapping

from valsim.core.parameter import Parameter
from valsim.core.unit import BOOL, ONE, Unit
from valsim.drivers.process import Process
from valsim.drivers.use_of_proceeds import budget_units
from valsim.scenario.model import Scenario
from valsim.scenario.rules.last_round import last_round_units


def level_units(scenario: Scenario) -> dict[str, Unit]:
    """Give the units of what is known before anything is derived: drivers and their fields, signals, beliefs, cash and debt."""
    money = Unit.of(scenario.currency)
    units = process_units(scenario.processes)
    learned = {**dict.fromkeys(scenario.signals, BOOL), **dict.fromkeys(scenario.beliefs, ONE)}
    return {**learned, **units, "multiple": ONE, "cash": money, "debt": money}


def process_units(processes: Mapping[str, Process]) -> dict[str, Unit]:
    """Give the units of the levels of some processes, of their fields and of what else they tell."""
    units = {name: process.level_unit for name, process in processes.items()}
    for name, process in processes.items():
        units |= {f"{name}.{field}": unit for field, unit in _fields(process)}
    return units


def derived_units(scenario: Scenario) -> dict[str, Unit]:
    """Give the units of what follows from the levels: cash flow, budgets, runway, values; whether a closing was funded now; the last round."""
    money, year = Unit.of(scenario.currency), Unit.of("year")
    flows = dict.fromkeys(("cash_flow", "burn", "valued_revenue"), money / year)
    flows |= {} if scenario.compute_credits is None else {"compute_credits": money}
    flows |= budget_units(scenario.use_of_proceeds, money)
    values = dict.fromkeys(("enterprise_value", "equity_value"), money)
    return {**flows, "runway": year, **values, "funded": BOOL, **last_round_units(scenario.currency)}


def row_units(scenario: Scenario) -> dict[str, Unit]:
    """Give the unit of every row that an expression may read, by name."""
    units = level_units(scenario) | derived_units(scenario)
    return {**{f"{name}.start": unit for name, unit in units.items() if "." not in name}, **units}


def recorded_units(scenario: Scenario) -> dict[str, Unit]:
    """Give the units of the rows whose time series a run keeps, in their order; those of the base rates are among them."""
    known = row_units(scenario)
    spending = ("spending",) if scenario.use_of_proceeds else ()
    in_kind = () if scenario.compute_credits is None else ("compute_credits",)
    flows = ("cash", *in_kind, "cash_flow", *spending, "valued_revenue", "enterprise_value", "equity_value")
    asked = sorted(scenario.base_rates.names) if scenario.base_rates else ()
    return {name: known[name] for name in dict.fromkeys((*scenario.processes, *flows, *asked)) if name in known}


def _fields(process: Process) -> Iterator[tuple[str, Unit]]:
    for field in type(process).model_fields:
        value = getattr(process, field)
        if isinstance(value, Parameter):
            yield field, process.level_unit if field in process.level_fields else value.unit
    yield from process.readings.items()
