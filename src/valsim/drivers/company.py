"""The company on every path: its processes, where they stand, and what events have done to them."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from types import MappingProxyType

import numpy as np

from valsim.core.effect import NO_OVERLAYS, Effect, Overlays
from valsim.core.errors import SimulationError
from valsim.core.parameter import domains
from valsim.core.replace import replace
from valsim.core.rows import Bools, Row, Rows
from valsim.core.selection import repeated
from valsim.drivers.belief import Belief
from valsim.drivers.process import Process

NOTHING: Rows = MappingProxyType({})
ALIKE: Mapping[str, float] = MappingProxyType({})
"""No process moves by another length than the company."""


@dataclass(frozen=True)
class Company:
    """The processes of a company at one instant, with the effects that lie over them."""

    processes: Mapping[str, Process]
    order: tuple[str, ...]
    overlays: Overlays = NO_OVERLAYS
    once: Mapping[str, Process] = field(default_factory=dict)
    """Those of the processes that move alike in all copies of a path: here each path stands once, and they are stepped here."""
    copies: int = 1
    """In how many rows each path stands, one copy after the other."""

    def stepping_once(self, processes: Mapping[str, Process], copies: int) -> "Company":
        """Give the company of which some processes, each path once, move alike in all copies until something parts these."""
        return replace(self, once=processes, copies=copies)

    def advance(
        self, dt: float, shocks: Mapping[str, Row], rows: Rows, lengths: Mapping[str, float] = ALIKE
    ) -> "Company":
        """Give the company ``dt`` years later; every process reads the rows of the start of the step.

        ``lengths`` holds the years of those processes that move by another length, such as none. The shocks of those that are
        stepped ``once`` have one entry a path, those of others one a row.
        """
        once = {
            name: process.advance(lengths.get(name, dt), shocks.get(name, NO_SHOCK), rows)
            for name, process in self.once.items()
        }
        later = {
            name: self._in_copies(name, once[name])
            if name in once
            else self._stepped(name, lengths.get(name, dt), shocks, rows)
            for name in self.processes
        }
        return replace(self, processes=later, overlays=self.overlays.later(dt), once=once)

    def _in_copies(self, name: str, later: Process) -> Process:
        """Give a process in all copies, of which what has changed since is known for each path once."""
        before = self.once[name].contents()
        changed = {part: new for part, new in later.contents().items() if new is not before[part]}
        return self.processes[name].but(**repeated(changed, self.copies))

    def _stepped(self, name: str, dt: float, shocks: Mapping[str, Row], rows: Rows) -> Process:
        process = self.processes[name]
        shock = shocks.get(name, NO_SHOCK)
        changed = self._overlaid(name)
        if not changed:
            return process.advance(dt, shock, rows)
        # An effect on a parameter moves the level; the parameter itself goes on as if nothing had happened.
        moved = process.but(**changed).advance(dt, shock, rows)
        untouched = process.aged(dt, shock, rows)
        return untouched.but(**{field: getattr(moved, field) for field in (process.level_field, *process.carries)})

    def _overlaid(self, name: str) -> dict[str, Row]:
        prefix = f"{name}."
        hit = [target.removeprefix(prefix) for target in self.overlays.targets if target.startswith(prefix)]
        return {field: self._changed(name, field) for field in hit}

    def _changed(self, name: str, field: str) -> Row:
        """Give a parameter with its effects; one that leaves its domain would make numbers that mean nothing."""
        process = self.processes[name]
        row = self.overlays.on(f"{name}.{field}", getattr(process, field))
        for domain in domains(type(process).model_fields[field]):
            trespass = domain.trespass(row)
            if trespass:
                raise SimulationError(f"effects take {name}.{field} to {trespass}; weaken them")
        return row

    def hit(self, event: str, effects: Mapping[str, Effect], where: Bools) -> "Company":
        """Give the company after an event on some of the paths."""
        overlays = self.overlays.hit(event, {self._row(target): effect for target, effect in effects.items()}, where)
        return self._under(overlays, effects)

    def moved(self, cause: str, log_factors: Mapping[str, Row]) -> "Company":
        """Give the company with the factors by which a cause that goes on moves rows now, as logarithms."""
        overlays = self.overlays
        for target, log_factor in log_factors.items():
            overlays = overlays.laid(cause, self._row(target), log_factor)
        return self._under(overlays, log_factors)

    def _under(self, overlays: Overlays, targets: Iterable[str]) -> "Company":
        if overlays is self.overlays:
            return self
        parted = {name for name, _, part in (self._row(target).partition(".") for target in targets) if part}
        return replace(self, overlays=overlays, once=self._once_but(parted))

    def _once_but(self, parted: Container[str]) -> Mapping[str, Process]:
        return {name: process for name, process in self.once.items() if name not in parted}

    def _row(self, target: str) -> str:
        # The field that holds a level is the level: changed as a parameter, it would change again at every step.
        name, _, field = target.partition(".")
        return name if field and field == self.processes[name].level_field else target

    def scaled(self, name: str, factor: Row | float) -> "Company":
        """Give the company with the level of one process multiplied, shape ``(n_paths,)``; it goes on from there."""
        process = self.processes[name]
        changed = process.but(**{process.level_field: getattr(process, process.level_field) * factor})
        return replace(self, processes={**self.processes, name: changed}, once=self._once_but({name}))

    def believing(self, name: str, probability: Row) -> "Company":
        """Give the company with another probability in the row of a belief, shape ``(n_paths,)``."""
        return replace(self, processes={**self.processes, name: Belief.model_construct(probability=probability)})

    def levels(self, given: Rows, start: Rows = NOTHING) -> dict[str, Row]:
        """Give every level now by name, effects included; ``given`` holds what is not a process, ``start`` the opening levels."""
        rows = self.instant(given, start)
        return {name: rows[name] for name in self.order}

    def instant(self, given: Rows, start: Rows = NOTHING) -> Rows:
        """Give the levels now and, when a formula asks for them, fields and levels of the start, beside what is ``given``."""
        rows = _Instant(self, given, start)
        for name in self.order:
            rows[name] = self.overlays.on(name, self.processes[name].level(rows))
        return rows

    def field(self, name: str) -> Row:
        """Give a field or a reading of a process now, such as ``enterprise_arr.growth``, effects included."""
        process, field = name.split(".")
        return self.overlays.on(name, getattr(self.processes[process], field))


class _Instant(dict[str, Row]):
    """The rows of an instant as far as they are known; those of fields, and of the start, are found when a formula asks."""

    def __init__(self, company: Company, given: Rows, start: Rows) -> None:
        super().__init__(given)
        self.company, self.start = company, start

    def __missing__(self, name: str) -> Row:
        if name.endswith(OF_THE_START):
            level = name.removesuffix(OF_THE_START)
            return self.start[level] if level in self.start else self[level]
        return self.company.field(name)


OF_THE_START = ".start"
NO_SHOCK: Row = np.zeros(())


def in_order(processes: Mapping[str, Process]) -> tuple[str, ...]:
    """Put the processes in an order in which each formula comes after what it is made of.

    Raises ``graphlib.CycleError`` for formulas that need each other.
    """
    read = {name: {each.removesuffix(OF_THE_START) for each in process.needs} for name, process in processes.items()}
    needs = {name: sorted(names & processes.keys()) for name, names in read.items()}
    return tuple(TopologicalSorter(needs).static_order())


def cycle(processes: Mapping[str, Process]) -> Iterable[str]:
    """Name the formulas that need each other in a circle, or nothing."""
    try:
        in_order(processes)
    except CycleError as error:
        return tuple(reversed(error.args[1]))
    return ()
