"""Half-read documents: what blocks report of a document whose fields are not all right.

So that a person sees every problem at once, not those of units and names only when everything else is mended. Each block that can
be read is asked for its own problems. What it asks about the document around it may not have been read; then it says nothing.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from valsim.core.errors import Path, Problem
from valsim.core.expression import Expression
from valsim.core.unit import Unit
from valsim.drivers.process import Process
from valsim.exits.base import with_kinds
from valsim.scenario.model import Scenario
from valsim.scenario.rules.context import Context
from valsim.scenario.rules.readable import UnsureError, asked, beside, readable, told
from valsim.scenario.rules.row_units import level_units, row_units
from valsim.value.sector import Sector


class HalfRead(Scenario):
    """A scenario of which some fields could not be read; asking for one of those raises :class:`UnsureError`."""

    @property
    def processes(self) -> Mapping[str, Process]:
        """The drivers and sectors that could be read, and the multiple if it could."""
        sectors = {name: sector.multiple for name, sector in self.sectors.items()}
        multiple = {"multiple": self.multiple} if "valuation" in self.__dict__ else {}
        return {**self.drivers, **sectors, **multiple}

    def __getattr__(self, name: str) -> Any:
        raise UnsureError(name)


@dataclass(frozen=True)
class HalfKnown(Context):
    """What a block may ask about a half-read document; ``unsure`` are the rows that could not be read."""

    unsure: frozenset[str] = field(default=frozenset())

    @property
    def shocked(self) -> tuple[str, ...]:
        """The processes that take shocks, if all are known."""
        if self.unsure:
            raise UnsureError("drivers")
        return super().shocked

    @property
    def sectors(self) -> Mapping[str, Sector]:
        """The sectors of the scenario, if all are known."""
        if self.unsure:
            raise UnsureError("sectors")
        return super().sectors

    def formula(self, path: Path, expression: Expression, unit: str | Unit) -> Iterator[Problem]:
        """Report what is wrong with a formula of which everything is known."""
        return iter(()) if _roots(expression.names) & self.unsure else super().formula(path, expression, unit)

    def target(self, path: Path, name: str) -> Iterator[Problem]:
        """Report a row that cannot be changed, where it is known whether it exists."""
        return iter(()) if _roots({name}) & self.unsure else super().target(path, name)


def _roots(names: Any) -> set[str]:
    return {name.split(".")[0] for name in names}


def half_read_problems(data: Mapping[str, Any]) -> Iterator[Problem]:
    """Report what the readable blocks of plain data have to say, where the data as a whole cannot be read."""
    read = dict(readable(Scenario, {**data, "exits": with_kinds(data.get("exits", {}))}))
    with suppress(UnsureError):
        levels, everything = _contexts(data, read)
        blocks = dict(found for path, value in read.items() for found in asked(value, path))
        for place, block in blocks.items():
            context = levels if place[0] in {"drivers", "sectors"} else everything
            within = place[:-1] == ("captable", "classes") or place == ("captable", "carve_out")
            yield from told(block, place, beside(place, data, blocks) if within else context)
        if isinstance(cash_flow := read.get(("cash_flow",)), Expression):
            yield from everything.formula(("cash_flow",), cash_flow, f"{everything.currency}/year")


def _contexts(data: Mapping[str, Any], read: Mapping[Path, Any]) -> tuple[HalfKnown, HalfKnown]:
    whole = {str(path[0]): value for path, value in read.items() if len(path) == 1}
    rows = {room: whole.get(room, _entries(room, read)) for room in ("drivers", "signals", "sectors")}
    written = {"drivers": data.get("drivers"), "signals": data.get("signals", {}), "sectors": data.get("sectors", {})}
    unsure = frozenset(name for room, known in rows.items() for name in _names(written[room]) - known.keys())
    scenario = HalfRead.model_construct(**rows | whole)
    for name in data.keys() - whole.keys() - rows.keys():
        scenario.__dict__.pop(name, None)  # a default is not what the document says
    unsure |= {"multiple"} - scenario.processes.keys()
    return HalfKnown(scenario, level_units(scenario), unsure), HalfKnown(scenario, row_units(scenario), unsure)


def _entries(room: str, read: Mapping[Path, Any]) -> dict[str, Any]:
    return {str(path[1]): value for path, value in read.items() if path[0] == room and len(path) == 2}


def _names(room: Any) -> set[str]:
    if not isinstance(room, dict):
        raise UnsureError("any row")
    return set(room)
