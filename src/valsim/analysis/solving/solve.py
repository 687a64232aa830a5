"""The value of one input that makes a target true: a root of a noisy function, with its error."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, TypeAlias

import numpy as np

from valsim.analysis.solving.search import LAST_STEPS, Gap, Spot, around, changes, narrowed, scanned, slope_at
from valsim.analysis.solving.target import Target
from valsim.analysis.solving.unknown import Unknown, UnknownError
from valsim.core.errors import ScenarioError, SimulationError
from valsim.core.shown import Shown
from valsim.execution.executor import Elsewhere
from valsim.fits import expect_room
from valsim.result import Anchor, Result
from valsim.run import last_round
from valsim.scenario.dump import dump
from valsim.scenario.load import as_played, parse_document, read_file, scenario_of
from valsim.scenario.model import Scenario
from valsim.scenario.text.document import Document
from valsim.simulate import prepared, simulate

HALVINGS = 8
"""So often the way to an end that the document does not take is halved."""
BESIDE = 1.1
"""An input is changed by so much to see whether it changes what was priced last."""
ROUGH_PATHS = 4_096
"""So many first paths find the root; all of them make the last steps."""
WIDE = 10.0
"""Where no ends are given, the search goes from a tenth of what stands there to ten times it."""
Held: TypeAlias = Literal["held", "solved"]
"""Whether the scale of the opening multiple is that of the document as it is written, or solved anew for each trial."""
Scaled: TypeAlias = Literal["held", "solved", "none"]
"""The same, or that nothing is scaled."""


@dataclass(frozen=True)
class Solution(Shown):
    """The number that makes a target true, or why there is none.

    ``place`` is in the unit that the document writes, ``unknown.written(place)`` with it. Where the target jumps across
    equality ``place`` is missing and ``between`` holds the two numbers that it jumps between.
    """

    unknown: Unknown
    target: Target
    place: float | None
    standard_error: float
    slope: float
    at: Spot | None
    """Both sides at the number that was found."""
    between: tuple[Spot, Spot] | None
    others: tuple[float, ...]
    """Other numbers that make it true, found on fewer paths."""
    ends: tuple[float, float]
    """Where a number was looked for; nearer to an end than any of those ``scanned`` the target has no value or the document is refused."""
    scanned: tuple[Spot, ...]
    now: Spot | None
    """Both sides as the document stands."""
    anchor: Scaled
    scale: Anchor
    paths: int
    seed: int
    currency: str

    @property
    def is_found(self) -> bool:
        """Whether some number makes the target true, or it jumps across it."""
        return self.place is not None or self.between is not None

    @property
    def written(self) -> str:
        """The number as the document writes it, ``412M USD``; an empty text where there is none."""
        return "" if self.place is None else self.unknown.written(self.place)


Play: TypeAlias = Callable[[Scenario, Anchor | None, int], Result]
"""Plays a scenario at a scale of the opening multiple, if one is given, on so many paths."""


@dataclass(frozen=True)
class Question:
    """What is asked: of which document, for which input, to which target, between which ends."""

    document: Document
    overrides: tuple[str, ...]
    variant: str
    path: str
    target: Target
    between: tuple[str, str] | None
    anchor: Held | None
    paths: int
    seed: int

    def scenario(self, *settings: str) -> Scenario:
        """Give the scenario with some more of its values set."""
        return scenario_of(as_played(self.document, (*self.overrides, *settings), self.variant))


def solve(
    source: Path | str | Scenario,
    path: str,
    target: str,
    *,
    between: tuple[str, str] | None = None,
    anchor: Held | None = None,
    overrides: tuple[str, ...] = (),
    variant: str = "",
    paths: int | None = None,
    seed: int | None = None,
    threads: int | None = None,
    executor: Elsewhere | None = None,
) -> Solution:
    """Solve for the value of one input that makes a target true, with its standard error.

    ``source`` is a scenario or its file, ``path`` leads to a number as for ``--set``, or with ``PATH:25M USD/year`` to that number
    of a formula, ``target`` is such as ``moic(me) = 3``. The search goes ``between`` two numbers, or from a tenth to ten times
    what stands there. With ``anchor`` ``held`` the opening multiple keeps the scale of the document as it stands, with
    ``solved`` it meets the last price anew for each trial; where nothing is said it is solved where the input changes the
    class that was priced last, and held otherwise. ``threads`` and ``executor`` are as for
    :func:`~valsim.simulate.simulate`. Raises :class:`~valsim.core.errors.ScenarioError` for a wrong document,
    :class:`~valsim.core.errors.ExpressionError` for a wrong target, :class:`UnknownError` for a wrong input.
    """
    document = parse_document(dump(source)) if isinstance(source, Scenario) else read_file(Path(source))
    simulation = scenario_of(as_played(document, overrides, variant)).simulation
    start = simulation.seed if seed is None else seed
    asked = Question(
        document, overrides, variant, path, Target.parse(target), between, anchor, paths or simulation.paths, start
    )

    def play(scenario: Scenario, scale: Anchor | None, count: int) -> Result:
        return simulate(scenario, paths=count, seed=start, threads=threads, executor=executor, anchor=scale, kept=0)

    return solved(asked, play)


def solved(asked: Question, play: Play) -> Solution:
    """Solve for an input (see :func:`solve`)."""
    scenario = asked.scenario()
    asked.target.check(scenario)
    document = as_played(asked.document, asked.overrides, asked.variant)
    unknown = Unknown.read(asked.path, document, scenario)
    ends = _ends(asked, unknown)
    low, high = ends if asked.between else (_allowed(asked, unknown, end) for end in ends)
    how = _how(asked, unknown, scenario)
    expect_room(prepared(scenario, paths=asked.paths))  # the search itself takes few paths, and all only at its end
    first = play(scenario, None, min(ROUGH_PATHS, asked.paths))
    scale = None if how == "solved" else first.manifest.anchor
    few = min(ROUGH_PATHS, asked.paths)
    rough = _gap(asked, unknown, play, scale, few)
    fine = rough if few == asked.paths else _gap(asked, unknown, play, scale, asked.paths)
    spots = scanned(rough, low, high, unknown.start)
    found = [narrowed(rough, *pair) for pair in changes(spots)]
    found.sort(key=lambda pair: abs(_middle(pair) - unknown.start))
    base = Solution(
        unknown=unknown, target=asked.target, place=None, standard_error=np.nan, slope=0.0, at=None, between=None,
        others=tuple(_middle(pair) for pair in found[1:]), ends=ends, scanned=tuple(spots), now=rough(unknown.start),
        anchor=how, scale=first.manifest.anchor, paths=asked.paths, seed=asked.seed,
        currency=scenario.currency,
    )  # fmt: skip
    return _polished(base, found[0], rough, fine, (low, high)) if found else base


def _middle(pair: tuple[Spot, Spot]) -> float:
    return (pair[0].place + pair[1].place) / 2


def _gap(asked: Question, unknown: Unknown, play: Play, scale: Anchor | None, paths: int) -> Gap:
    kept: dict[float, Spot | None] = {}

    def at(place: float) -> Spot | None:
        try:
            result = play(asked.scenario(unknown.setting(place)), scale, paths)
        except (
            ScenarioError,
            SimulationError,
        ):  # a number that the document does not take, or that meets no last price
            return None
        left, right = asked.target.sides(result)
        return Spot(place, left, right) if np.isfinite(left.value - right.value) else None

    def once(place: float) -> Spot | None:
        if place not in kept:
            kept[place] = at(place)
        return kept[place]

    return once


def _ends(asked: Question, unknown: Unknown) -> tuple[float, float]:
    """Give where the search begins and ends: as asked for, or from a tenth to ten times what stands there."""
    if asked.between is not None:
        low, high = sorted(map(unknown.number, asked.between))
        for end in (low, high):
            asked.scenario(unknown.setting(end))
        return low, high
    if unknown.start == 0:
        raise UnknownError(
            f"{unknown.name} is 0, which says nothing of how large it may be", "say it: --between LOW,HIGH"
        )
    low, high = sorted((unknown.start / WIDE, unknown.start * WIDE))
    return low, high


def _allowed(asked: Question, unknown: Unknown, end: float) -> float:
    """Give the number nearest to an end that the document takes, seen from what stands there now."""
    inside, outside = unknown.start, end
    for place in (end, *[None] * HALVINGS):
        tried = (inside + outside) / 2 if place is None else place
        try:
            asked.scenario(unknown.setting(tried))
        except ScenarioError:
            outside = tried
        else:
            inside = tried
            if place is not None:
                break
    return inside


def _how(asked: Question, unknown: Unknown, scenario: Scenario) -> Scaled:
    """Say how the scale is treated: where it is not said, it is solved anew where the input changes what was priced last."""
    if scenario.valuation.anchor == "none":
        return "none"
    if asked.anchor is not None:
        return asked.anchor
    other = asked.scenario(unknown.setting(unknown.start * BESIDE))
    name = last_round(scenario).name
    same = last_round(other) == last_round(scenario)
    return "held" if same and other.captable.classes[name] == scenario.captable.classes[name] else "solved"


def _polished(base: Solution, pair: tuple[Spot, Spot], rough: Gap, fine: Gap, ends: tuple[float, float]) -> Solution:
    """Take a root or a jump that few paths showed to all of them."""
    slope = slope_at(rough, _middle(pair), *ends)
    about = around(fine, _middle(pair), slope, *ends)
    if about is None:
        return base
    first, last = narrowed(fine, *about, steps=LAST_STEPS)
    best = min(first, last, key=lambda spot: abs(spot.gap.value))
    if not best.is_root and abs(best.gap.value) > best.gap.standard_error:
        return replace(base, between=(first, last))
    error = best.gap.standard_error / abs(slope) if slope else np.nan
    place = best.place - best.gap.value / slope if slope else best.place
    return replace(base, place=place, standard_error=error, slope=slope, at=best)
