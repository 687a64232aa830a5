"""Random small scenarios that use all features of contracts together."""

from random import Random

from tests.contract_scenarios.chance import Body, maybe, number, some, stated
from tests.contract_scenarios.classes import cap_table
from tests.contract_scenarios.decisions import decided
from tests.contract_scenarios.rights import consequence, terms

DECIDED = 0.7
"""How likely somebody decides about closings."""
GATES = ("arr >= 6M USD/year", "arr >= 9M USD/year and audit", "audit", "runway < 12 months")


def document(chosen: Random) -> Body:
    """A scenario of a company whose value moves a lot, with rounds that may be down and every way to end."""
    names = chosen.choice((("series_c",), ("series_c", "bridge"), ("series_c", "bridge"), ("bridge",), ()))
    captable = cap_table(chosen, names)
    body: Body = {
        "name": "Contracts", "as_of": "2026-01-01", "horizon": chosen.choice(("3 years", "4 years", "5 years")), "step": "quarter", "currency": "USD",
        "simulation": {"paths": 200, "seed": chosen.randint(0, 10**6)},
        "measure": {"risk_free": "4%", "equity_premium": "5%", "beta": 1.2},
        "company": {"name": "Contracts Inc", "cash": number(chosen, 5e5, 9e6, "USD"), "debt": "0 USD" if "debt" in captable else chosen.choice(("0 USD", "500k USD"))},
        "drivers": {
            "arr": {"kind": "geometric_brownian", "start": number(chosen, 2e6, 1.2e7, "USD/year"), "growth": number(chosen, -0.5, 1), "volatility": "60%"},
            "cost": {"kind": "constant", "value": number(chosen, 2e6, 1e7, "USD/year"), "unit": "USD/year"},
        },
        "cash_flow": chosen.choice(("arr * 70% - cost", "arr * 70% - cost", "cost * 0")),
        "signals": {"audit": {"at": "2026-08-15", "probability": "60%", "if_true": {"multiple": "* 1.1"}, "if_false": {"multiple": "* 0.6"}}},
        "valuation": {
            "enterprise_value": {"multiple_of": "run_rate_revenue", "revenue": "arr"},
            "multiple": {"kind": "mean_reverting", "start": number(chosen, 2, 15), "mean": 5, "half_life": "1 year", "volatility": "60%"},
            "anchor": "none",
        },
        "captable": captable, "rounds": rounds(chosen, captable, names), "exits": exits(chosen),
        "at_horizon": chosen.choice(({"kind": "sale", "discount": "20%"}, {"kind": "extend", "by": "1 year", "discount": "20%"})),
    }  # fmt: skip
    body |= maybe(chosen, 0.6, {"positions": purchases(chosen, captable)})
    return decided(chosen, body) if chosen.random() < DECIDED else body


def rounds(chosen: Random, captable: Body, names: tuple[str, ...]) -> list[Body]:
    """A round of up to three closings, and one that comes again and again when money runs out."""
    convertible = any(body["kind"] in {"safe", "convertible_note"} for body in captable["classes"].values())
    first = [closing(chosen, "first", {"at": "2026-05-15"}, price(chosen))]
    later = chosen.choice(({}, price(chosen)))
    milestone = closing(
        chosen, "milestone", {"when": chosen.choice(GATES[:3]), "between": ["2026-07-01", "2027-03-31"]}, later
    )
    last = closing(chosen, "last", {"at": "2027-06-30"}, chosen.choice(({}, price(chosen))))
    more = [*first, *maybe(chosen, 0.7, {"": milestone}).values(), *maybe(chosen, 0.4, {"": last}).values()]
    more = [more[0], *({**each, **some(chosen, 0.3, adds_unraised=True)} for each in more[1:])]
    again = closing(chosen, "more", {"when": "runway < 9 months"}, {"price": {"of": "equity_value", "discount": "25%"}})
    closings = {"series_c": {"closings": more}, "bridge": {"at_most": 3, "closings": [again]}}
    return [{**closings[name], **issue(chosen, name, names, convertible=convertible)} for name in names]


def issue(chosen: Random, name: str, names: tuple[str, ...], *, convertible: bool) -> Body:
    """What a round issues, and how it counts."""
    included = chosen.sample(("pool_top_up", "anti_dilution"), chosen.randint(0, 2))
    method = {"conversion_method": chosen.choice(("pre_money", "percent_ownership", "dollars_invested"))}
    grown = chosen.choice(
        ({}, {"option_pool": number(chosen, 0.02, 0.15)}, {"pool_increase": number(chosen, 1e4, 4e5)})
    )
    limit = some(chosen, 0.3, new_money_at_most="60%")
    terms_of = terms(chosen, names, to_come=True)
    return {
        "name": name,
        "series": terms_of,
        "pre_money_includes": included,
        **(method if convertible else {}),
        **grown,
        **limit,
    }


def price(chosen: Random) -> Body:
    """Any way to state a price."""
    return chosen.choice((
        {"pre_money_valuation": number(chosen, 5e6, 6e7, "USD")}, {"post_money_valuation": number(chosen, 1.2e7, 7e7, "USD")},
        {"price_per_share": number(chosen, 0.3, 6, "USD")}, {"price": {"of": "equity_value", "discount": "20%"}},
    ))  # fmt: skip


def closing(chosen: Random, name: str, when: Body, priced: Body) -> Body:
    """A closing with any of its terms."""
    default = {
        "probability": stated(chosen, 0, 0.5), "wrong_way": -0.4, "consequence": consequence(chosen),
        **some(chosen, 0.4, pays="40%", series="this_round", later_rights="end"),
    }  # fmt: skip
    waiver = {
        "probability": stated(chosen, 0, 0.4),
        **some(chosen, 0.4, reprice={"probability": "30%", "discount": "25%"}),
    }
    conditional = {"if_not_met": waiver, "cure_period": "90 days"} if "between" in when else {}
    found = some(
        chosen, 0.4, default=default, probability=stated(chosen, 0.5, 1), others_pay=number(chosen, 0.3, 1, drawn=0),
        at_least=stated(chosen, 0.2, 0.8), followers={"probability": stated(chosen, 0.4, 1)}, **conditional,
    )  # fmt: skip
    investors = {
        "investors": {"Fund": number(chosen, 2e5, 2e6, "USD"), "New Fund": number(chosen, 2e5, 2e6, "USD", drawn=0)}
    }
    if "followers" in found or chosen.random() < 0.3:
        found |= {**investors, "anchor": chosen.choice(("Fund", "New Fund"))}
    elif "default" in found or chosen.random() < 0.6:
        found |= investors
    money = (
        "18 months of burn + 1M USD"
        if name == "more" and chosen.random() < 0.5
        else number(chosen, 4.1e6, 9e6, "USD", drawn=0)
    )
    return {"name": name, **found, **when, "new_money": money, **priced}


def exits(chosen: Random) -> Body:
    """A listing, a sale and the end of money."""
    treatment = chosen.choice(("all_converted", "as_agreed", "by_charter", "by_charter"))
    after = some(chosen, 0.5, price_after_lock_up={"family": "lognormal", "median": 1, "sigma": "40%"})
    ways = {
        "ipo": {"hazard": "20% per year", "discount": "10%", "lock_up": "180 days", "preferred": treatment, **after},
        "acquisition": {"hazard": "15% per year", "discount": "10%"},
        "wind_down": {"when": "cash <= 0 USD", "recovery": "30%"},
    }
    return {name: way for name, way in ways.items() if name == "wind_down" or chosen.random() < 0.8}


def purchases(chosen: Random, captable: Body) -> Body:
    """Purchases of old and of new shares."""
    vehicle = {
        "fees": number(chosen, 0, 0.1),
        "carry": number(chosen, 0, 0.3),
        **some(chosen, 0.3, takes_pro_rata="50%"),
    }
    sold = [name for name, body in captable["classes"].items() if body["kind"] == "preferred"]
    seller, series = chosen.choice(
        [("Ada", "common"), *(("Fund", name) for name in sold if name in captable["positions"].get("Fund", {}))]
    )
    old = {
        "kind": "secondary", "series": series, "seller": seller, "pay": number(chosen, 1e4, 4e5, "USD"),
        "price_per_share": number(chosen, 1, 4, "USD"), "at": "2026-09-30", "transfer_consent_probability": "80%", **vehicle,
    }  # fmt: skip
    return {
        "me": old | maybe(chosen, 0.5, {"right_of_first_refusal": first_refusal(chosen, list(captable["classes"]))})
    }


def first_refusal(chosen: Random, classes: list[str]) -> Body:
    """Who may take the shares instead of the buyer."""
    refusal = {"probability": stated(chosen, 0, 1), **some(chosen, 0.3, when="equity_value >= 5M USD")}
    holders = {name: refusal for name in classes if name.startswith("series")}
    unclaimed = {"unclaimed": chosen.choice(("to_the_buyer", "to_those_who_take"))}
    shared: Body = {"holders": holders, **unclaimed} if holders else {}
    return {"issuer": refusal, **shared} if chosen.random() < 0.5 or not shared else shared
