"""Plays one random scenario by its number."""

import random
import warnings

from tests.driver_scenarios.changes import FILE, changed
from tests.driver_scenarios.judge import judged
from valsim.core.errors import ScenarioError, SimulationError
from valsim.scenario.load import parse_document, scenario_of


def played(number: int, paths: int) -> tuple[str, list[str]]:
    """Say what became of a random scenario (fine, refused, stopped or wrong), and list why."""
    changes = changed(random.Random(number))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            found = judged(scenario_of(parse_document(FILE.read_text("utf-8"), str(FILE), changes)), paths)
        except ScenarioError as error:
            return "refused", [problem.sentence for problem in error.problems]
        except SimulationError as error:
            return "stopped", [str(error)]
    return ("wrong", [*dict.fromkeys(found), " --set ".join(changes)]) if found else ("fine", [])
