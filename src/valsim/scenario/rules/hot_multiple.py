"""Whether a multiple that starts hot cools down before the horizon."""

from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from valsim.core.errors import Problem
from valsim.core.parameter import at_medians, middle
from valsim.core.rows import Rows
from valsim.core.timeline import Step
from valsim.drivers.company import Company, in_order
from valsim.drivers.process import Process
from valsim.scenario.model import Scenario

HOT = 25
"""A multiple of revenue above this is hot: few companies are worth so much, and none for long."""
MATURE = 18
"""Mature companies are worth about 3 to 18 times their revenue, 7 in the middle: medians of listed software companies from
2014 to 2026, and price over sales at technology listings since 1980."""


def hot_multiple(scenario: Scenario) -> Iterator[Problem]:
    """Warn of a multiple whose median starts above ``HOT`` and, without shocks, is above ``MATURE`` at the horizon.

    What it follows moves with it, every number at its median: its sector, and the growth of a driver.
    """
    start, end = quiet_multiple(scenario)
    if start > HOT and end > MATURE:
        years = middle(scenario.horizon)
        message = f"a multiple of {start:g}x is hot, and after {years:g} years its median is still {end:.3g}x"
        way_out = "mature companies are worth about 3x to 18x; let it revert, kind: mean_reverting, to such a mean"
        yield Problem(("valuation", "multiple"), message, way_out, "key", "hot_multiple", severity="warning")


def quiet_multiple(scenario: Scenario) -> tuple[float, float]:
    """Give the multiple at the start and at the horizon, every number at its median and without any shock or event.

    Not a number where it follows more than drivers, sectors, signals, cash and debt.
    """
    calm = at_medians(scenario)
    given = {"cash": calm.company.cash, "debt": calm.company.debt, **dict.fromkeys(calm.signals, np.asarray(0.0))}
    processes = _followed(calm.opening.processes)
    followed = {name for process in processes.values() for name in _rows(process, processes)}
    if not followed <= processes.keys() | given.keys():
        return np.nan, np.nan
    with np.errstate(all="ignore"):  # what is not a number is not hot
        rows = [*_played(Company(processes, in_order(processes)), given, calm.steps)]
    return rows[0], rows[-1]


def _played(company: Company, given: Rows, steps: Iterable[Step]) -> Iterator[float]:
    quiet = {name: np.zeros((each.shocks, 1)) for name, each in company.processes.items() if each.shocks > 1}
    start = rows = company.instant(given)
    yield float(np.squeeze(rows["multiple"]))
    for step in steps:
        company = company.advance(step.dt, quiet, rows)
        rows = company.instant(given, start)
        yield float(np.squeeze(rows["multiple"]))


def _followed(processes: Mapping[str, Process]) -> dict[str, Process]:
    """Give the multiple and the processes that it follows, and those that these follow."""
    found, asked = {"multiple": processes["multiple"]}, ["multiple"]
    while asked:
        new = _rows(found[asked.pop()], processes) & processes.keys() - found.keys()
        found |= {name: processes[name] for name in sorted(new)}
        asked += sorted(new)
    return found


def _rows(process: Process, known: Mapping[str, Process]) -> set[str]:
    """Give the rows that a process follows; for a field of a driver, or its level at the start, the driver."""
    return {name if name in known else name.split(".")[0] for name in process.needs | process.reads}
