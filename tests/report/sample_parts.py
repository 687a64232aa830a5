"""The parts of the hand-written summary: fans, holders, and classes."""

import math
from datetime import date, timedelta
from statistics import NormalDist
from typing import Any

import numpy as np
from scipy.special import ndtri

from tests.report.sample_ownership import ownership
from tests.report.sample_stories import stories
from valsim.analysis.distributions import Outcome, told
from valsim.core.clusters import ALONE

LEVELS = ("0.05", "0.25", "0.5", "0.75", "0.95")
START = date(2026, 2, 20)
PATHS = 100_000
KEPT = 32_768

SOURCES = {
    "press-2026": {
        "title": "Moonshot Targets $10 Billion Valuation in New Funding Push",
        "file": "001_ab8ee9b33cd9afd2.txt",
        "date": "2026-02-01",
    },
    "series-b": {"title": "Alibaba leads $1B round", "file": "002_7f441a2829374d0e.txt", "date": "2024-02-20"},
    "cnbc-2026-01": {
        "title": "Moonshot raises at $4.8 billion",
        "date": "2026-01-28",
        "url": "https://www.cnbc.com/moonshot",
    },
    "users-2025q3": {"title": "Monthly active users of AI assistants, 2025 Q3", "date": "2025-10-15"},
    "cash-2025-12": {"title": "Founder's letter: cash above RMB 10 billion", "date": "2025-12-31"},
}


def dates() -> list[str]:
    return [(START + timedelta(days=round(91.3125 * step))).isoformat() for step in range(33)]


def lognormal_fan(
    start: float, growth: float, fade: float, volatility: float, opening: float
) -> dict[str, list[float]]:
    fan: dict[str, list[float]] = {level: [] for level in LEVELS}
    for step in range(33):
        years = step / 4
        median = start * math.exp(growth * (1 - math.exp(-fade * years)) / fade)
        width = math.sqrt(opening**2 + volatility**2 * years)
        for level in LEVELS:
            fan[level].append(median * math.exp(width * NormalDist().inv_cdf(float(level))))
    return fan


def series(
    unit: str, start: float, growth: float, fade: float, volatility: float, opening: float = 0.0, label: str = ""
) -> dict[str, Any]:
    fan = lognormal_fan(start, growth, fade, volatility, opening)
    alive = [max(0.24, 1 - 0.004 * step - 0.02 * max(0, step - 3)) for step in range(33)]
    widths = [math.log(fan["0.95"][step] / fan["0.5"][step]) / 1.645 for step in range(33)]
    mean = [fan["0.5"][step] * math.exp(widths[step] ** 2 / 2) for step in range(33)]
    error = [
        mean[step] * math.sqrt(max(0.0, math.exp(widths[step] ** 2) - 1)) / math.sqrt(KEPT * alive[step])
        for step in range(33)
    ]
    fields = {"unit": unit, "dates": dates(), "alive": alive, "mean": mean, "standard_error": error, "quantiles": fan}
    return fields | ({"label": label} if label else {}) | {"kept_paths": KEPT}


def spread(mean: float, error: float, *quantiles: float) -> dict[str, Any]:
    return {"mean": mean, "standard_error": error, "quantiles": dict(zip(LEVELS, quantiles, strict=True))}


def chance(p: float) -> dict[str, float]:
    return {"mean": p, "standard_error": math.sqrt(p * (1 - p) / (PATHS * 0.3821))}


def outcome(holder: str | None, median: float, volatility: float, lost: float) -> dict[str, Any]:
    """The spread of a lognormal outcome of which a part is nothing, path by path at its own quantiles: no number is random."""
    places = (np.arange(4000) + 0.5) / 4000
    above = median * np.exp(volatility * ndtri((np.maximum(places, lost) - lost) / (1 - lost) + 1e-9))
    row = np.where(places < lost, 0.0, above)
    return told(Outcome(holder, *(("proceeds", "USD") if holder is None else ("moic", "multiple")), row, ALONE))


def told_by_path() -> dict[str, Any]:
    """What is told of each path: how outcomes are spread, and two of them as stories."""
    spreads = outcome(None, 6.1e9, 1.1, 0.0), outcome("me", 1.1, 1.2, 0.11), outcome("Alibaba", 0.9, 0.8, 0.05)
    return {
        "distributions": [*spreads],
        "stories": stories(dates()),
        "ownership": ownership([START.isoformat(), *dates()]),
    }


ANY_TIME = {"at_any_time": True}
DEFAULTS = {
    "paid_short_if_funded": chance(0.2631),
    "defaults_if_funded": {"Alibaba": chance(0.2412), "Tencent": chance(0.031)},
}


def holder(
    name: str, invested: float, share: float, moic: float, median: float, loss: float, present: float
) -> dict[str, Any]:
    proceeds = invested * moic
    return {
        "name": name,
        "invested": spread(invested, invested * 4e-4, invested * 0.9, invested, invested, invested, invested),
        "ownership_at_exit": spread(share, share * 3e-4, share * 0.72, share * 0.9, share, share * 1.06, share * 1.12),
        "proceeds": spread(
            proceeds, proceeds * 0.008, 0, proceeds * 0.2, invested * median, proceeds * 1.2, proceeds * 4
        ),
        "before_exit": {"mean": proceeds * 0.03, "standard_error": proceeds * 0.001},
        "from_exit": {"mean": proceeds * 0.6, "standard_error": proceeds * 0.006},
        "realised": {"mean": proceeds * 0.63, "standard_error": proceeds * 0.007},
        "unrealised": {"mean": proceeds * 0.37, "standard_error": proceeds * 0.004},
        "moic": spread(moic, moic * 0.008, 0.0, median * 0.45, median, median * 2.6, median * 7.5),
        "irr": {
            "quantiles": dict(zip(LEVELS, (-1.0, -0.16, median ** (1 / 4.5) - 1, 0.31, 0.72), strict=True)),
            "probability_negative": loss,
            "of_expected_cash_flows": moic ** (1 / 5.2) - 1,
        },
        "probability_of_loss": loss,
        "probability_of_loss_standard_error": math.sqrt(loss * (1 - loss) / PATHS),
        "cost_known": True,
        "present_value": spread(
            present, present * 0.011, 0, present * 0.2, present * 0.62, present * 1.3, present * 3.3
        ),
        "never_invested": 0.0,
        "liquidity_years": {"quantiles": dict(zip(LEVELS, (0.9, 2.4, 4.4, 8.0, 8.0), strict=True))},
        "illiquid": [{"years": float(year), **chance(0.93**year)} for year in range(1, 9)],
        "time_to_liquidity": {
            "quantiles": dict(zip(LEVELS, (0.9, 2.4, 4.4, None, None), strict=True)),
            "never": chance(0.4),
        },
        "cash_by_year": cash_by_year(invested, proceeds * 0.63),
    }


def cash_by_year(invested: float, realised: float) -> list[dict[str, Any]]:
    """All is paid in the first year, and comes back in eight equal parts."""
    found = []
    for year in range(8):
        net, back = realised * (year + 1) / 8 - invested, {"mean": realised / 8, "standard_error": realised * 0.002}
        found.append({
            "year": 2026 + year, "paid": {"mean": 0.0 if year else invested, "standard_error": 0.0}, "received": back,
            "cumulative": {"mean": net, "standard_error": realised * 0.004}, "dpi": (net + invested) / invested if invested else None,
        })  # fmt: skip
    return found


def share_class(
    name: str, shares: float, present: float | None, last: float | None, preference: float, seniority: int | None
) -> dict[str, Any]:
    return {
        "name": name,
        "shares": shares,
        "present_value_per_share": present,
        "standard_error": present * 0.0085 if present else None,
        "last_price": last,
        "liquidation_preference": preference,
        "seniority": seniority,
        "per_share_over_last_price": present / last if present and last else None,
    }


CLASSES = (
    ("common", 620e6, 2.03, None, 0.0, None),
    ("pool", 124e6, None, None, 0.0, None),
    ("series_a", 260e6, 2.12, 0.77, 200e6, 1),
    ("series_b", 400e6, 2.31, 2.50, 1000e6, 2),
    ("series_b_plus", 146e6, 2.38, 2.06, 300e6, 3),
    ("series_c", 204e6, 2.452, 2.452, 500e6, 4),
)


def valued(worth: float, error: float) -> dict[str, Any]:
    """The classes, and what they are worth beside the headline."""
    return {"fair_value": fair_value(worth, error), "classes": [share_class(*fields) for fields in CLASSES]}


def fair_value(worth: float, error: float) -> dict[str, Any]:
    """What the classes are worth beside the headline, every share at the price of the last class."""
    (*_, (last, _, _, price, _, _)), shares = CLASSES, sum(each[1] for each in CLASSES)
    return {
        "measure": "risk_neutral",
        "price": {last: price},
        "post_money_valuation": shares * price,
        "fair_value": worth,
        "standard_error": error,
        "overvaluation": shares * price / worth - 1,
        "overvaluation_standard_error": shares * price / worth**2 * error,
        "common": "common",
        "classes": {
            name: {
                "shares": held,
                "per_share": present,
                "per_share_standard_error": present * 0.0085 if present else None,
                "value": held * present if present else 0.0,
                "standard_error": held * present * 0.0085 if present else 0.0,
                "overvaluation": price / present - 1 if present else None,
                "overvaluation_standard_error": price / present * 0.0085 if present else None,
            }
            for name, held, present, *_ in CLASSES
        },
        "closings": [bought("anchor closing", 3.31, 2.62), bought("milestone closing", 4.4, 4.55)],
    }


def bought(closing: str, price: float, worth: float) -> dict[str, Any]:
    """The price of a share at a closing beside what it is worth."""
    return {
        "round": "follow-on",
        "tranche": closing,
        "price_today": price,
        "per_share": worth,
        "per_share_standard_error": worth * 0.01,
        "overvaluation": price / worth - 1,
        "overvaluation_standard_error": price / worth * 0.01,
    }
