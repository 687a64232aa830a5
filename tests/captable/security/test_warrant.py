import numpy as np
import pytest

from tests.captable.tables import held, preferred
from tests.companies import steady
from valsim.captable.liquidity.distribute import curves_of
from valsim.captable.liquidity.regime import all_converted, as_agreed
from valsim.captable.opening import cap_table_problems, open_ledger
from valsim.captable.security import Security
from valsim.captable.security.common import Common
from valsim.captable.security.option import Option
from valsim.captable.security.warrant import Warrant
from valsim.captable.waterfall import breakpoints, waterfall
from valsim.core.parameter import at_medians
from valsim.simulate import simulate


def warrant(exercise_price, on=None, exercise=None):
    return Warrant.model_construct(on=on, exercise_price=np.float64(exercise_price), exercise=exercise)


def series_a(exercise, strike=1.0, **terms):
    # slideshare 6960998: 1000 series A at 1 with a dividend of 0.5, 1000 warrants on them, options at 0.2, common shares.
    return held({
        "common": (Common(), 1000),
        "options": (Option.model_construct(exercise_price=np.float64(0.2), vested=np.float64(1)), 1000),
        "series_a": (preferred(1.0, liquidation_preference_multiple=np.float64(1.5), **terms), 1000),
        "warrants": (warrant(strike, "series_a", exercise), 1000),
    })  # fmt: skip


def payouts(ledger, *proceeds, regime=as_agreed):
    paid = waterfall(curves_of(ledger, regime), np.array(proceeds, float)).payouts
    return {name: pytest.approx(row.tolist(), rel=1e-12) for name, row in paid.items()}


def test_warrants_on_common_shares_are_paid_as_options_on_new_ones():
    table = held({"common": (Common(), 8e6), "warrants": (warrant(2.0), 2e6)})
    assert payouts(table, 16e6, 36e6) == {"common": [16e6, 32e6], "warrants": [0, 4e6]}
    named = held({"common": (Common(), 8e6), "warrants": (warrant(2.0, on="common"), 2e6)})
    assert payouts(named, 16e6, 36e6) == {"common": [16e6, 32e6], "warrants": [0, 4e6]}


def test_warrants_exercised_on_conversion_have_the_published_breakpoints():
    assert breakpoints(curves_of(series_a("on_conversion"), as_agreed)) == pytest.approx([1500, 1700, 3300, 4800])


def test_warrants_in_the_money_are_exercised_inside_the_rank_of_their_class():
    # A share of the class is paid 1.5 f: more than 1 from two thirds on, when common is still worth nothing.
    table = series_a("in_the_money")
    assert breakpoints(curves_of(table, as_agreed)) == pytest.approx([1000, 2000, 2200, 4800])
    assert payouts(table, 900, 1500, 2000, 4800, 6800) == {
        "common": [0, 0, 0, 1500, 2000],
        "options": [0, 0, 0, 1300, 1800],
        "series_a": [900, 1250, 1500, 1500, 2000],
        "warrants": [0, 250, 500, 500, 1000],
    }


def test_what_exercised_warrants_bring_is_what_buying_the_shares_would():
    # 1000 more shares of the class for 1000 of new money, once they are exercised: their holders net what they paid.
    table, grid = series_a("in_the_money", participation="full"), np.linspace(2100, 20000, 50)
    bought = held({name: (table.series[name], 1000 + 1000 * (name == "series_a")) for name in list(table.series)[:3]})
    paid = waterfall(curves_of(table, as_agreed), grid).payouts
    whole = waterfall(curves_of(bought, as_agreed), grid + 1000).payouts
    assert np.allclose(paid["series_a"], whole["series_a"] / 2, rtol=1e-12)
    assert np.allclose(paid["warrants"], whole["series_a"] / 2 - 1000, rtol=1e-12)


def test_warrants_on_a_class_that_nobody_holds_buy_its_preference():
    # 1000 shares of a preference of 1.5 for 1 each: the first 500 are theirs.
    table = held(
        {**{n: (t, 1000) for n, t in series_a("in_the_money").series.items()}, "series_a": (preferred(1.5), 0)}
    )
    assert payouts(table, 300, 700) == {
        "common": [0, 200],
        "options": [0, 0],
        "series_a": [0, 0],
        "warrants": [300, 500],
    }


@pytest.mark.parametrize("exercise", ["in_the_money", "on_conversion"])
def test_where_the_class_has_become_common_warrants_are_on_common_shares(exercise):
    table = series_a(exercise, conversion_price=np.float64(0.5))
    # each share of the class is two common ones: a warrant is worth 2 p - 1
    assert payouts(table, 6200 - 1200, regime=all_converted) == {
        "common": [1033.3333333333333], "options": [833.3333333333333], "series_a": [2066.6666666666665],
        "warrants": [1066.6666666666665],
    }  # fmt: skip


def test_warrants_count_as_the_shares_of_their_class_at_its_conversion_price_of_now():
    table = series_a("in_the_money").with_terms("series_a", conversion_price=np.float64(0.8))
    assert table.as_converted()["warrants", "warrants"] == 1250
    assert table.terms["warrants"].preference(np.float64(1000)) == 500


def test_a_class_that_never_converts_leaves_its_warrants_the_option_on_its_preference():
    kept = {name: series_a(name).terms["warrants"].kept(np.float64(1000)) for name in ("in_the_money", "on_conversion")}
    assert [float(claim.amount) for claim in kept["in_the_money"].claims] == [500]
    assert (kept["in_the_money"].calls, kept["on_conversion"].claims) == ((), ())


def test_a_run_pays_warrants_on_preferred_shares():
    # 510M of equity and 20M that are paid for 5M shares of series A: 105M shares of 530M / 105M each.
    warrants = "{kind: warrant, shares: 5M, on: series_a, exercise_price: 4 USD, exercise: in_the_money}"
    scenario = steady(f"captable.classes.warrants={warrants}", "captable.positions.Lender={warrants: 100%}")
    result = simulate(scenario, paths=16)
    paid = {holder: result.outcomes["holder", holder, "proceeds"] for holder in ("Ada", "Fund", "Lender")}
    assert paid["Ada"] == pytest.approx(60e6 * 530 / 105, rel=1e-12)
    assert paid["Fund"] == pytest.approx(25e6 * 530 / 105, rel=1e-12)
    assert paid["Lender"] == pytest.approx(5e6 * (530 / 105 - 4), rel=1e-12)


CLASSES = {
    "common": {"kind": "common", "shares": "8M"},
    "series_a": {
        "kind": "preferred", "shares": "2M", "original_issue_price": "2.5 USD", "liquidation_preference_multiple": 1,
        "participation": "none", "seniority": 1, "anti_dilution": "none",
    },
    "warrants": {"kind": "warrant", "shares": "1M", "exercise_price": "2.5 USD"},
}  # fmt: skip
IN_TIME = {"on": "series_a", "exercise": "in_the_money"}


def problems(changes, order=tuple(CLASSES)):
    document = {**CLASSES, "warrants": {**CLASSES["warrants"], **changes}}
    return cap_table_problems({name: Security.choose(document[name]) for name in order}, {})


@pytest.mark.parametrize("changes", [{}, {"on": "common"}, IN_TIME, {"on": "series_a", "exercise": "on_conversion"}])
def test_a_sound_warrant_has_no_problems(changes):
    assert problems(changes) == ()


@pytest.mark.parametrize(
    ("changes", "order", "place", "message"),
    [
        ({"on": "series_b", "exercise": "in_the_money"}, tuple(CLASSES), "on", "no class 'series_b' is listed before"),
        (IN_TIME, ("common", "warrants", "series_a"), "on", "no class 'series_a' is listed before"),
        ({"on": "warrants"}, tuple(CLASSES), "on", "no class 'warrants' is listed before"),
        ({"on": "series_a"}, tuple(CLASSES), "on", "reads warrants on preferred shares in two ways"),
        ({"exercise": "on_conversion"}, tuple(CLASSES), "exercise", "have one reading"),
    ],
)
def test_warrants_that_name_no_shares_or_no_reading_are_refused_where_they_stand(changes, order, place, message):
    (problem,) = problems(changes, order)
    assert problem.place == f"classes.warrants.{place}"
    assert message in problem.message


def test_a_warrant_on_warrants_is_refused():
    classes = {name: Security.choose(document) for name, document in CLASSES.items()}
    again = Security.choose({**CLASSES["warrants"], "on": "warrants", "exercise": "in_the_money"})
    (problem,) = cap_table_problems({**classes, "again": again}, {})
    assert problem.place == "classes.again.on"
    assert problem.message == "a warrant buys common or preferred shares, and 'warrants' is neither"


def test_no_dividend_has_accrued_on_a_share_that_a_warrant_buys():
    dividend = {"accrued": "1M USD", "settlement": "forfeit_on_conversion"}
    document = {**CLASSES, "series_a": {**CLASSES["series_a"], "cumulative_dividend": dividend}}
    document["warrants"] = {**CLASSES["warrants"], **IN_TIME, "exercise_price": "2 USD"}
    ledger = open_ledger({name: at_medians(Security.choose(body)) for name, body in document.items()}, {})
    assert [float(ledger.terms[name].preference(np.float64(1e6))) for name in ("series_a", "warrants")] == [3e6, 0.5e6]
