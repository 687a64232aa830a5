"""Random terms of preferred shares, in every reading."""

from random import Random

from tests.contract_scenarios.chance import Body, maybe, number, some, stated

DAY_COUNTS = ("actual/365", "actual/360", "actual/365.25")
COMPOUNDING: tuple[Body, ...] = ({"compounding": "simple"}, {"compounding": "compound", "periods_per_year": 4})


def terms(chosen: Random, rounds: tuple[str, ...], *, to_come: bool = False) -> Body:
    """The terms of preferred shares, opening ones or those of a round."""
    participation = chosen.choice(("none", "full", "capped"))
    multiple = chosen.choice((0, 1, 1, 1.5))
    cap = {"participation_cap_multiple": stated(chosen, max(multiple, 1), 3)} if participation == "capped" else {}
    rights = some(
        chosen, 0.3, anti_dilution=anti_dilution(chosen, rounds), ipo_ratchet_multiple=number(chosen, 1, 1.5),
        automatic_conversion=automatic_conversion(chosen), valuation_adjustment=valuation_adjustment(chosen),
        redemption=redemption(chosen), pro_rata=pro_rata(chosen), cumulative_dividend=cumulative(chosen, participation, to_come=to_come),
        non_cumulative_dividend=declared(chosen, participation, to_come=to_come),
    )  # fmt: skip
    rights |= some(chosen, 0.4, anti_dilution=anti_dilution(chosen, rounds))
    if "pro_rata" in rights:
        rights |= some(chosen, 0.6, pay_to_play=pay_to_play(chosen))
    return {
        "kind": "preferred", "liquidation_preference_multiple": multiple, "participation": participation, **cap,
        "seniority": chosen.randint(1, 3), **rights,
    }  # fmt: skip


def anti_dilution(chosen: Random, rounds: tuple[str, ...]) -> Body:
    """Any protection, with its readings."""
    limited = [{"issue": name, "fraction_at_most": "5%"} for name in rounds[-1:]]
    exempt = chosen.choice(([], ["option_pool", "convertibles"], limited))
    shared = some(chosen, 0.4, exempt=exempt, until="2027-12-31")
    together = maybe(chosen, 0.4, {"closings": "one_issue", **some(chosen, 0.5, within="200 days")})
    kinds: tuple[Body, ...] = (
        {"kind": "none"},
        {"kind": "full_ratchet", **shared, **some(chosen, 0.4, part="50%")},
        {"kind": "broad_based_weighted_average", **shared, **together},
        {"kind": "narrow_based_weighted_average", "base": chosen.choice(("common", "common_and_preferred")), **shared, **together},
    )  # fmt: skip
    return chosen.choice(kinds)


def automatic_conversion(chosen: Random) -> Body:
    """Tests of a listing and what a class may do below them."""
    tests = {"offer_price_multiple_at_least": number(chosen, 1, 4), **some(chosen, 0.3, proceeds_at_least="30M USD")}
    below = chosen.choice(("blocks_ipo", "keeps_preference"))
    return {**tests, "below": below, **some(chosen, 0.3, or_vote_of="50%", in_acquisitions=True)}


def valuation_adjustment(chosen: Random) -> Body:
    """A promised number, made up for in either way."""
    factor = chosen.choice(("70%", "arr / 12M USD/year"))
    remedy = chosen.choice(({"by": "conversion_price"}, {"by": "founder_shares", "founders": ["Ada"]}))
    return {
        "at": "2027-06-30",
        "when": "arr < 12M USD/year",
        "factor": factor,
        "factor_at_least": stated(chosen, 0.3, 0.7),
        **remedy,
    }


def redemption(chosen: Random) -> Body:
    """A put at a date or after a deadline."""
    opens = chosen.choice(({"at": "2027-09-30"}, {"listed_by": "2027-03-31"}))
    kept = some(chosen, 0.5, cash_kept="6 months of burn")
    way = chosen.choice(("simple", "compound"))
    return {**opens, "return_per_year": number(chosen, 0, 0.15), "compounding": way, "payer": "company", **kept}


def pro_rata(chosen: Random) -> Body:
    """A right to follow on."""
    limits = some(chosen, 0.3, multiple=number(chosen, 0.5, 2.5), when="equity_value >= 20M USD")
    base = chosen.choice(("fully_diluted", "outstanding", "preferred"))
    return {"base": base, "probability": number(chosen, 0, 1, drawn=0), **limits}


def consequence(chosen: Random) -> Body:
    """What is lost by those who do not pay."""
    part = {"part": chosen.choice(("all", "unpaid"))}
    common = {"kind": "convert_to_common", **part, **some(chosen, 0.4, preferred_per_common=10)}
    return chosen.choice((common, {"kind": "lose_anti_dilution", **part}, {"kind": "none"}))


def pay_to_play(chosen: Random) -> Body:
    """What those lose who do not follow on."""
    return {"rounds": chosen.choice(("all", "down")), "consequence": consequence(chosen)}


def cumulative(chosen: Random, participation: str, *, to_come: bool) -> Body:
    """A dividend that accrues, settled in any way."""
    basis = cap_basis(chosen, participation)
    return {
        "rate": number(chosen, 0.02, 0.12), "day_count": chosen.choice(DAY_COUNTS), **chosen.choice(COMPOUNDING), **basis,
        "settlement": chosen.choice(("forfeit_on_conversion", "paid_in_kind", "paid_in_cash")),
        **({} if to_come else some(chosen, 0.3, accrued="400k USD", accrues_from="2026-09-15")),
    }  # fmt: skip


def declared(chosen: Random, participation: str, *, to_come: bool) -> Body:
    """A dividend that was declared."""
    owed = "0 USD" if to_come else number(chosen, 0, 1e6, "USD")
    return {"rate": "8%", "declared_unpaid": owed, **cap_basis(chosen, participation)}


def cap_basis(chosen: Random, participation: str) -> Body:
    """What the cap of participation holds."""
    bases = ("includes_dividends", "excludes_dividends")
    return {"participation_cap_basis": chosen.choice(bases)} if participation == "capped" else {}
