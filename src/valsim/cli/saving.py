"""The options ``--out`` and ``--outcomes``: where the paths of a run are kept, and how to get it again."""

import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from os.path import relpath
from pathlib import Path

import typer

from valsim.analysis.spread import Plain
from valsim.cli.measuring import refused_by
from valsim.cli.request import Request
from valsim.parquet import pyarrow
from valsim.result import Result
from valsim.saved.place import old_files
from valsim.saved.save import Draft, saved_to
from valsim.scenario.text.document import Document

OUT, OUTCOMES = "--out", "--outcomes"


def check_kept(asked: Request, read: tuple[str, ...], files: dict[str, Path]) -> None:
    """Refuse, before anything is played, what could not be kept; ``read`` are the files of the scenario, ``files`` those to write.

    Raises:
        typer.BadParameter: with the option and what is wrong with it.
    """
    if asked.replace and asked.out is None:
        raise typer.BadParameter(
            "it says what becomes of the folder of --out, which is not asked for", param_hint="--replace"
        )
    for option in (OUT, OUTCOMES):
        if option in files:
            with refused_by(option):
                pyarrow()
    if asked.out is None:
        return
    if asked.outcomes is not None:
        raise typer.BadParameter(f"the folder of {OUT} holds the paths already", param_hint=OUTCOMES)
    with refused_by(OUT):
        old_files(asked.out, replace=asked.replace)
    within = {path: f"the file of {option}" for option, path in files.items() if option != OUT}
    within |= dict.fromkeys(map(Path, read), "of the scenario")
    for path, what in within.items():
        if asked.out.resolve() in path.resolve().parents:
            raise typer.BadParameter(f"cannot write {asked.out}: in it is {path}, {what}", param_hint=OUT)


@contextmanager
def kept(asked: Request) -> Iterator[tuple[Path | None, Draft | None]]:
    """Give where what each path comes to is to be written, and the draft of the folder of a run; none that was not asked for."""
    if asked.out is None:
        yield asked.outcomes, None
        return
    with saved_to(asked.out, replace=asked.replace) as draft:
        yield draft.paths, draft


def again(asked: Request, document: Document, result: Result) -> Plain:
    """Say how to get a result again: the command, the versions, and the files of the scenario by their names as seen from it."""
    command = ["valsim", "run", asked.scenario.name]
    command += ["--variant", asked.variant] if asked.variant else []
    command += [part for file in asked.with_ for part in ("--with", relpath(file, asked.scenario.parent))]
    command += [part for override in asked.overrides for part in ("--set", override)]
    command += ["--sampler", asked.sampler] if asked.sampler else []
    command += ["--paths", str(result.manifest.paths), "--seed", str(result.manifest.seed)]
    versions = {"valsim": result.manifest.valsim, **result.manifest.versions}
    texts = {**document.files, **{str(file): file.read_text(encoding="utf-8") for file in asked.with_}}
    files = {relpath(name, asked.scenario.parent): text for name, text in texts.items()}
    return {"command": shlex.join(command), "versions": versions, "files": files}
