"""Where the time of a run goes: by what happens in a step, by driver, formula and closing, and step by step.

Functions are wrapped from outside, in one process that keeps its memory as a worker does; the seconds are those of its
processor. What is wrapped costs a microsecond a call, which tells where a chunk is small.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from types import FunctionType
from typing import Any

from benchmarks.child import forked
from benchmarks.clock import Cost, timed
from benchmarks.documents import BLOCK, FLAGSHIP, SMALL, anchor, document
from benchmarks.effort import Effort
from benchmarks.spans import Name, Naming, Span, Spans
from benchmarks.table import Cell, Table, table
from valsim.captable.financing.tranche import Tranche
from valsim.core.heap import hold_memory
from valsim.core.streams import BATCH
from valsim.drivers.process import Process
from valsim.execution.chunks import LARGEST
from valsim.simulate import after, play, simulate

FIRST = 12
"""So many entries of a group are told."""
RECORDER, STREAMS = "valsim.record:Recorder", "valsim.core.streams:Streams"


def _of(*name: str) -> Naming:
    return lambda *_args, **_options: name


def _of_closing(*args: Any, **_options: Any) -> Name:
    return "closing", next(arg.stream for arg in args if isinstance(arg, Tranche))


INSIDE: dict[str, Naming] = {
    "valsim.step.shocks:draw": _of("part", "shocks"),
    f"{STREAMS}.normal": _of("part", "normal numbers"),
    f"{STREAMS}.uniform": _of("part", "uniform numbers"),
    f"{STREAMS}.once": _of("part", "uniform numbers drawn once"),
    "valsim.drivers.company:Company.levels": _of("part", "levels of drivers"),
    "valsim.core.expression:Expression.__call__": lambda formula, *_rows, **_options: ("formula", str(formula)),
    "valsim.step.finance:_closed": _of_closing,
    "valsim.step.finance:_missed": _of_closing,
    "valsim.run:outcomes": _of("settling", "outcomes"),
    "valsim.run:paid_in": _of("settling", "money paid in"),
    "valsim.run:cash_by_year": _of("settling", "cash by year"),
    "valsim.run:present_values": _of("settling", "present values"),
    "valsim.run:pieced": _of("part", "columns put together"),
}
"""What is counted within a stage, and as what."""
GROUPS = {
    "part": "Parts of several stages",
    "driver": "Drivers: their way through a step",
    "formula": "Formulas and conditions",
    "closing": "Closings",
    "settling": "What is made of a path at its end",
}


def measure(effort: Effort) -> Iterator[Table]:
    """Play a chunk of each scenario, as large as a worker has it, with everything counted."""
    paths = effort.of(512, BATCH * LARGEST)
    for name in effort.of([SMALL], [SMALL, BLOCK, FLAGSHIP]):
        known = anchor(name)
        spans, taken = forked(partial(_played, name, known, paths))
        yield from _tables(name, paths, spans, taken, effort)


def _played(name: str, known: Any, paths: int) -> tuple[Spans, Cost]:
    hold_memory()
    scenario, spans = document(name), Spans()
    with ExitStack() as wrapped:
        for stage in _stages():
            wrapped.enter_context(spans.around(f"valsim.simulate:{stage}", _by_step(stage)))
        for method in ("note", "finish"):
            wrapped.enter_context(spans.around(f"{RECORDER}.{method}", _by_step(f"recorder.{method}")))
        for place, naming in (INSIDE | _of_drivers()).items():
            wrapped.enter_context(spans.around(place, naming))
        _, taken = timed(lambda: simulate(scenario, paths=paths, chunk=paths, threads=1, anchor=known))
    return Spans(spans.found, absent=spans.absent), taken


def _stages() -> list[str]:
    """Name what the story calls, in its order; of what happens within a step, each thing."""
    return [stage for each in _called(play) for stage in (_called(after) if each == after.__name__ else [each])]


def _called(story: Callable[..., Any]) -> list[str]:
    return [name for name in story.__code__.co_names if isinstance(story.__globals__.get(name), FunctionType)]


def _of_drivers() -> dict[str, Naming]:
    """Count the step of each driver: its shock tells which one it is, and its kind where it takes none."""
    known: dict[int, str] = {}

    def moved(_company: Any, _dt: float, shocks: Any, *_rest: Any) -> Name:
        known.clear()
        known.update({id(row): name for name, row in shocks.items()})
        return "part", "drivers move"

    def stepped(process: Any, _dt: float, shock: Any, _rows: Any) -> Name:
        return "driver", known.get(id(shock), f"without shocks: {process.kind}")

    own = {kind for kind in Process.kinds.values() if "advance" in vars(kind)}
    places = {f"{kind.__module__}:{kind.__qualname__}.advance": stepped for kind in own}
    return {"valsim.drivers.company:Company.advance": moved, **places}


def _by_step(stage: str) -> Naming:
    def named(*args: Any, **_options: Any) -> Name:
        step = next((arg for arg in args if hasattr(arg, "date") and hasattr(arg, "dt")), None)
        return "stage", stage, "" if step is None else str(step.date)

    return named


def _tables(name: str, paths: int, spans: Spans, taken: Cost, effort: Effort) -> Iterator[Table]:
    whole, stages = taken.processor, spans.of("stage")
    outside = Span(1, whole, sum(span.seconds for span in stages.values()))
    rows = [*stages.items(), ("everything else", Span(1, outside.alone))]
    notes = [f"Not found and so not counted: {', '.join(spans.absent)}."] if spans.absent else []
    yield _shares(f"{name}, {paths:,} paths in one chunk: stages", rows, paths, whole, *notes)
    for group, title in GROUPS.items():
        found = sorted(spans.of(group).items(), key=lambda each: -each[1].alone)[: effort.of(3, FIRST)]
        if found:
            yield _shares(f"{name}: {title.lower()}", found, paths, whole)
    yield _timeline(name, paths, spans)


def _shares(title: str, spans: Sequence[tuple[str, Span]], paths: int, whole: float, *notes: str) -> Table:
    columns = ("what", "calls", "us a path", "% of all", "us a path, itself alone")
    rows = [
        (what, span.calls, 1e6 * span.seconds / paths, 100 * span.seconds / whole, 1e6 * span.alone / paths)
        for what, span in spans
    ]
    return table(title, columns, rows, *notes)


def _timeline(name: str, paths: int, spans: Spans) -> Table:
    """Give what each step of the time line takes, by the stages that take most."""
    stages = spans.of("stage")
    dates = sorted(date for date in spans.of("stage", 2) if date)
    dated = {stage for (_, stage, date) in (key for key in spans.found if key[0] == "stage") if date}
    most = sorted(dated, key=lambda stage: -stages[stage].seconds)[:5]
    rest = sorted(dated - set(most))

    def taken(date: str, among: Sequence[str]) -> float:
        each = (spans.found.get(("stage", stage, date), Span()).seconds for stage in among)
        return 1e6 * sum(each) / paths

    rows: list[tuple[Cell, ...]] = [
        (date, taken(date, [*most, *rest]), *(taken(date, [stage]) for stage in most), taken(date, rest))
        for date in dates
    ]
    return table(f"{name}: steps, us a path", ("step", "all", *most, "the rest"), rows)
