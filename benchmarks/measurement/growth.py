"""How the cost of a run grows with its paths, steps, drivers, classes and closings, one of them at a time.

The small scenario is made larger by code. The cost is that of the processor, in one process that keeps its memory as a worker does;
the slope is that of the logarithms from the row before: 1 is in proportion, 0 costs nothing.
"""

import copy
import math
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import yaml

from benchmarks.child import forked
from benchmarks.clock import least
from benchmarks.documents import SMALL, file
from benchmarks.effort import Effort
from benchmarks.table import Cell, Table, table
from valsim.core.heap import hold_memory
from valsim.core.streams import BATCH
from valsim.scenario.load import parse_document, scenario_of
from valsim.scenario.model import Scenario
from valsim.simulate import simulate

Plain = dict[str, Any]
MONTHS = (
    "2026-01-31",
    "2026-02-28",
    "2026-04-30",
    "2026-05-31",
    "2026-07-31",
    "2026-08-31",
    "2026-10-31",
    "2026-11-30",
)
"""Days between the quarters, on which further closings are dated."""


def measure(effort: Effort) -> Iterator[Table]:
    """Measure one growth after the other."""
    paths = effort.of(1_024, 13 * BATCH)
    yield _grown("paths", effort.of((1_024, 2_048), (13_312, 53_248, 212_992, 851_968)), _plain, None)
    for what, sizes, larger in effort.of(GROWTHS[:1], GROWTHS):
        yield _grown(what, effort.of(sizes[:2], sizes), larger, paths)


def _grown(what: str, sizes: tuple[int, ...], larger: Callable[[Plain, int], Plain], paths: int | None) -> Table:
    rows, before = list[tuple[Cell, ...]](), (0, 0.0)
    for size in sizes:
        scenario, played = _scenario(larger, size), paths or size
        count = len(scenario.steps) if what == "steps" else size
        seconds = forked(partial(_seconds, scenario, played))
        slope = math.log(seconds / before[1]) / math.log(count / before[0]) if before[0] else None
        rows.append((count, seconds, 1e6 * seconds / played, slope))
        before = count, seconds
    return table(f"Growth in {what}", (what, "processor, s", "us a path", "slope"), rows)


def _seconds(scenario: Scenario, paths: int) -> float:
    hold_memory()
    return least(lambda: simulate(scenario, paths=paths, threads=1), 2).processor


def _scenario(larger: Callable[[Plain, int], Plain], size: int) -> Scenario:
    written = larger(yaml.safe_load(file(SMALL).read_text("utf-8")), size)
    return scenario_of(parse_document(yaml.safe_dump(written, sort_keys=False), f"{SMALL}.yaml"))


def _plain(written: Plain, size: int) -> Plain:
    del size
    return written


def with_steps(written: Plain, a_year: int) -> Plain:
    """Give the scenario with so many steps a year."""
    return {**written, "step": {1: "year", 4: "quarter", 12: "month"}[a_year]}


def with_drivers(written: Plain, count: int) -> Plain:
    """Give the scenario with so many drivers beside its own."""
    more = {f"more_{i}": written["drivers"]["users"] for i in range(count)}
    return {**written, "drivers": {**written["drivers"], **more}}


def with_classes(written: Plain, count: int) -> Plain:
    """Give the scenario with so many further preferred classes, each of its own rank and with a holder of its own."""
    table = copy.deepcopy(written["captable"])
    for i in range(count):
        terms = {**table["classes"]["series_a"], "seniority": i + 3, "shares": "1M"}
        table["classes"][f"series_{i}"] = terms
        table["positions"][f"Fund {i}"] = {f"series_{i}": "100%"}
    return {**written, "captable": table}


def with_closings(written: Plain, count: int) -> Plain:
    """Give the scenario with so many closings, each in a round of its own."""
    terms, first = written["rounds"][0], written["rounds"][0]["closings"][0]
    rounds = [
        {
            **terms,
            "name": f"round_{i}",
            "series": {**terms["series"], "seniority": i + 2},
            "closings": [{**first, "at": f"{2026 + i // 8}{MONTHS[i % 8][4:]}"}],
        }
        for i in range(count)
    ]
    return {**written, "rounds": rounds}


GROWTHS: tuple[tuple[str, tuple[int, ...], Callable[[Plain, int], Plain]], ...] = (
    ("steps", (1, 4, 12), with_steps),
    ("drivers", (1, 4, 16, 64), with_drivers),
    ("classes", (1, 4, 16, 48), with_classes),
    ("closings", (1, 4, 16, 32), with_closings),
)
"""What grows, the sizes, and how the scenario is made larger."""
