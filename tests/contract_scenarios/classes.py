"""Random cap tables in which every kind of security and every right may stand beside the others."""

from random import Random

from tests.contract_scenarios.chance import Body, maybe, number, some, stated
from tests.contract_scenarios.rights import COMPOUNDING, DAY_COUNTS, terms

HOLDERS = ("Ada", "Bo", "Fund", "Angel")
EXITS = ("acquisition", "ipo", "wind_down")


def cap_table(chosen: Random, rounds: tuple[str, ...]) -> Body:
    """Common shares, a pool, and any of the others, with holders."""
    classes: Body = {
        "common": {"kind": "common", "issued": "2022-01-01", "shares": number(chosen, 6e6, 1e7)},
        "pool": pool(chosen),
        **maybe(chosen, 0.5, {"options": options(chosen)}),
        **{name: preferred(chosen, day, rounds) for name, day in (("series_a", "2023-01-01"), ("series_b", "2024-06-30")) if chosen.random() < 0.8},
    }  # fmt: skip
    if not any(name.startswith("series") for name in classes):
        classes["pool"].pop("refresh", None)  # it may ask for the price of a round that there is not
    classes |= warrants(chosen, [name for name in classes if name.startswith("series")])
    classes |= maybe(chosen, 0.3, {"fixed": fixed_return(chosen)})
    classes |= convertibles(chosen)
    return {
        "classes": classes,
        "positions": positions(chosen, classes),
        **maybe(chosen, 0.4, {"debt": {name: debt(chosen) for name in ("bank", "fund loan")[: chosen.randint(1, 2)]}}),
        **maybe(chosen, 0.4, {"carve_out": carve_out(chosen)}),
        **maybe(chosen, 0.3, {"transaction_costs": costs(chosen)}),
        **maybe(chosen, 0.3, {"splits": [{"at": "2027-02-15", "ratio": chosen.choice(("10 for 1", "1 for 5", "3 for 2"))}]}),
    }  # fmt: skip


def pool(chosen: Random) -> Body:
    """An option pool, some of it granted, which may be refreshed every year."""
    grows = chosen.choice(({"by": number(chosen, 0.01, 0.05)}, {"to": number(chosen, 0.05, 0.15)}))
    price = chosen.choice(
        (
            {"exercise_price": number(chosen, 0, 2, "USD")},
            {"exercise_price_of_last_round": number(chosen, 0.1, 1)},
        )
    )
    granted = {"granted_per_year": number(chosen, 0.01, 0.04), "vested": number(chosen, 0, 1), **price}
    refresh = {"refresh": {**grows, **maybe(chosen, 0.7, granted)}}
    return {
        "kind": "option_pool", "issued": "2022-01-01", "shares": "1M", "allocated": stated(chosen, 0, 1e6),
        "exercise_price": number(chosen, 0, 2, "USD"), "vested": number(chosen, 0, 1), **maybe(chosen, 0.4, refresh),
    }  # fmt: skip


def options(chosen: Random) -> Body:
    """Granted options."""
    return {
        "kind": "option", "issued": "2022-06-01", "shares": number(chosen, 1e5, 1e6),
        "exercise_price": number(chosen, 0, 5, "USD"), "vested": number(chosen, 0, 1),
    }  # fmt: skip


def preferred(chosen: Random, issued: str, rounds: tuple[str, ...]) -> Body:
    """An opening class of preferred shares."""
    price = chosen.uniform(0.5, 8)
    adjusted = {"conversion_price": stated(chosen, price * 0.4, price, "USD")}
    return {
        **terms(chosen, rounds), "issued": issued, "shares": number(chosen, 1e6, 4e6),
        "original_issue_price": f"{price:.3f} USD", **maybe(chosen, 0.2, adjusted),
    }  # fmt: skip


def warrants(chosen: Random, series: list[str]) -> Body:
    """Warrants on common and on preferred shares."""
    plain = {"kind": "warrant", "shares": number(chosen, 1e5, 5e5), "exercise_price": number(chosen, 0.1, 5, "USD")}
    found = maybe(chosen, 0.4, {"warrants": plain})
    if series:
        way = {"on": chosen.choice(series), "exercise": chosen.choice(("in_the_money", "on_conversion"))}
        found |= maybe(chosen, 0.4, {"preferred warrants": {**plain, **way}})
    return found


def fixed_return(chosen: Random) -> Body:
    """Preferred shares with a fixed return."""
    return {
        "kind": "fixed_return_preferred", "issued": "2025-01-01", "shares": "100k", "original_issue_price": "10 USD",
        "return_per_year": number(chosen, 0, 0.12), "compounding": chosen.choice(("simple", "compound")),
        "day_count": chosen.choice(DAY_COUNTS), "seniority": chosen.randint(1, 3),
    }  # fmt: skip


def convertibles(chosen: Random) -> Body:
    """SAFEs and notes of every form, a most favoured one before those whose terms it takes."""
    favoured = {**safe(chosen, "2025-01-15"), "most_favoured_nation": True}
    found = some(
        chosen, 0.35, safe=safe(chosen, "2025-06-01"), later_safe=safe(chosen, "2025-09-01"), note=note(chosen)
    )
    return {**(maybe(chosen, 0.4, {"favoured": favoured}) if found else {}), **found}


def money_terms(chosen: Random) -> Body:
    """How money turns into shares."""
    cap = {
        "conversion_valuation_cap": number(chosen, 1e7, 5e7, "USD"),
        "conversion_valuation_cap_type": chosen.choice(("pre_money", "post_money", "outstanding", "fully_diluted")),
    }
    return {
        **maybe(chosen, 0.7, cap), **some(chosen, 0.5, conversion_discount=number(chosen, 0.05, 0.3)),
        "converts_into": chosen.choice(("shadow_series", "standard_series")), "seniority": chosen.randint(1, 3),
        "converting": chosen.choice(("per_class", "per_holder")),
    }  # fmt: skip


def safe(chosen: Random, issued: str) -> Body:
    """A SAFE."""
    return {"kind": "safe", "issued": issued, "purchase_amount": number(chosen, 2e5, 3e6, "USD"), **money_terms(chosen)}


def note(chosen: Random) -> Body:
    """A convertible note."""
    limits = some(chosen, 0.4, qualified_financing_at_least="4M USD", change_of_control_multiple=2)
    limits |= maybe(chosen, 0.4, {"maturity": "2027-03-01", "at_maturity": chosen.choice(("repaid", "stays_owed"))})
    return {
        "kind": "convertible_note", "issued": "2025-03-01", "principal": number(chosen, 2e5, 3e6, "USD"), "interest_rate": number(chosen, 0, 0.12),
        "day_count": chosen.choice(DAY_COUNTS), **chosen.choice(COMPOUNDING),
        "accrued_interest": chosen.choice(("converts", "forgiven")), **money_terms(chosen), **limits,
    }  # fmt: skip


def positions(chosen: Random, classes: Body) -> Body:
    """Holders of parts of classes; what they leave is others'."""
    found: Body = {"Ada": {"common": "50%"}, "Bo": {"common": "10%"}, "Fund": {}, "Angel": {}}
    for name, body in classes.items():
        if body["kind"] not in {"common", "option_pool"}:
            first, second = chosen.choice((("100%", None), ("60%", "40%"), ("50%", "20%"), (None, None)))
            found["Fund"] |= {name: first} if first else {}
            found["Angel"] |= {name: second} if second else {}
    return {holder: lots for holder, lots in found.items() if lots}


def debt(chosen: Random) -> Body:
    """A loan."""
    fees = some(chosen, 0.3, final_payment=number(chosen, 0, 0.1), exit_fee="50k USD", matures="2027-12-31")
    return {
        "kind": "venture_debt", "principal": number(chosen, 2e5, 4e6, "USD"), "interest_rate": number(chosen, 0, 0.15), **chosen.choice(COMPOUNDING),
        "day_count": chosen.choice(DAY_COUNTS), "issued": "2025-01-01", "seniority": chosen.randint(1, 2), **fees,
    }  # fmt: skip


def carve_out(chosen: Random) -> Body:
    """Any plan for management."""
    shared = {
        "base": chosen.choice(("before_debt", "after_debt")),
        "paid_at": chosen.sample(EXITS, chosen.randint(1, 3)),
    }
    tiers = [{"up_to": "20M USD", "fraction": number(chosen, 0, 0.2)}, {"fraction": number(chosen, 0, 0.1)}]
    kinds: tuple[Body, ...] = (
        {"kind": "gross", "fraction": number(chosen, 0, 0.15)},
        {"kind": "tiered", "tiers": tiers},
        {"kind": "offset", "fraction": number(chosen, 0, 0.3), "recipients": ["Ada"]},
        {"kind": "offset", "tiers": tiers, "recipients": ["Ada", "Bo"]},
    )
    return {**chosen.choice(kinds), **shared}


def costs(chosen: Random) -> Body:
    """What an exit costs."""
    return {
        "fraction": number(chosen, 0, 0.05),
        "fixed": "200k USD",
        "paid_at": chosen.sample(EXITS, chosen.randint(1, 3)),
    }
