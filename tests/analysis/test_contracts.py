"""What contract terms came to, counted over paths that are made by hand."""

from tests.analysis.made import made
from tests.companies import steady
from valsim.analysis.convertibles import convertibles
from valsim.analysis.investor_rights import penalties, pro_rata
from valsim.analysis.listings import ipo_ratchets, vetoes
from valsim.analysis.senior_claims import senior_claims

ROUND = (
    "rounds=[{name: b, conversion_method: pre_money, series: {like: series_a}, closings: "
    "[{name: only, at: 2026-07-01, new_money: 10M USD, pre_money_valuation: 200M USD}]}]"
)
SAFE = "captable.classes.safe={kind: safe, purchase_amount: 1M USD, conversion_discount: 20%, converts_into: shadow_series, seniority: 1}"
LISTING = "captable.classes.series_a.automatic_conversion={offer_price_at_least: 2 USD, below: blocks_ipo}"
RATCHET = "captable.classes.series_a.ipo_ratchet_multiple=1.2"


def test_a_loan_is_paid_repaid_before_or_left_owed() -> None:
    rows = {
        ("paid first", "loan"): [4.0, 0.0, 2.0, 0.0],
        ("left owed", "loan"): [0.0, 0.0, 2.0, 4.0],
        ("repaid before", "loan"): [0.0, 1.0, 0.0, 0.0],
    }
    scenario = steady("captable.debt={loan: {kind: venture_debt, claim: 4 USD, seniority: 1}}")
    (found,) = senior_claims(made(rows, scenario=scenario))
    assert (found["name"], found["paid_at_exit"]["mean"], found["probability_paid_at_exit"]["mean"]) == (
        "loan",
        1.5,
        0.5,
    )
    assert found["debt"]["probability_repaid_before_exit"]["mean"] == 0.25
    assert (found["debt"]["probability_left_owed"]["mean"], found["debt"]["left_owed"]["mean"]) == (0.5, 3.0)


def test_claims_stand_in_the_order_in_which_they_are_paid() -> None:
    lent = "{kind: venture_debt, claim: 4 USD, seniority: %d}"
    terms = f"captable.debt={{junior: {lent % 1}, senior: {lent % 2}}}"
    costs = "captable.transaction_costs={fraction: 2%, paid_at: [acquisition]}"
    names = ("transaction_costs", "junior", "senior")
    rows = {(what, name): [0.0, 0.0] for name in names for what in ("paid first", "left owed", "repaid before")}
    found = senior_claims(made(rows, scenario=steady(terms, costs)))
    assert [each["name"] for each in found] == ["transaction_costs", "senior", "junior"]


def test_a_safe_ends_once_on_every_path() -> None:
    rows = {
        ("convertible", "safe", "held"): [0.0, 1.0, 1.0, 1.0],
        ("convertible", "safe", "takes shares"): [0.0, 1.0, 0.0, 0.0],
        ("convertible", "safe", "paid"): [0.0, 3.0, 1.0, 0.0],
        ("event", "b", "only", "converted", "safe"): [1.0, 0.0, 0.0, 0.0],
    }
    (found,) = convertibles(made(rows, scenario=steady(SAFE, ROUND)))
    assert [(each["tranche"], each["probability"]) for each in found["converted"]] == [("only", 0.25)]
    ends = ("repaid", "shares_at_exit", "money_at_exit", "nothing_at_exit")
    assert [found[end]["probability"] for end in ends] == [0.0, 0.25, 0.25, 0.25]
    assert (found["shares_at_exit"]["paid"]["mean"], found["money_at_exit"]["paid"]["mean"]) == (3.0, 1.0)


def test_a_veto_is_counted_among_planned_listings_and_a_ratchet_among_those_that_happen() -> None:
    rows = {
        ("listing", "planned"): [1.0, 1.0, 1.0, 0.0],
        ("listing", "blocked"): [1.0, 0.0, 0.0, 0.0],
        ("ratchet", "series_a"): [0.0, 8.0, 0.0, 0.0],
    }
    result = made(rows, scenario=steady(LISTING, RATCHET))
    veto, (ratchet,) = vetoes(result), ipo_ratchets(result)
    assert veto is not None
    assert (veto["classes"], veto["planned"]["mean"], veto["blocked_if_planned"]["mean"]) == (["series_a"], 0.75, 1 / 3)
    assert (ratchet["struck_if_listed"]["mean"], ratchet["added"]["mean"]) == (0.5, 8.0)


def test_rights_are_counted_where_the_closing_is_funded_and_penalties_over_all_paths() -> None:
    rows = {
        ("tranche", "b", "only", "code"): [1, 1, 3, 1],
        ("event", "b", "only", "by right", "Fund"): [5.0, 0.0, 0.0, 0.0],
        ("event", "b", "only", "by right", "Ada"): [0.0, 0.0, 0.0, 0.0],
        ("event", "b", "only", "pay to play", "Fund"): [0.0, 1.0, 0.0, 0.0],
    }
    result = made(rows, scenario=steady(ROUND))
    (taken,), (struck,) = pro_rata(result), penalties(result)
    assert (taken["holder"], taken["taken_if_funded"]["mean"], taken["money"]["mean"]) == ("Fund", 1 / 3, 5.0)
    assert (struck["holder"], struck["because"], struck["probability"]) == ("Fund", "pay_to_play", 0.25)


def test_without_terms_there_is_nothing_to_tell() -> None:
    result = made({("exit",): [0, 0]})
    assert [tell(result) for tell in (senior_claims, convertibles, ipo_ratchets, pro_rata, penalties)] == [[]] * 5
    assert vetoes(result) is None
