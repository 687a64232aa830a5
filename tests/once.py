"""What takes long to make is made once in a run of the tests, by whichever of its processes needs it first."""

import hashlib
import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

from valsim.result import Anchor
from valsim.run import Run, Team
from valsim.scenario.dump import dump

FOLDER = "VALSIM_TESTS_FOLDER"
"""Names the folder of the run; outside one nothing is kept."""


def once(key: tuple[Any, ...], make: Callable[[], Any]) -> Any:
    """What a test or a process before has made under this key, or what is made now."""
    folder = os.environ.get(FOLDER)
    if folder is None:
        return make()
    kept = Path(folder) / hashlib.sha256(repr(key).encode()).hexdigest()
    if not kept.exists():
        draft = kept.with_suffix(f".{os.getpid()}")
        draft.write_bytes(pickle.dumps(make()))
        draft.replace(kept)  # whole or not at all, as another process may look for it
    return pickle.loads(kept.read_bytes())


def solved_once(solve: Callable[[Run, Team], Anchor]) -> Callable[[Run, Team], Anchor]:
    """Solve an anchor unless one of the same scenario, seed and sampler has been solved."""

    def anchored(run: Run, team: Team) -> Anchor:
        if run.anchor is not None:
            return run.anchor
        job = run.jobs["worth"]
        key = ("anchor", dump(job.scenario), job.seed, type(job.sampler).__name__)
        return once(key, lambda: solve(run, team))

    return anchored
