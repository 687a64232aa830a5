"""Playing a few paths of a run again, step by step, to see what happened when: a result keeps what paths came to, not how."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from valsim.core.parameter import streams_of_parameters
from valsim.core.sampler import SAMPLERS
from valsim.core.streams import BATCH, Paths, Streams
from valsim.core.timeline import Step
from valsim.result import Result
from valsim.simulate import after, ending, opening, realised
from valsim.state import State, World
from valsim.value.measure import real_world


class Moment(NamedTuple):
    """A step of some paths: the state before it and after it, rows of shape ``(n_paths,)``."""

    step: Step
    before: State
    after: State


@dataclass(frozen=True)
class Replay:
    """Some paths, played again, by their ``numbers``: what stays the same along them, their steps, and the state at their end."""

    numbers: tuple[int, ...]
    world: World
    moments: tuple[Moment, ...]
    end: State


def replay(result: Result, paths: Paths) -> Replay:
    """Play some of the first paths of a run again, real-world, to the same bits; ``paths`` are their numbers, below 4,096.

    Raises ValueError for a path that is not among those, or that the run does not have.
    """
    if np.any(paths >= min(BATCH, result.manifest.paths)) or np.any(paths < 0):
        raise ValueError(f"only the first {BATCH:,} paths of a run are played again")
    scenario = result.scenario.anchored_by(None)
    with np.errstate(over="ignore", invalid="ignore"):  # as in the run itself
        world = realised(scenario, _streams(result, paths), (real_world,), result.policy)
        moments = tuple(_moments(world, result.manifest.anchor_scale))
        return Replay(tuple(paths.tolist()), world, moments, ending(world, moments[-1].after))


def _streams(result: Result, paths: Paths) -> Streams:
    """Give the streams of a few paths: all numbers of their batch are drawn, and theirs are kept."""
    manifest = result.manifest
    batch = Streams(manifest.seed, 0, 1, min(manifest.paths, BATCH), only=paths)
    return SAMPLERS[manifest.sampler].drawn(batch, streams_of_parameters(result.scenario))


def _moments(world: World, scale: float) -> Iterator[Moment]:
    state = opening(world, scale)
    for step in world.scenario.steps:
        before, state = state, after(world, state, step)
        yield Moment(step, before, state)
