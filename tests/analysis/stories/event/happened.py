"""What is told of paths of small companies."""

from typing import Any

import numpy as np

import valsim
from valsim.analysis.stories.event import EVENTS, Telling
from valsim.analysis.stories.replay import replay
from valsim.scenario.model import Scenario


def happened(scenario: Scenario, *kinds: Telling, path: int = 0, paths: int = 64) -> list[dict[str, Any]]:
    """Give what happens on one path, of some kinds or of all, each with its date."""
    played = replay(valsim.simulate(scenario, paths=paths, threads=1, kept=0), np.array([path]))
    return [
        {"at": moment.step.date.isoformat(), **event}
        for moment in played.moments
        for tell in kinds or EVENTS
        for _, event in tell(played.world, moment)
    ]
