"""Two stories by hand: a company that loses its milestone, is sold cheap and late, and one in which all goes well."""

import math
from collections.abc import Sequence
from typing import Any

AUDIT = {"kind": "signal", "name": "benchmark_audit"}
MILESTONE = {"round": "follow-on", "tranche": "milestone closing"}


def stories(dates: Sequence[str]) -> dict[str, Any]:
    """What is told of two paths; the first ends at the 20th date, the second at the 8th."""
    return {"holder": "me", "among": 4096, "dates": [*dates], "stories": [poor(dates), good(dates)]}


def closing(at: str, name: str, tranche: str, money: float, price: float, change: float | None) -> dict[str, Any]:
    told = {"new_money": money, "price_per_share": price, "post_money_valuation": 8 * money, "dilution": 0.125}
    about = {"at": at, "kind": "closing", "round": name, "tranche": tranche}
    return {**about, **told, "change_of_price": change, "unraised": 0.0, "how": "in_time"}


def poor(dates: Sequence[str]) -> dict[str, Any]:
    chance = {"mean": 0.214, "standard_error": 0.0013}
    falls = [{"row": "multiple", "times": 0.7, "recovery": 2.0, "unit": "1"}]
    events = [
        {"at": dates[0], "kind": "paid", "holder": "me", "money": -50e6},
        {"at": dates[2], **AUDIT, "observed": False, "effects": falls},
        {"at": dates[3], "kind": "risk", "name": "export_control", "time": 1, "effects": []},
        {
            "at": dates[4],
            "kind": "not_funded",
            **MILESTONE,
            "why": "missed benchmark_audit; enterprise_arr >= 45M USD/year",
        },
        {"at": dates[5], "kind": "risk", "name": "export_control", "time": 2},
        closing(dates[9], "bridge 1", "bridge closing", 120e6, 3.66, -0.4),
        {"at": dates[9], "kind": "anti_dilution", "classes": {"series_b": 1.8, "series_c": 1.3}},
        {"at": dates[15], "kind": "low_on_cash", "years": 0.34, "cash": 44e6},
        {"at": dates[19], "kind": "exit", "exit": "acquisition", "proceeds": 2.1e9, "raised": 0.0},
    ]
    mine = {"invested": 50e6, "proceeds": 18e6, "irr": -0.19, "ownership_at_exit": 0.0052, "part_bought": 0.0081}
    outcome = {"exit": "acquisition", "at": dates[19], "proceeds": 2.1e9, "revenue": 310e6, "net_cash": -12e6}
    return {
        "path": 2048,
        "stands_for": [
            {"kind": "percentile", "level": 0.1, "value": 0.36, "below": 0.098, "above": 0.901},
            {"kind": "loss", "cause": "multiple", "chance": chance},
        ],
        "events": events,
        "outcome": {**outcome, "paid_first": {"carve_out": 21e6}, "holder": {**mine, "cause_of_loss": "multiple"}},
        "series": rows(20, -0.03),
    }


def good(dates: Sequence[str]) -> dict[str, Any]:
    chance = {"mean": 0.47, "standard_error": 0.0016}
    events = [
        {"at": dates[0], "kind": "paid", "holder": "me", "money": -50e6},
        {"at": dates[2], **AUDIT, "observed": True, "effects": []},
        closing(dates[3], "follow-on", "milestone closing", 500e6, 8.74, 0.82),
        {"at": dates[7], "kind": "exit", "exit": "ipo", "proceeds": 15.6e9, "raised": 2.1e9},
    ]
    mine = {"invested": 50e6, "proceeds": 140e6, "irr": 0.8, "ownership_at_exit": 0.0081, "part_bought": 0.0081}
    outcome = {"exit": "ipo", "at": dates[7], "proceeds": 15.6e9, "revenue": 900e6, "net_cash": 1.8e9}
    return {
        "path": 7,
        "stands_for": [{"kind": "exit", "exit": "ipo", "chance": chance}],
        "events": events,
        "outcome": {**outcome, "paid_first": {}, "holder": {**mine, "cause_of_loss": None}},
        "series": rows(8, 0.17),
    }


def rows(steps: int, growth: float) -> dict[str, list[float]]:
    """Values that grow and cash that falls, by date."""
    return {
        "equity_value": [4.2e9 * math.exp(growth * step) for step in range(steps)],
        "cash": [1.4e9 * math.exp(-0.15 * step) for step in range(steps)],
        "ownership": [0.0081] * steps,
    }
