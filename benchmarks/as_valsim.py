"""The models of the rivals as valsim plays them: as it comes, and with no more than what the rivals work out."""

from dataclasses import replace

from benchmarks.documents import document
from benchmarks.rivals.classes import Told, told
from valsim.execution.chunks import Copy
from valsim.gather import gathered
from valsim.outcome.settled import Settled
from valsim.result import Columns
from valsim.run import NO_HISTORY, Job
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
    job = Job(run.scenario, run.seed, (real_world,), ((received,),), NO_HISTORY)
    run = replace(run, jobs={"alone": job})
    with gathered(run, lambda _paths: None) as team:
        (table,) = run.copied(team, "alone", paths, (Copy(),))
    return told(*(table["holder", holder, "proceeds"] for holder in HOLDERS))


def received(settled: Settled) -> Columns:
    """Give what the holders of each class receive at the end."""
    return settled.columns({("holder", name, "proceeds"): settled.money_of(name).at_exit for name in HOLDERS})
