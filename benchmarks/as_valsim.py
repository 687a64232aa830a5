"""The models of the rivals as valsim plays them: as it comes, and with no more than what the rivals work out."""

import os
import sys
from contextlib import redirect_stdout
from dataclasses import replace
from pathlib import Path

from benchmarks.documents import document
from benchmarks.rivals.classes import Told, told
from valsim.__main__ import main
from valsim.execution.chunks import Copy
from valsim.gather import gathered
from valsim.outcome.settled import Settled
from valsim.result import Anchor, Columns
from valsim.run import NO_HISTORY
from valsim.simulate import prepared, simulate
from valsim.value.measure import real_world

HOLDERS = ("Founder", "Fund", "Newcomer")
"""Who holds all of each class, in the order in which the rivals tell them."""


def as_it_comes(name: str, paths: int, seed: int, threads: int) -> Told:
    """Play both measures, and keep all that a result holds."""
    outcomes = simulate(document(name), paths=paths, seed=seed, threads=threads).outcomes
    return told(*(outcomes["holder", holder, "proceeds"] for holder in HOLDERS))


def as_little(name: str, paths: int, seed: int, threads: int) -> Told:
    """Play real-world probabilities alone, and keep what each class gets."""
    run = prepared(document(name), paths=paths, seed=seed, threads=threads)
    job = run.jobs["both"]._replace(measures=(real_world,), settles=((received,),), history=NO_HISTORY)
    run = replace(run, jobs={"alone": job})
    with gathered(run, lambda _paths: None) as team:
        (table,) = run.copied(team, "alone", paths, (Copy(),))
    return told(*(table["holder", holder, "proceeds"] for holder in HOLDERS))


def received(settled: Settled) -> Columns:
    """Give what the holders of each class receive at the end."""
    return settled.columns({("holder", name, "proceeds"): settled.money_of(name).at_exit for name in HOLDERS})


def kept(name: str, paths: int, known: tuple[float, float] | None) -> int:
    """Simulate and hold the result; give the bytes of the outcomes of a path."""
    result = simulate(document(name), paths=paths, anchor=None if known is None else Anchor(*known))
    tables = (result.outcomes, result.valued)
    return sum(table[key].dtype.itemsize for table in tables for key in table)


def command(*arguments: str) -> None:
    """Call the command line, and let it print nowhere. Raises ``RuntimeError`` where it does not succeed."""
    sys.argv[1:] = list(arguments)
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):
        try:
            main()
        except SystemExit as left:
            if left.code:
                raise RuntimeError(f"valsim {' '.join(arguments)} left with {left.code}") from None
