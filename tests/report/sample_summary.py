"""A hand-written summary in the shape of the JSON contract, with numbers that are plausible for Moonshot AI.

Fans are closed forms of a growing lognormal, so nothing here is random and a figure can be checked against it.
"""

from typing import Any

from tests.report.sample_parts import (
    ANY_TIME,
    DEFAULTS,
    LEVELS,
    PATHS,
    SOURCES,
    holder,
    series,
    spread,
    told_by_path,
    valued,
)
from tests.report.sample_payoffs import ends, payoffs


def tranches() -> list[dict[str, Any]]:
    anchor = {
        "round": "follow-on",
        "tranche": "anchor closing",
        "probability_funded": 0.9003,
        "standard_error": 0.00095,
        "not_funded_because": {"the deal failed before closing": 0.0997},
        "new_money": 700e6,
        "post_money_valuation": {"quantiles": dict(zip(LEVELS, (5.06e9, 6.1e9, 7.41e9, 8.7e9, 9.74e9), strict=True))},
        "milestones": {},
        "dilution": {"quantiles": dict(zip(LEVELS, (0.072, 0.0805, 0.0945, 0.115, 0.138), strict=True))},
        "window": ["2026-02-20", "2026-02-20"],
    }
    milestone = {
        "round": "follow-on",
        "tranche": "milestone closing",
        "probability_funded": 0.3821,
        "standard_error": 0.00154,
        "not_funded_because": {
            "missed enterprise_arr >= 150M USD/year": 0.2713,
            "missed benchmark_audit": 0.1394,
            "the closing before it was not funded": 0.0997,
            "missed enterprise_arr >= 150M USD/year; benchmark_audit": 0.0411,
            "missed cost_per_inference <= 60% of cost_per_inference.start": 0.03,
            "every investor defaulted": 0.0201,
            "the company had ended before": 0.0163,
        },
        "new_money": 500e6,
        "post_money_valuation": {"quantiles": dict(zip(LEVELS, (5.6e9, 6.7e9, 8.02e9, 9.3e9, 10.3e9), strict=True))},
        "milestones": {
            "enterprise_arr >= 150M USD/year": 0.571,
            "benchmark_audit": 0.7003,
            "cost_per_inference <= 60% of cost_per_inference.start": 0.812,
        },
        "dilution": {"quantiles": dict(zip(LEVELS, (0.0485, 0.0538, 0.0623, 0.0746, 0.0893), strict=True))},
        "window": ["2026-06-30", "2027-03-31"],
    }
    bridge = {
        "round": "bridge 1",
        "tranche": "bridge closing",
        "probability_funded": 0.2187,
        "standard_error": 0.00131,
        "milestones": {"runway < 9 months": 0.26},
        "not_funded_because": {"missed runway < 9 months": 0.7411, "no price satisfies the terms": 0.0402},
        "new_money": {
            "mean": 612e6,
            "standard_error": 2.1e6,
            "quantiles": dict(zip(LEVELS, (180e6, 350e6, 540e6, 790e6, 1.4e9), strict=True)),
        },
        "post_money_valuation": {"quantiles": dict(zip(LEVELS, (0.9e9, 1.9e9, 3.1e9, 5.2e9, 11.4e9), strict=True))},
        "dilution": {"quantiles": dict(zip(LEVELS, (0.03, 0.09, 0.16, 0.26, 0.45), strict=True))},
        "window": ["2026-02-20", "2034-02-20"],
    }
    second = {
        "round": "bridge 2",
        "probability_funded": 0.0402,
        "not_funded_because": {"the closing before it was not funded": 0.7813, "missed runway < 9 months": 0.1785},
    }
    return [anchor, milestone | DEFAULTS, bridge | ANY_TIME, bridge | ANY_TIME | second]


def assumptions() -> list[dict[str, Any]]:
    price = {
        "path": "rounds[0].closings[0].post_money_valuation",
        "value": {"family": "uniform", "low": 4.8e9, "high": 10e9},
        "given": "uniform from 4.8B USD to 10B USD",
        "source": "press-2026",
        "conflict": [
            {"value": "4.8B USD", "source": "cnbc-2026-01", "weight": 0.5},
            {"value": "10B USD", "source": "press-2026", "weight": 0.5},
        ],
    }
    sourced = [
        ("company.cash", 1.4e9, "1.4B USD", "cash-2025-12", "RMB 10 billion at 7.14 a dollar"),
        ("drivers.users.start", 9.9e6, "9.9M", "users-2025q3", ""),
        ("captable.classes.series_b.original_issue_price", 2.5, "2.5 USD", "series-b", ""),
        ("captable.classes.series_c.post_money_valuation", 4.3e9, "4.3B USD", "press-2026, cnbc-2026-01", ""),
        ("rounds[0].closings[0].new_money", 7e8, "700M USD", "press-2026", "commitments exceed $700M"),
    ]
    assumed = [
        ("drivers.users.growth", None, "lognormal, p10 10%, p90 90%", ""),
        ("drivers.enterprise_arr.start", None, "lognormal, p10 30M USD/year, p90 90M USD/year", ""),
        (
            "drivers.enterprise_arr.growth",
            None,
            "lognormal, p10 50%, p90 400%, at most 800%",
            "hyper-growth labs of 2025",
        ),
        ("drivers.enterprise_arr.market_size", 1.5e11, "150B USD/year", "enterprise AI software in 2032"),
        ("drivers.latency.mean", 500.0, "500 ms", ""),
        (
            "rounds[0].closings[1].when",
            None,
            "enterprise_arr >= 150M USD/year and benchmark_audit",
            "no contractual milestone is public",
        ),
        ("rounds[0].closings[0].probability", 0.9, "90%", ""),
        ("valuation.multiple.mean", None, "lognormal, p10 3, p90 18", ""),
        ("valuation.multiple.half_life", 1.3, "1.3 years", ""),
        ("exits.ipo.hazard", 0.2, "20% per year", "unicorn base rate is nearer 2% per year"),
        ("exits.acquisition.hazard", 0.04, "4% per year", ""),
        ("measure.beta", 1.9, "1.9", ""),
    ]
    return [
        price,
        *({"path": p, "value": v, "given": g, "source": s} | ({"note": n} if n else {}) for p, v, g, s, n in sourced),
        *(
            {"path": p, "value": v, "given": g, "source": "assumption"} | ({"note": n} if n else {})
            for p, v, g, n in assumed
        ),
    ]


def values() -> dict[str, Any]:
    return {
        "equity_value": series("USD", 4.21e9, 0.16, 0.35, 0.42, 0.12, "Equity value"),
        "enterprise_value": series("USD", 2.81e9, 0.22, 0.35, 0.5, 0.18),
        "cash": series("USD", 1.4e9, -0.25, 0.5, 0.35),
        "users": series("users", 9.9e6, 0.42, 0.4, 0.3),
        "enterprise_arr": series("USD/year", 52e6, 0.95, 0.5, 0.25, 0.43),
        "revenue": series("USD/year", 81e6, 0.86, 0.45, 0.26, 0.3),
        "price_per_inference": series("USD", 0.0034, -0.62, 0.3, 0.2),
        "cost_per_inference": series("USD", 0.0021, -0.48, 0.3, 0.12),
        "latency": series("ms", 900, -0.55, 0.95, 0.1),
        "inferences": series("1/year", 4.75e9, 0.5, 0.4, 0.3),
        "operating_cost": series("USD/year", 420e6, 0.45, 0.5, 0.1, 0.2),
        "multiple": series("", 34.6, -0.62, 0.53, 0.22, 0.35, "Multiple of next 12 months' revenue"),
    }


EXITS = {"ipo": 0.342, "acquisition": 0.187, "wind_down": 0.231, "still_private": 0.24}


def nothing(name: str, share: float) -> dict[str, Any]:
    """A holder that owns and is never paid, as an unissued pool: what is of nothing is null."""
    zero, unknown = spread(0.0, 0.0, *(0.0 for _ in LEVELS)), dict.fromkeys(LEVELS)
    return holder(name, 0.0, share, 0.0, 0.0, 0.0, 0.0) | {
        "proceeds": zero,
        "present_value": zero,
        "moic": {"mean": None, "standard_error": None, "quantiles": unknown},
        "irr": {"quantiles": unknown, "probability_negative": None, "of_expected_cash_flows": None},
        "probability_of_loss": None,
        "probability_of_loss_standard_error": None,
        "never_invested": 1.0,
        "liquidity_years": {"quantiles": unknown},
    }


def never_bought(name: str) -> dict[str, Any]:
    return nothing(name, 0.0) | {"position": True, "never_invested_because": {"the transfer is refused": 1.0}}


def sample_summary() -> dict[str, Any]:
    """A fresh copy of the whole summary."""
    return {
        "valsim": "0.1.0",
        "scenario": {
            "name": "Moonshot AI, follow-on toward $10B",
            "company": "Moonshot AI",
            "as_of": "2026-02-20",
            "currency": "USD",
            "input_hash": "5f0c2b1e9a7d4c3380b1de6f2a90c417e86d5a4b3c2f1e0d9c8b7a6958473625",
        },
        "run": {
            "paths": PATHS,
            "seed": 20260220,
            "sampler": "pseudo",
            "threads": 2,
            "seconds": 2.87,
            "measure_note": "Present values use risk-neutral drifts and the risk-free rate; probabilities, proceeds, MOIC and IRR use real-world drifts.",
        },
        "health": {
            "present_value_of_opening_classes": {"mean": 3.5883e9, "standard_error": 3.1e7},
            "top_1pct_share_of_present_value": 0.187,
            "relative_standard_error_of_present_value": 0.0085,
            "anchor": {"by": "own", "class": "series_c", "price": 2.452, "opening_multiple": 41.7},
            "anchor_scale": 0.83,
            "anchor_standard_error": 0.0071,
            "p99_revenue_over_market_size": 0.21,
            "notes": ["The sample is one that was made by hand."],
        },
        "values": values(),
        "tranches": tranches(),
        **valued(3.5883e9, 3.1e7),
        **told_by_path(),
        "holders": [
            holder("Alibaba", 1.1e9, 0.178, 1.92, 0.94, 0.523, 1.043e9),
            holder("Tencent", 0.55e9, 0.094, 1.97, 0.97, 0.511, 0.532e9),
            holder("5Y Capital", 0.15e9, 0.021, 1.55, 0.81, 0.571, 0.121e9),
            holder("Founders and staff", 0.0, 0.31, 0.0, 0.0, 0.0, 1.26e9)
            | {"moic": None, "irr": None, "probability_of_loss": None}
            | {
                "proceeds": spread(2.61e9, 2.2e7, 0, 1.1e8, 9.4e8, 3.1e9, 9.9e9),
                "realised": {"mean": 1.66e9, "standard_error": 1.9e7},
            }
            | {"unrealised": {"mean": 0.95e9, "standard_error": 1.1e7}},
            holder("other holders", 0.2e9, 0.05, 8.9, 3.1, 0.4, 0.31e9) | {"cost_known": False},
            nothing("unissued pool", 0.06),
            holder("me", 50e6, 0.0072, 1.31, 0.68, 0.6084, 38.4e6) | {"never_invested": 0.2},
        ],
        **ends(EXITS),
        "horizons": [
            {"date": f"{year}-02-20", "exited": exited, "realised_proceeds": realised, "unrealised": unrealised}
            for year, exited, realised, unrealised in (
                (2027, 0.04, 0.19e9, 4.62e9),
                (2029, 0.28, 2.2e9, 4.1e9),
                (2031, 0.54, 5.1e9, 3.4e9),
                (2034, 0.76, 8.8e9, 2.9e9),
            )
        ],
        "payoffs": payoffs(),
        "assumptions": assumptions(),
        "sources": SOURCES,
        "warnings": ["rounds[0].closings[1]: the milestones of this closing are assumptions; no contract is public."],
        "measure": {
            "risk_free": 0.04,
            "equity_premium": 0.05,
            "beta": 1.9,
            "text": "Drifts of sector-linked shocks are lowered by beta x equity premium = 9.5 % a year; cash flows are discounted at 4 %.",
        },
        "reproduce": {
            "command": "valsim run scenarios/moonshot-2026-10b.yaml --paths 100000 --seed 20260220",
            "versions": {"valsim": "0.1.0", "python": "3.11.7", "numpy": "2.4.6", "scipy": "1.17.1"},
            "files": {"moonshot.yaml": "name: Moonshot AI, follow-on toward $10B\nas_of: 2026-02-20\n"},
        },
    }
