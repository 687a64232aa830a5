"""The command ``check``: every problem of a document at once, or what it says."""

from pathlib import Path

from valsim.scenario.load import load


def check_scenario(path: Path, overrides: tuple[str, ...], quiet: bool) -> None:
    """Load a scenario, which raises its problems, and say in a line what it holds."""
    scenario = load(path, overrides)
    if not quiet:
        counts = f"{len(scenario.drivers)} drivers, {len(scenario.tranches)} tranches, {len(scenario.steps)} steps"
        print(f"{path}: {scenario.name}: no problems ({counts})")
