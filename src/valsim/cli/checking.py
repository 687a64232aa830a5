"""The command ``check``: every problem of a document at once, or what it says."""

from pathlib import Path

from valsim.scenario.load import load


def check_scenario(path: Path, overrides: tuple[str, ...], quiet: bool) -> None:
    """Load a scenario, which raises its problems, and say in a line what it holds."""
    scenario = load(path, overrides)
    if not quiet:
        held = {"driver": scenario.drivers, "tranche": scenario.tranches, "step": scenario.steps}
        counts = ", ".join(f"{len(each)} {word}{'' if len(each) == 1 else 's'}" for word, each in held.items())
        print(f"{path}: {scenario.name}: no problems ({counts})")
