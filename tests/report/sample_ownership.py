"""Who owns a company by date, by hand: four owners, with a straight way between their stages."""

from typing import Any

import numpy as np

LEVELS = ("0.05", "0.25", "0.5", "0.75", "0.95")


def ownership(dates: list[str]) -> dict[str, Any]:
    """A company of three owners and a pool: the parts at the opening, after a year and at the end, with a straight way between them."""
    names = {"me": "position", "Alibaba": "today", "other follow-on investors": "later", "unissued pool": "pool"}
    ways = ((0.0, 0.04, 0.03), (0.9, 0.72, 0.55), (0.0, 0.14, 0.34), (0.1, 0.1, 0.08))
    groups = [owner(name, kind, way) for (name, kind), way in zip(names.items(), ways, strict=True)]
    causes = {
        "new_shares": [{"round": "follow-on", **part(0.15)}],
        "between_closings": part(0.0),
        "new_shares_of_listings": part(0.0),
    }
    causes |= {"set_off_by_closings": part(0.07) | {"what": ["pool increases"]}, "total": part(0.22)}
    left = {"left": part(0.78) | {"quantiles": dict(zip(LEVELS, (0.4, 0.7, 0.8, 0.88, 0.93), strict=True))}}
    return {
        "measure": "real-world",
        "noted_paths": 8_192,
        "dates": dates,
        "alive": [1 - 0.02 * step for step in range(34)],
        "groups": groups,
        "dilution": causes | left,
    }


def owner(name: str, kind: str, way: tuple[float, float, float]) -> dict[str, Any]:
    row = np.interp(np.arange(34), (0, 4, 33), way).tolist()
    after = {"round": "follow-on", "tranche": "anchor closing", "paths": 7362}
    return {
        "name": name,
        "kind": kind,
        "holders": [name],
        "mean": row,
        "standard_error": [0.001 * part for part in row],
        "quantiles": {level: [part * (0.5 + float(level)) for part in row] for level in LEVELS},
        "opening": way[0],
        "after": [after | {"quantiles": dict.fromkeys(LEVELS, way[1])}],
        "at_exit": {"mean": way[2], "standard_error": 0.001},
    }


def part(mean: float) -> dict[str, float]:
    return {"mean": mean, "standard_error": 0.01 * mean}
