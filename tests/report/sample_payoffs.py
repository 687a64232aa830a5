"""What the hand-written summary pays by exit value: a waterfall in closed form the lines through it, and the ends."""

import math
from collections.abc import Callable
from typing import Any

from tests.report.sample_parts import CLASSES, LEVELS, PATHS, chance, spread


def waterfall(value: float) -> dict[str, float]:
    """Non-participating preferred by seniority, each class converting once its share is worth more than its preference."""
    claims = [(name, shares, preference) for name, shares, _, _, preference, _ in CLASSES if name != "pool"]
    order = sorted((claim for claim in claims if claim[2]), key=lambda claim: claim[2] / claim[1])
    converted = [claim for claim in claims if not claim[2]]
    staying = list(order)
    for claim in order:
        rest = value - sum(other[2] for other in staying if other is not claim)
        if rest / (sum(other[1] for other in converted) + claim[1]) > claim[2] / claim[1]:
            converted.append(claim)
            staying.remove(claim)
    payout, left = {name: 0.0 for name, *_ in claims}, value
    for name, _, preference in reversed([claim for claim in claims if claim in staying]):
        payout[name] = min(left, preference)
        left -= payout[name]
    for name, shares, _ in converted:
        payout[name] = left * shares / sum(other[1] for other in converted)
    return payout


BREAKPOINTS = [0.5e9, 0.8e9, 1.8e9, 2.0e9, 2.478e9, 3.608e9, 4.015e9, 4.075e9]


def payoffs() -> dict[str, Any]:
    values = [10 ** (7.5 + 0.05 * step) for step in range(72)]
    classes = [name for name, *_ in CLASSES if name != "pool"]

    def by_holder(payout: dict[str, float]) -> dict[str, float]:
        return {
            "Founders and staff": payout["common"],
            "Alibaba": 0.8 * payout["series_b"],
            "Tencent": payout["series_b_plus"] + 0.2 * payout["series_c"],
            "me": 0.05 * payout["series_b"],
        }

    paid = [waterfall(value) for value in values]
    held = [by_holder(payout) for payout in paid]
    costs = {name: shares * price if price else None for name, shares, _, price, *_ in CLASSES if name != "pool"}
    lines = lines_of(lambda value: waterfall(value) | by_holder(waterfall(value)))
    nothing = {"levels": [0.0] * len(lines["starts"]), "slopes": [0.0] * len(lines["starts"])}
    return {
        "exit_values": values,
        "classes": {name: [payout[name] for payout in paid] for name in classes},
        "holders": {name: [payout[name] for payout in held] for name in held[0]},
        "breakpoints": BREAKPOINTS,
        "shares": {name: shares for name, shares, *_ in CLASSES if name != "pool"},
        "paid_in": {
            "classes": costs,
            "holders": {"Founders and staff": None, "Alibaba": 4.8e8, "Tencent": 9e8, "me": 3e7},
        },
        "lines": {
            "starts": lines["starts"],
            "transaction_costs": nothing,
            "debt": nothing,
            "carve_out": nothing,
            "classes": {name: lines[name] for name in classes},
            "holders": {name: lines[name] for name in held[0]},
        },
    }


def lines_of(paid: Callable[[float], dict[str, float]]) -> dict[str, Any]:
    """The lines through what is paid at two places between each two breakpoints."""
    starts = [0.0, *BREAKPOINTS]
    ends = [*BREAKPOINTS, 1e11]
    found: dict[str, Any] = {"starts": starts}
    for name in paid(1.0):
        levels, slopes = [], []
        for start, end in zip(starts, ends, strict=True):
            one, two = (start + part * (end - start) for part in (0.25, 0.75))
            slope = (paid(two)[name] - paid(one)[name]) / (two - one)
            slopes.append(float(f"{slope:.13g}"))
            levels.append(float(f"{paid(one)[name] - slope * (one - start):.13g}"))
        found[name] = {"levels": levels, "slopes": slopes}
    return found


def exit_kind(kind: str, p: float) -> dict[str, Any]:
    """A tenth of what is left less each year; companies that are still private have no year."""
    ends = kind != "still_private"
    parts = [0.9**year for year in range(8)]
    return {
        "exit": kind,
        "chance": chance(p),
        "by_year": [{"year": 2026 + place, **chance(p * part / sum(parts))} for place, part in enumerate(parts)]
        if ends
        else [],
        "years": {"quantiles": dict(zip(LEVELS, (0.4, 1.6, 3.2, 5.1, 7.4), strict=True))} if ends else None,
        "proceeds": spread(7e9 * p, 9e7, 1e8, 1e9, 3e9, 8e9, 3e10),
        "paid_to": {"Alibaba": 0.332, "Founders and staff": 0.287, "Tencent": 0.098, "me": 0.02},
    }


def ends(chances: dict[str, float]) -> dict[str, Any]:
    """How paths end, and what each way to end gives."""
    return {
        "exits": dict(chances),
        "exit_standard_errors": {kind: math.sqrt(p * (1 - p) / PATHS) for kind, p in chances.items()},
        "exit_kinds": [exit_kind(kind, p) for kind, p in chances.items()],
    }
