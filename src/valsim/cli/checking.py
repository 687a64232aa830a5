"""The command ``check``: every problem of a document at once, or what it says."""

from dataclasses import dataclass
from pathlib import Path

from valsim.core.errors import ScenarioError
from valsim.report.problems import tell
from valsim.scenario.cases import case_names, checked
from valsim.scenario.compose.variant import ALL
from valsim.scenario.load import read_file
from valsim.scenario.model import Scenario
from valsim.scenario.report_problems import counted


@dataclass(frozen=True)
class Check:
    """What was asked for on the command line."""

    scenario: Path
    overrides: tuple[str, ...]
    variant: str
    form: str
    strict: bool
    quiet: bool


def check_scenario(asked: Check) -> None:
    """Check every case of a scenario, or the one asked for; tell its warnings, and say in a line what it holds."""
    document = read_file(asked.scenario)
    names = case_names(document) if asked.variant in {"", ALL} else (asked.variant,)
    found_in = checked(document, asked.overrides, names)
    scenario, told = found_in.scenarios[names[0]], found_in.warnings
    found = tuple(placed.problem for placed in told.placed)
    if found and asked.strict:
        raise ScenarioError(found, told)
    if asked.form != "text" or (found and not asked.quiet):
        tell(told, asked.form)
    if asked.form == "text" and not asked.quiet:
        print(f"{asked.scenario}: {scenario.name}: {counted(found) or 'no problems'} ({_held(scenario)})")


def _held(scenario: Scenario) -> str:
    held = {"driver": scenario.drivers, "tranche": scenario.tranches, "step": scenario.steps}
    held |= {"variant": scenario.variants} if scenario.variants else {}
    return ", ".join(f"{len(each)} {word}{'' if len(each) == 1 else 's'}" for word, each in held.items())
