"""The command ``check``: every problem of a document at once, or what it says."""

from dataclasses import dataclass
from pathlib import Path

from valsim.core.errors import ScenarioError
from valsim.report.problems import tell
from valsim.scenario.check import warnings
from valsim.scenario.load import read_document, scenario_of
from valsim.scenario.model import Scenario
from valsim.scenario.report_problems import counted, report


@dataclass(frozen=True)
class Check:
    """What was asked for on the command line."""

    scenario: Path
    overrides: tuple[str, ...]
    form: str
    strict: bool
    quiet: bool


def check_scenario(asked: Check) -> None:
    """Load a scenario, which raises its problems, tell its warnings, and say in a line what it holds."""
    document = read_document(asked.scenario, asked.overrides)
    scenario = scenario_of(document)
    found = warnings(scenario)
    told = report(found, document)
    if found and asked.strict:
        raise ScenarioError(found, told)
    if asked.form != "text" or (found and not asked.quiet):
        tell(told, asked.form)
    if asked.form == "text" and not asked.quiet:
        print(f"{asked.scenario}: {scenario.name}: {counted(found) or 'no problems'} ({_held(scenario)})")


def _held(scenario: Scenario) -> str:
    held = {"driver": scenario.drivers, "tranche": scenario.tranches, "step": scenario.steps}
    return ", ".join(f"{len(each)} {word}{'' if len(each) == 1 else 's'}" for word, each in held.items())
