"""The commands ``schema`` and ``explain``: what a scenario may say, for editors and for people."""

import shutil
import sys
from pathlib import Path

import typer

from valsim.cli.target import check_targets
from valsim.manual.explain import explained, listed
from valsim.manual.lookup import look_up, nearest
from valsim.manual.schema import scenario_schema_text
from valsim.report.files import write_whole


def write_schema(what: str, out: Path | None) -> None:
    """Print the schema of a kind of file, or write it to a file."""
    text = scenario_schema_text(what)
    if out is None:
        sys.stdout.write(text)
        return
    check_targets({"--out": out})
    write_whole(out, text)
    print(f"{out}: name it in the first line of a {what}: # yaml-language-server: $schema={out.name}")


def explain_key(key: str) -> None:
    """Print what a key, a kind or a path means.

    Raises:
        typer.BadParameter: for a word that the manual does not know, with the nearest ones that it does.
    """
    found = look_up(key)
    if not found:
        near = " or ".join(map(repr, nearest(key)))
        advice = f"did you mean {near}?" if near else "valsim explain, without a word, lists what there is"
        raise typer.BadParameter(f"nothing is called {key!r}: {advice}", param_hint="KEY")
    print(explained(found, shutil.get_terminal_size().columns))


def list_words() -> None:
    """Print the words that can be asked for."""
    print(listed(shutil.get_terminal_size().columns))
