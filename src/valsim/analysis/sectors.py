"""The market: where each sector opens, and what the comparables that say so were worth."""

from typing import Any

import numpy as np

from valsim.analysis.spread import Plain, number, tidy
from valsim.core.parameter import Parameter, at_medians
from valsim.result import Result
from valsim.value.comparable import NUMBERS, Comparable
from valsim.value.sector import Sector


def sectors(result: Result) -> list[Plain]:
    """Give each sector: its basis, its premiums and its opening level, with every comparable as stated and restated."""
    scenario = result.scenario
    return [_sector(name, sector, scenario.valuation.sector) for name, sector in scenario.sectors.items()]


def _sector(name: str, sector: Sector, followed: str) -> Plain:
    calm = at_medians(sector)
    level = getattr(sector.multiple, sector.multiple.level_field)
    return {
        "name": name,
        "followed": name == followed,
        "multiple_of": sector.multiple_of,
        "premiums": {each: _numbers(premium) for each, premium in calm.premiums.items()},
        "opening": {
            "spread": sector.opening,
            **{key: number(level.at(np.asarray(u))) for key, u in (("p10", 0.1), ("median", 0.5), ("p90", 0.9))},
        },
        "comparables": [
            _comparable(each, sector, float(np.exp(log)))
            for each, log in zip(sector.comparables, calm.logs(), strict=True)
        ],
    }


def _numbers(premium: Any) -> Plain:
    return tidy({name: None if value is None else float(value) for name, value in premium})


def _comparable(name: str, sector: Sector, restated: float) -> Plain:
    stated: Comparable = sector.comparables[name]
    calm = at_medians(stated)
    cited = [getattr(stated, each) for each in NUMBERS]
    sources = dict.fromkeys(key for each in cited if isinstance(each, Parameter) for key in each.sources)
    return {
        "name": name,
        "at": stated.at.isoformat(),
        "multiple": float(calm.stated),
        "multiple_of": stated.multiple_of,
        "growth": float(calm.growth),
        "margin": None if calm.margin is None else float(calm.margin),
        "on_the_basis": float(calm.on(sector.multiple_of)),
        "restated": restated,
        "source": ", ".join(sources) or "assumption",
    }
