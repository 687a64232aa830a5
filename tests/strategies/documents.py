"""Valid documents, small and with everything in them that a document may say."""

from random import Random
from typing import Any

from hypothesis import strategies as st

from tests.strategies.convertibles import notes, safes
from tests.strategies.numbers import number, words, written

Body = dict[str, Any]
UNITS = {"revenue": "USD/year", "users": "users", "latency": "ms", "unit_cost": "USD"}
"""The drivers of every document; a formula and a stock are made of them."""
GATES = (
    "revenue >= 30M USD/year",
    "audit and users > 2M users",
    "runway < 9 months",
    "equity_value >= 2B USD or not audit",
)
SHORT = ("* 1.1", "* 0.7 decaying over 2 years", "* 90% decaying over P6M")
HELD = (
    "20%", "1M", 1000, {"value": "10%", "note": "Assumption."}, "4% of fully diluted at 2025-12-31",
    {"family": "uniform", "low": "5%", "high": "9%"},
)  # fmt: skip
MONEYS = ("18 months of burn", "5% of equity_value", "max(10M USD, cash / 3)")


def documents() -> st.SearchStrategy[Body]:
    """Documents that load without a problem; one draw for each, because it has some hundred choices."""
    return st.randoms(use_true_random=True).map(document)


def document(chosen: Random) -> Body:
    """A document that loads without a problem."""
    drivers = all_drivers(chosen)
    body = {
        "name": words(chosen), "description": words(chosen), "as_of": "2026-01-01",
        "horizon": chosen.choice(("3 years", "40 months", {"value": "4 years", "note": "Long enough."})),
        "step": chosen.choice(("month", "quarter", "year")), "currency": "USD",
        "simulation": {"paths": chosen.randint(1, 10**6), "seed": chosen.randint(0, 2**40)},
        "sources": {"filing": {"title": words(chosen), "date": "2025-Q4"}, "press": {"title": "Press", "date": "2025-12", "url": "https://x.y/z?a=b#c"}},
        "measure": measures(chosen),
        "company": {"name": words(chosen), "cash": number(chosen, 0, 9e8, "USD"), "debt": number(chosen, 0, 1e8, "USD")},
        "drivers": drivers, "cash_flow": chosen.choice(("revenue - sum_of_costs", "revenue * -20%")),
        "correlations": correlations(chosen, drivers),
        "signals": {"audit": {"at": "2026-09-15", "probability": number(chosen, 0, 1), "if_true": effects(chosen), "if_false": effects(chosen)}},
        "risks": risks(chosen), "valuation": valuations(chosen),
        "captable": cap_tables(chosen), "rounds": rounds(chosen), "exits": exits(chosen), "decisions": {"policy": chosen.choice(("contractual", "myopic")), "decide_for": "requisite_holders"},
        "at_horizon": at_horizon(chosen), "positions": purchases(chosen),
    }  # fmt: skip
    optional = ("description", "correlations", "risks", "rounds", "exits", "positions")
    left_out = {key for key in optional if chosen.random() < 0.4}
    return {key: value for key, value in body.items() if key not in left_out}


def all_drivers(chosen: Random) -> Body:
    """The named drivers in any kind, with a formula and a stock that are made of them."""
    levels = {name: process(chosen, unit) for name, unit in UNITS.items()}
    return {
        **levels,
        "learned": {"kind": "learning_curve", "start": number(chosen, 1, 9, "USD"), "learning_rate": number(chosen, 0, 0.1),
            "volume": "revenue / 3 USD", "volume_so_far": "10M", "volatility": 0.1},
        "sum_of_costs": {"kind": "formula", "value": "users * 2 USD/user/year + unit_cost * 1M/year", "unit": "USD/year"},
        "won": {"kind": "contract_arrivals", "start": number(chosen, 1e6, 9e6, "USD/year"), "contracts": "5", "arrivals": "revenue / 30M USD",
            "size": "2M USD/year", "size_variation": number(chosen, 0, 2), "churn": number(chosen, 0, 0.5)},
        "kept": {"kind": "cohort_retention", "start": number(chosen, 1e7, 9e7, "USD/year"), "new": "revenue / 2 years", "gross_retention": number(chosen, 0.6, 0.8),
            "net_retention": number(chosen, 0.9, 1.2), "first_year": {"gross_retention": "40%", "part_of_start": number(chosen, 0, 1)}, "volatility": 0.1},
        "backlog": {"kind": "stock", "start": "30M USD", "inflow": "revenue", "outflow": "backlog / 15 months", "unit": "USD"},
    }  # fmt: skip


def process(chosen: Random, unit: str) -> Body:
    """A driver of one unit in any kind that has a level of its own."""
    level, moves = (1e7, 9e7, unit), {"volatility": (0, 1)}
    kinds: tuple[Body, ...] = (
        {"kind": "constant", "value": level, "unit": unit},
        {"kind": "geometric_brownian", "start": level, "growth": (-0.5, 3), **moves},
        {"kind": "logistic_growth", "start": level, "growth": (0, 2), "capacity": (1e8, 1e9, unit), **moves},
        {"kind": "decaying_growth", "start": level, "growth": (0, 5), "persistence": (0.1, 1), "market_size": (1e9, 1e11, unit), **moves},
        {"kind": "mean_reverting", "start": level, "mean": level, "half_life": (0.5, 3, "years"), **moves},
        {"kind": "plan", "start": level, "growth": (0, 1), "persistence": (0.2, 1), "plan_error": (0.5, 2), "error_builds_over": "P18M"},
        {"kind": "jump_diffusion", "start": level, "growth": (-0.5, 3), "growth_of": chosen.choice(("mean", "between_jumps")),
            "jump_frequency": "0.5 per year", "jump_mean": (-0.5, 0.5), "jump_volatility": (0, 1), **moves},
        {"kind": "decaying_price", "start": level, "decline": (0, 0.8), **moves},
    )  # fmt: skip
    return filled(chosen, chosen.choice(kinds))


def filled(chosen: Random, body: Body) -> Body:
    """The same mapping with a number for each pair of ends, with its unit where it has one."""
    return {key: number(chosen, *value) if isinstance(value, tuple) else value for key, value in body.items()}


def measures(chosen: Random) -> Body:
    """A price of risk."""
    parts = chosen.choice(({}, {"sector_linked": {"multiple": "60%", "learned": 0.4}}))
    return {"risk_free": "4%", "equity_premium": number(chosen, 0, 0.1), "beta": number(chosen, 0, 3), **parts}


def correlations(chosen: Random, drivers: Body) -> Body:
    """A pair of shocks, and a pair of what is drawn among the parameters of the drivers."""
    fields = [(name, key, value) for name, body in drivers.items() for key, value in body.items()]
    drawn = [
        f"{name}.{key}"
        for name, key, value in fields
        if isinstance(value, dict) and {"family", "conflict"} & value.keys()
    ]
    known = {"parameters": [[drawn[0], f"drivers.{drawn[-1]}", -0.25]]} if len(drawn) > 1 else {}
    return known | {"shocks": [["learned", "multiple", round(chosen.uniform(-1, 1), 2)]]}


def effects(chosen: Random) -> Body:
    """Effects on rows, in the short and the long form."""
    long = {"times": (0.5, 2), "recovery": (0.5, 3, "years")}
    rows = chosen.sample(("multiple", "revenue", "users", "learned.learning_rate"), chosen.randint(0, 2))
    points = chosen.choice(({}, {"latency": "+ 20 ms"}, {"latency": {"plus": "-20 ms"}}))
    return {row: chosen.choice((*SHORT, filled(chosen, long))) for row in rows} | points


def risks(chosen: Random) -> Body:
    """Risks of either kind of chance, one that a sector shares among them."""
    return {
        "outage": {"probability_per_year": number(chosen, 0, 0.9), "effect": effects(chosen)},
        "crash": {"hazard": number(chosen, 0, 3, "/year"), "effect": {"multiple": "* 0.75"}, "contagion": "sector"},
        "theft": {"hazard": "20% per year", "effect": {"users": "* 0.9"}, "recovery": "18 months"},
    }


def valuations(chosen: Random) -> Body:
    """A basis of any kind and a multiple."""
    basis = chosen.choice((
        {"multiple_of": "run_rate_revenue"}, {"multiple_of": "arr"}, {"multiple_of": "next_12m_revenue", "growth": "learned.learning_rate"},
        {"multiple_of": "trailing_12m_revenue", "trailing_at_start": "20M USD/year"},
    ))  # fmt: skip
    multiple = {
        "kind": "mean_reverting",
        "start": (5, 20),
        "mean": (3, 18),
        "half_life": (0.5, 3, "years"),
        "volatility": (0, 0.5),
    }
    return {
        "enterprise_value": {**basis, "revenue": "revenue"}, "multiple": filled(chosen, multiple), "sector": "ai_labs",
        "anchor": chosen.choice(("last_round", "none")),
    }  # fmt: skip


def preferred(chosen: Random) -> Body:
    """The terms of preferred shares."""
    participation = chosen.choice(
        (
            {"participation": "none"},
            {"participation": "full"},
            {"participation": "capped", "participation_cap_multiple": 3},
        )
    )
    return {
        "kind": "preferred", "liquidation_preference_multiple": written(chosen, 1, 2), "seniority": chosen.randint(1, 3), **participation,
        "anti_dilution": chosen.choice(("none", "full_ratchet", "broad_based_weighted_average", {"kind": "none"})),
    }  # fmt: skip


def cap_tables(chosen: Random) -> Body:
    """Common shares, a pool, options and two series, with holders of each kind of amount."""
    priced = {
        "issued": "2025-Q1",
        "shares": number(chosen, 1e7, 3e7),
        "original_issue_price": number(chosen, 1, 9, "USD"),
    }
    sold = {
        "issued": "2025-12-01",
        "new_money": number(chosen, 1e7, 9e7, "USD"),
        "post_money_valuation": number(chosen, 1e9, 5e9, "USD"),
    }
    classes = {
        "common": {"kind": "common", "issued": "2024-01-01", "shares": written(chosen, 5e7, 9e7, "shares")},
        "pool": {"kind": "option_pool", "issued": "2024-01", "shares": number(chosen, 1e6, 9e6)},
        "options": {"kind": "option", "issued": "2024-02", "shares": "1_000_000", "exercise_price": number(chosen, 0, 1, "USD"), "vested": number(chosen, 0, 1)},
        "series_a": {**preferred(chosen), **priced}, "series_b": {**preferred(chosen), **sold}, "safe": safes(chosen), "note": notes(chosen),
    }  # fmt: skip
    holders = {
        f"{words(chosen)}1": {"common": chosen.choice(HELD)},
        "Fund": {"series_a": chosen.choice(HELD), "common": "10M"},
    }
    return {"classes": classes, "positions": holders}


def closings(chosen: Random, name: str, *, priced: bool) -> Body:
    """A closing at any time, at any price, with any of its terms."""
    when: Body = chosen.choice(({"at": "2026-06-30"}, {"between": ["2026-07-01", "2027-Q2"]}, {"when": GATES[2]}))
    price = chosen.choice((
        {"pre_money_valuation": {"value": "6B USD"}}, {"post_money_valuation": "8B USD"}, {"price_per_share": "11.5 USD"},
        {"price": {"of": "equity_value", "discount": "25%"}}, {"pre_money_valuation": "max(1B USD, equity_value)"},
    )) if priced else {}  # fmt: skip
    money = chosen.choice((number(chosen, 2e7, 9e7, "USD"), *MONEYS))
    terms: Body = {
        "when": chosen.choice(GATES), "probability": chosen.choice((number(chosen, 0, 1), "min(95%, cash / 1B USD)")),
        "investors": {"Fund": "1M USD", "New: Fund": number(chosen, 1e6, 2e6, "USD")},
        "default": {"probability": number(chosen, 0, 1), "wrong_way": -0.4, "consequence": "convert_to_common"},
        "if_not_met": {"probability": number(chosen, 0, 1)}, "if_funded": effects(chosen), "if_failed": effects(chosen), "if_lapsed": effects(chosen),
    }  # fmt: skip
    kept = {key: value for key, value in terms.items() if chosen.random() < 0.5}
    free = chosen.choice(({}, {"if_met": "option", "if_walked": effects(chosen)})) if "default" not in kept else {}
    return {"name": name, **kept, **free, **when, "new_money": money, **price}


def rounds(chosen: Random) -> list[Body]:
    """A round of two closings, and one that may be repeated."""
    included = chosen.sample(("pool_top_up", "anti_dilution", "convertibles"), chosen.randint(0, 3))
    first = {
        "name": "series_c", "series": preferred(chosen), "pre_money_includes": included, "conversion_method": chosen.choice(("percent_ownership", "dollars_invested")), "option_pool": number(chosen, 0.01, 0.1),
        "closings": [closings(chosen, "first", priced=True), closings(chosen, "second", priced=chosen.random() < 0.5)],
    }  # fmt: skip
    again = {
        "name": "bridge",
        "series": preferred(chosen),
        "conversion_method": "pre_money",
        "at_most": 2,
        "new_money_at_most": 0.4,
        "closings": [closings(chosen, "more", priced=True)],
    }
    return chosen.choice(([], [first], [first, again]))


def exits(chosen: Random) -> Body:
    """Ways to end, named by their kind or by a name of their own."""
    return {
        "ipo": {"hazard": number(chosen, 0, 1, "/year"), "when": chosen.choice(GATES), "discount": number(chosen, 0, 0.5), "lock_up": "180 days", "preferred": "all_converted"},
        "trade sale": {"kind": "acquisition", "probability_per_year": number(chosen, 0, 0.5), "discount": "10%"},
        "wind_down": {"when": "cash <= 0 USD", "recovery": number(chosen, 0, 1)},
    }  # fmt: skip


def at_horizon(chosen: Random) -> Body:
    """A rule at the horizon."""
    kinds = (
        {"kind": "sale", "discount": (0, 1)},
        {"kind": "extend", "by": "P2Y", "discount": (0, 1)},
        {"kind": "zero"},
    )
    return filled(chosen, chosen.choice(kinds))


def purchases(chosen: Random) -> Body:
    """A purchase of old shares."""
    old = {
        "kind": "secondary", "series": "series_a", "seller": "Fund", "at": "2026-03-31", "pay": (1e6, 5e6, "USD"),
        "price_per_share": (1, 9, "USD"), "fees": (0, 0.1), "carry": (0, 0.3), "transfer_consent_probability": (0, 1),
    }  # fmt: skip
    return {"me": filled(chosen, old)}
