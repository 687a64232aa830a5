"""The main figures of every case of a scenario side by side, and what they come to by the weights of the cases.

The cases are played with the same random numbers, so path ``i`` of one belongs to path ``i`` of the others.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from valsim.analysis.exits import ended_by
from valsim.analysis.health import anchored_by, present_value
from valsim.analysis.spread import Plain, ratio_of_means
from valsim.analysis.tranches import funded
from valsim.core.clusters import Clusters, coarsest
from valsim.core.rows import Bools, Row
from valsim.outcome.loss import lost
from valsim.result import Manifest, Result
from valsim.scenario.compose.variant import BASE, weights
from valsim.scenario.model import Scenario

ONE = np.ones(1)


@dataclass(frozen=True)
class Figure:
    """A figure of one case: ``E[above] / E[below]``, each of shape ``(paths,)``, or ``below`` one for a plain mean."""

    unit: Literal["money", "chance", "multiple"]
    measure: Literal["risk-neutral", "real-world"]
    above: Row
    below: Row = field(default_factory=lambda: ONE)


@dataclass(frozen=True)
class Case:
    """What is kept of a case that was played; without weights its weight is none."""

    weight: float | None
    anchor: str
    manifest: Manifest
    figures: Mapping[str, Figure]


def compare(scenarios: Mapping[str, Scenario], play: Callable[[str], Result]) -> Plain:
    """Play the cases of a scenario by name, ``base`` among them, and give their main figures side by side.

    Where the cases have weights, one whose weight is 0 is not played, and each figure is given for the mix of them too: as if
    first the case was drawn, and then the path.
    """
    shares = weights(scenarios[BASE].variants)
    cases = {name: _case(play(name), share) for name, share in shares.items() if share != 0}
    base = scenarios[BASE]
    return {
        "valsim": next(iter(cases.values())).manifest.valsim,
        "scenario": {"name": base.name, "as_of": base.as_of.isoformat(), "currency": base.currency},
        "run": _run([case.manifest for case in cases.values()]),
        "cases": [_told(name, case) for name, case in cases.items()],
        "figures": [_row(label, cases) for label in dict.fromkeys(f for case in cases.values() for f in case.figures)],
    }


def _case(result: Result, weight: float | None) -> Case:
    return Case(weight, anchored_by(result.scenario), result.manifest, dict(_figures(result)))


def _run(manifests: Sequence[Manifest]) -> Plain:
    first = manifests[0]
    shared = {"paths": first.paths, "seed": first.seed, "sampler": first.sampler, "threads": first.threads}
    return {**shared, "seconds": sum(manifest.seconds for manifest in manifests)}


def _figures(result: Result) -> Iterator[tuple[str, Figure]]:
    yield "all shares, present value", Figure("money", "risk-neutral", present_value(result))
    for tranche in (tranche for tranche in result.scenario.tranches if not tranche.repeats):
        yield f"{tranche.round}, {tranche.name}: funded", _chance(funded(result, tranche))
    for name in result.scenario.positions:
        yield from _holder(result, name)
    for name, where in ended_by(result).items():
        yield f"ends: {name}", _chance(where)


def _holder(result: Result, name: str) -> Iterator[tuple[str, Figure]]:
    invested, proceeds = (result.outcomes["holder", name, what] for what in ("invested", "proceeds"))
    put_in = invested > 0
    yield f"{name}: present value", Figure("money", "risk-neutral", result.valued["holder", name, "present value"])
    yield f"{name}: MOIC", Figure("multiple", "real-world", np.where(put_in, proceeds, 0.0), invested)
    yield f"{name}: chance of loss", _chance(lost(invested, proceeds), put_in)


def _chance(where: Bools, among: Bools | None = None) -> Figure:
    below = ONE if among is None else among.astype(float)
    return Figure("chance", "real-world", where.astype(float), below)


def _told(name: str, case: Case) -> Plain:
    manifest = case.manifest
    anchor = {"anchor_scale": manifest.anchor_scale, "anchor_standard_error": manifest.anchor_standard_error}
    return {"name": name, "weight": case.weight, "input_hash": manifest.input_hash, "anchor": case.anchor, **anchor}


def _row(label: str, cases: Mapping[str, Case]) -> Plain:
    found = {name: case.figures[label] for name, case in cases.items() if label in case.figures}
    first = next(iter(found.values()))
    estimates = {
        name: ratio_of_means(figure.above, figure.below, cases[name].manifest.clusters)
        for name, figure in found.items()
    }
    weights = [case.weight for case in cases.values() if case.weight is not None]
    mixed = len(found) == len(weights) == len(cases)
    together = coarsest(case.manifest.clusters for case in cases.values())
    weighted = _mixed([*found.values()], weights, together) if mixed else None
    return {"label": label, "unit": first.unit, "measure": first.measure, "cases": estimates, "weighted": weighted}


def _mixed(figures: Sequence[Figure], weights: Sequence[float], clusters: Clusters) -> Plain:
    """Give a figure of the mix: ``sum w E[above] / sum w E[below]``; path by path, so its error knows that they are paired."""
    above = sum((w * figure.above for w, figure in zip(weights, figures, strict=True)), np.zeros(1))
    below = sum((w * figure.below for w, figure in zip(weights, figures, strict=True)), np.zeros(1))
    return ratio_of_means(above, below, clusters)
