"""How the SAFEs and notes of the opening cap table end."""

from collections.abc import Iterator

import numpy as np

from valsim.analysis.spread import Plain, chance, spread
from valsim.captable.financing.outcome import CONVERTED
from valsim.captable.financing.tranche import Tranche
from valsim.core.clusters import Clusters
from valsim.core.rows import Bools
from valsim.result import Result


def convertibles(result: Result) -> list[Plain]:
    """Give each SAFE and note with the chances of its ends, which add up to 1, and what it is paid where an exit is its end."""
    return [_convertible(result, name) for name in result.scenario.captable.convertibles]


def _convertible(result: Result, name: str) -> Plain:
    held, shares, paid = (result.outcomes["convertible", name, what] for what in ("held", "takes shares", "paid"))
    held, takes, of = held > 0, shares > 0, result.clusters
    in_money = held & ~takes & (paid > 0)
    converted = [(tranche, where & ~held) for tranche, where in _converted(result, name) if np.any(where & ~held)]
    repaid = ~np.any([held, *(where for _, where in converted)], axis=0)
    return {
        "name": name,
        "kind": result.scenario.captable.classes[name].kind,  # type: ignore[attr-defined]
        "converted": [{"round": t.round, "tranche": t.name, **_chance(where, of)} for t, where in converted],
        "repaid": _chance(repaid, of),
        "shares_at_exit": _chance(held & takes, of) | {"paid": spread(paid[held & takes], of[held & takes])},
        "money_at_exit": _chance(in_money, of) | {"paid": spread(paid[in_money], of[in_money])},
        "nothing_at_exit": _chance(held & ~takes & (paid <= 0), of),
    }


def _converted(result: Result, name: str) -> Iterator[tuple[Tranche, Bools]]:
    for tranche in result.scenario.tranches:
        yield tranche, result.outcomes["event", *tranche.key, CONVERTED, name] > 0


def _chance(where: Bools, clusters: Clusters) -> Plain:
    found = chance(where, clusters)
    return {"probability": found["mean"], "standard_error": found["standard_error"]}
