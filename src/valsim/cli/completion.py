"""What a shell completes besides commands and options: the scenarios of a folder, and the variants of one."""

import os
from pathlib import Path


def scenario_files(incomplete: str) -> list[str]:
    """Give the YAML files that begin so; of none, the shell completes folders and all other files by itself."""
    folder, begun = incomplete.rpartition("/")[::2]
    found = Path(f"{folder}/" if "/" in incomplete else ".").glob("*.y*ml")
    before = incomplete[: len(incomplete) - len(begun)]
    return sorted(f"{before}{file.name}" for file in found if file.name.startswith(begun))


def variants(incomplete: str) -> list[str]:
    """Give the cases that begin so, of the scenario among the words typed so far; none where it cannot be read.

    Of a scenario that extends another one, those that it states itself: to read both would take longer than one waits.
    """
    typed = os.environ.get("COMP_WORDS") or os.environ.get("_TYPER_COMPLETE_ARGS", "")
    scenario = next((Path(word) for word in typed.split() if word.endswith((".yaml", ".yml"))), None)
    if scenario is None:
        return []
    from valsim.scenario.text.reading import parsed, read_text
    from valsim.scenario.text.syntax import UnreadableError

    try:
        written = parsed(read_text(scenario, str(scenario), 0), 0).data.get("variants")
    except (OSError, UnreadableError):
        return []
    names = written if isinstance(written, dict) else ()
    return [name for name in (BASE, *names, ALL) if name.startswith(incomplete)]


BASE, ALL = "base", "all"
