"""The command ``schema``: what a scenario may say, for editors."""

import sys
from pathlib import Path

from valsim.cli.target import check_targets
from valsim.manual.schema import scenario_schema_text
from valsim.report.files import write_whole


def write_schema(out: Path | None) -> None:
    """Print the schema, or write it to a file."""
    if out is None:
        sys.stdout.write(scenario_schema_text())
        return
    check_targets({"--out": out})
    write_whole(out, scenario_schema_text())
    print(f"{out}: name it in the first line of a scenario: # yaml-language-server: $schema={out.name}")
