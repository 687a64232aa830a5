import numpy as np
import pytest

from tests.captable.oracle import Class, Fraction, paid_with
from tests.captable.tables import held, preferred
from valsim.captable.curve import Call, Claim, Curve
from valsim.captable.liquidity.distribute import curves_of
from valsim.captable.liquidity.regime import as_agreed
from valsim.captable.security.common import Common
from valsim.captable.security.option import Option
from valsim.captable.waterfall import BLOCK, breakpoints, waterfall

SERIES_A = preferred(2.5)
CAPPED_A = preferred(2.5, participation="capped", participation_cap_multiple=np.float64(2))
SENIOR_B = preferred(6.0, seniority=np.float64(2))
GAME = {"common": (Common(), 8e6), "series_a": (CAPPED_A, 2e6), "series_b": (SENIOR_B, 1.5e6)}
"""The worked example of github:ogulcan-ozyavuz/algorithmic-game-theory-for-private-equity@2cc17f52, README.md."""


def paid(classes, *proceeds):
    payouts = waterfall(curves_of(held(classes), as_agreed), np.array(proceeds)).payouts
    return {name: row.tolist() for name, row in payouts.items()}


def test_a_holder_keeps_its_preference_until_a_common_share_is_worth_as_much():
    classes = {"common": (Common(), 8e6), "series_a": (SERIES_A, 2e6)}
    assert paid(classes, 0, 4e6, 15e6, 25e6, 35e6)["series_a"] == [0, 4e6, 5e6, 5e6, 7e6]


def test_a_participating_holder_has_both():
    classes = {"common": (Common(), 8e6), "series_a": (preferred(2.5, participation="full"), 2e6)}
    assert paid(classes, 35e6) == {"common": [24e6], "series_a": [11e6]}


def test_a_capped_holder_stops_at_its_cap_and_converts_when_common_is_worth_more():
    classes = {"common": (Common(), 8e6), "series_a": (CAPPED_A, 2e6)}
    assert paid(classes, 25e6, 30e6, 40e6, 50e6, 60e6)["series_a"] == pytest.approx([9e6, 10e6, 10e6, 10e6, 12e6])


def test_a_higher_seniority_is_paid_first_and_equal_ones_pro_rata():
    junior = {"common": (Common(), 8e6), "series_a": (SERIES_A, 2e6), "series_b": (SENIOR_B, 1.5e6)}
    equal = {**junior, "series_b": (preferred(6.0), 1.5e6)}
    assert paid(junior, 10e6)["series_b"] == [9e6]
    assert paid(equal, 10e6)["series_b"] == pytest.approx([45e6 / 7])


def test_options_are_exercised_only_above_their_price_and_their_price_is_shared():
    options = Option.model_construct(exercise_price=np.float64(2), vested=np.float64(0.5))
    classes = {"common": (Common(), 8e6), "options": (options, 4e6)}
    # 2M vested options bring 4M: 40M + 4M over 10M shares are 4.4 a share
    assert paid(classes, 15e6, 16e6, 40e6)["options"] == pytest.approx([0, 0, 2e6 * 2.4])


def test_a_class_that_was_not_issued_on_a_path_is_paid_nothing_there_whatever_its_terms():
    series_b = preferred(np.array([6.0, np.nan]), seniority=np.float64(2))
    classes = {"common": (Common(), 8e6), "series_b": (series_b, np.array([1.5e6, 0.0]))}
    result = waterfall(curves_of(held(classes), as_agreed), np.array([20e6, 20e6]))
    assert result.payouts["series_b"].tolist() == [9e6, 0]
    assert result.payouts["common"].tolist() == [11e6, 20e6]
    assert result.price.tolist() == [11 / 8, 20 / 8]


def test_a_path_is_paid_the_same_whichever_paths_are_solved_with_it():
    random = np.random.default_rng(20260220)
    count = 2 * BLOCK + 17
    classes = {
        "common": (Common(), random.uniform(5e6, 9e6, count)),
        "series_a": (preferred(random.uniform(1, 4, count), participation="full"), random.uniform(1e6, 3e6, count)),
        "series_b": (preferred(random.uniform(1, 9, count)), random.uniform(1e6, 3e6, count)),
    }
    ledger, proceeds = held(classes), random.lognormal(17, 1, count)
    together = waterfall(curves_of(ledger, as_agreed), proceeds).payouts["series_b"]
    for some in (np.arange(count) % 3 == 1, np.arange(count) < 5, np.arange(count) == BLOCK):
        alone = waterfall(curves_of(ledger.at(some), as_agreed), proceeds[some]).payouts["series_b"]
        assert np.array_equal(together[some], alone)


def test_a_class_that_nobody_holds_changes_no_bit_of_what_the_others_are_paid():
    proceeds = np.random.default_rng(7).uniform(1e6, 1e9, 2000)
    empty = {"series_x": (preferred(3.7, participation="full"), 0.0), "series_y": (preferred(11.3), 0.0)}
    alone, beside = (waterfall(curves_of(held(game), as_agreed), proceeds).payouts for game in (GAME, GAME | empty))
    assert all(np.array_equal(alone[name], beside[name]) for name in GAME)


def test_shared_terms_pay_to_the_bit_what_the_same_terms_by_path_pay():
    proceeds = np.random.default_rng(7).lognormal(17, 1, 1000)
    shared, by_path = curves_of(held(GAME), as_agreed), {}
    for name, curve in shared.items():
        claims = tuple(Claim(np.full(1000, claim.amount), claim.seniority) for claim in curve.claims)
        calls = tuple(Call(np.full(1000, call.price), np.full(1000, call.shares)) for call in curve.calls)
        by_path[name] = Curve(claims, calls)
    one, other = waterfall(shared, proceeds), waterfall(by_path, proceeds)
    assert all(np.array_equal(one.payouts[name], other.payouts[name]) for name in GAME)


def test_proceeds_may_have_any_shape():
    grid = np.array([[0.0, 15e6, 25e6], [35e6, 40e6, 60e6]])
    payouts = waterfall(curves_of(held(GAME), as_agreed), grid).payouts
    flat = waterfall(curves_of(held(GAME), as_agreed), grid.ravel()).payouts
    assert payouts["series_a"].tolist() == flat["series_a"].reshape(grid.shape).tolist()


@pytest.mark.parametrize("wrong", [-1.0, np.nan, np.inf])
def test_proceeds_that_are_no_money_are_refused(wrong):
    with pytest.raises(ValueError, match="proceeds"):
        waterfall(curves_of(held(GAME), as_agreed), np.array([1e6, wrong]))


@pytest.mark.parametrize("calls", [(), (Call(np.float64(0), np.zeros(1)),)])
def test_money_that_nobody_shares_in_is_refused(calls):
    curves = {"debt": Curve((Claim(np.float64(5e6), 1.0),), calls)}
    assert waterfall(curves, np.array([4e6])).payouts["debt"] == [4e6]
    with pytest.raises(ValueError, match="no class shares"):
        waterfall(curves, np.array([6e6]))


def test_breakpoints_are_where_the_next_dollar_goes_elsewhere():
    assert breakpoints(curves_of(held(GAME), as_agreed)) == pytest.approx([9e6, 14e6, 39e6, 59e6, 69e6], rel=1e-12)


def test_a_breakpoint_is_listed_once_and_a_class_without_shares_has_none():
    classes = {
        "common": (Common(), 1e6),
        "a": (preferred(0.1 + 0.2), 1e6),
        "b": (preferred(0.3), 1e6),
        "c": (preferred(0.7), 0),
    }
    assert breakpoints(curves_of(held(classes), as_agreed)) == pytest.approx([6e5, 9e5])


# A preferred class is due 1500, and 1000 warrants on it are worth 0.5 each in the end: exercised when it has 1.0 of its 1.5.
INSIDE = {
    "A": Curve((Claim(np.float64(1500), 1.0),)),
    "warrants": Curve((Claim(np.float64(500), 1.0, after=2 / 3),)),
    "junior": Curve((Claim(np.float64(100), 0.0),)),
    "common": Curve(calls=(Call(np.float64(0), np.float64(1000)),)),
}


@pytest.mark.parametrize(
    ("proceeds", "expected"),
    [
        (600, (600, 0, 0, 0)),
        (1000, (1000, 0, 0, 0)),
        (1500, (1250, 250, 0, 0)),
        (2000, (1500, 500, 0, 0)),
        (2050, (1500, 500, 50, 0)),
        (3100, (1500, 500, 100, 1000)),
    ],
)
def test_a_claim_may_start_inside_its_rank(proceeds, expected):
    result = waterfall(INSIDE, np.float64(proceeds)).payouts
    assert [float(result[name]) for name in INSIDE] == pytest.approx(expected, rel=1e-14)


def test_where_a_claim_starts_inside_its_rank_is_a_breakpoint():
    assert breakpoints(INSIDE) == pytest.approx([1000, 2000, 2100], rel=1e-14)


def test_claims_that_start_inside_their_rank_on_some_paths_change_no_bit_of_the_others():
    random = np.random.default_rng(3)
    after, amounts = np.where(random.random(500) < 0.5, 0.0, random.random(500)), random.uniform(1, 9, (3, 500))
    names, proceeds = ("a", "b", "c"), random.uniform(0, 9, 500)

    def solved(some):
        starts = (np.float64(0), after[some], after[some] / 2)
        claims = [Claim(row[some], 1.0, start) for row, start in zip(amounts, starts, strict=True)]
        curves = {name: Curve((claim,)) for name, claim in zip(names, claims, strict=True)}
        return waterfall({**curves, "common": INSIDE["common"]}, proceeds[some]).payouts

    together, alone = solved(np.arange(500)), solved(np.flatnonzero(after == 0))
    assert all(np.array_equal(together[name][after == 0], alone[name]) for name in names)
    assert np.allclose(sum(together.values()), proceeds, rtol=1e-14, atol=0)


def test_classes_convert_in_the_order_of_their_preference_per_common_share():
    # Metrick and Yasuda: D converts at 40M, B at 55M, A and C at 76M.
    classes = {
        "founders": (Common(), 10e6),
        "A": (preferred(1.0, liquidation_preference_multiple=np.float64(2), seniority=np.float64(1)), 5e6),
        "B": (preferred(1.25, seniority=np.float64(2)), 8e6),
        "C": (preferred(2.0, seniority=np.float64(3)), 5e6),
        "D": (preferred(0.5, seniority=np.float64(4)), 10e6),
    }
    thresholds = breakpoints(curves_of(held(classes), as_agreed))
    assert thresholds == pytest.approx([5e6, 15e6, 25e6, 35e6, 40e6, 55e6, 76e6])


def test_the_slow_waterfall_pays_the_published_matrix_of_decisions():
    # Same source as GAME: payoffs of (A, B) at 60M for each profile of decisions, rounded to the dollar.
    f = Fraction
    classes = [
        Class("common", f(8_000_000)),
        Class("A", f(2_000_000), None, f(5_000_000), "capped", f(10_000_000), 1, f(2_000_000)),
        Class("B", f(1_500_000), None, f(9_000_000), "none", None, 2, f(1_500_000)),
    ]
    keep, convert = "keep", "convert"
    published = {
        (keep, keep): (10000000, 9000000), (convert, keep): (10200000, 9000000),
        (keep, convert): (10000000, 7894737), (convert, convert): (10434783, 7826087),
    }  # fmt: skip
    for decisions, expected in published.items():
        got = paid_with(classes, f(60_000_000), ("keep", *decisions))
        assert (round(got["A"]), round(got["B"])) == expected
