"""Terms that are drawn once the price of a round is known: who has them, what they pay, and what is told of them."""

import numpy as np
import pytest

import valsim
from tests.companies import STEADY, lively, steady
from tests.report.test_redemptions import shown
from tests.scenario.found import one
from tests.step.test_finance import PATHS
from tests.test_simulate import watched
from valsim.analysis.summary import summary
from valsim.result import Result

SENIOR = "senior: {if_down: 100%, series: {seniority: 3, liquidation_preference_multiple: 1.5}}"
LOW = "valuation.multiple={kind: constant, value: 0.5}"
"""Enterprise value 50M: with the 10M and the 40M of the round a sale pays 100M."""
EITHER = "valuation.multiple={kind: mean_reverting, start: {family: uniform, low: 2, high: 6}, mean: 5, half_life: 99 years, volatility: 0}"
"""Equity of 210M to 610M over 100M shares: a half of the paths is above the last price of 4."""


def round_b(drawn: str, price: str = "pre_money_valuation: 200M USD", more: str = "", closings: str = "") -> str:
    closing = f"{{name: only, at: 2026-07-01, new_money: 40M USD, {price}{more}}}"
    return (
        f"rounds=[{{name: b, series: {{like: series_a}}, drawn_terms: {{{drawn}}}, closings: [{closing}{closings}]}}]"
    )


def played(*overrides: str, paths: int = PATHS) -> Result:
    return valsim.simulate(steady(*overrides), paths=paths, threads=1)


def proceeds(result: Result, holder: str) -> float:
    (value,) = np.unique(result.outcomes["holder", holder, "proceeds"])
    return float(value)


def drawn(result: Result) -> list[int]:
    return result.outcomes["tranche", "b", "only", "drawn"].astype(int).tolist()


def test_new_money_of_a_down_round_is_paid_first_by_the_terms_that_were_drawn() -> None:
    alike, senior = played(round_b(""), LOW), played(round_b(SENIOR), LOW)
    # 40M of series b and 100M of series a share 100M; with the terms series b takes 1.5 times its money first.
    assert proceeds(alike, "other b investors") == pytest.approx(100e6 * 40 / 140, rel=1e-12)
    assert proceeds(senior, "other b investors") == pytest.approx(60e6, rel=1e-12)
    assert proceeds(senior, "Fund") == pytest.approx(40e6, rel=1e-12)
    worth = senior.valued["class", "b, senior", "present value"]
    assert worth == pytest.approx([60e6 / 1.04 ** senior.outcomes["exit time",][0]] * PATHS, rel=1e-12)
    assert not senior.valued["class", "b", "present value"].any()


def test_a_round_that_is_not_down_has_its_own_terms() -> None:
    up = played(round_b(SENIOR, "pre_money_valuation: 400M USD"), LOW)
    assert drawn(up) == [0] * PATHS
    assert proceeds(up, "other b investors") == pytest.approx(100e6 * 40 / 140, rel=1e-12)


def test_how_far_below_the_last_price_is_down_may_be_stated() -> None:
    # The price is 2 where the last one was 4.
    for below, code in (("51%", 1), ("50%", 0)):
        stated = SENIOR.replace("100%", f"100%, below: {below}")
        assert drawn(played(round_b(stated), LOW)) == [code] * PATHS


def test_the_price_of_the_path_decides() -> None:
    result = played(EITHER, round_b(SENIOR, "price: {of: equity_value, discount: 0%}"), paths=1000)
    step_up = result.outcomes["tranche", "b", "only", "step_up"]
    assert 400 < np.sum(step_up < 1) < 600
    assert np.array_equal(np.array(drawn(result)) == 1, step_up < 1)


def test_each_entry_draws_for_itself_with_the_chance_of_its_round() -> None:
    entries = "senior: {if_down: 63%, if_not_down: 28%, series: {seniority: 3}}, ratchet: {if_down: 10%, series: {anti_dilution: full_ratchet}}"
    chances = {"pre_money_valuation: 200M USD": (0.63, 0.1), "pre_money_valuation: 600M USD": (0.28, 0.0)}
    codes = {price: np.array(drawn(played(round_b(entries, price), paths=4000))) for price in chances}
    for price, (senior, ratchet) in chances.items():
        for place, chance in enumerate((senior, ratchet)):
            found = np.mean(codes[price] >> place & 1)
            assert abs(found - chance) <= 4 * (chance * (1 - chance) / 4000) ** 0.5  # four standard errors
    down, up = codes.values()
    assert abs(np.mean(down == 3) - 0.063) < 4 * (0.063 * 0.937 / 4000) ** 0.5
    # The same draws decide in both: whoever has a term in an up round has it in a down round too.
    assert not np.any((up & 1) > (down & 1))


def test_a_chance_may_be_a_formula_of_the_rows() -> None:
    formula = SENIOR.replace("100%", '"if(equity_value < 100M USD, 100%, 0%)"')
    assert drawn(played(round_b(formula), LOW)) == [1] * PATHS
    assert drawn(played(round_b(formula))) == [0] * PATHS


def test_each_set_of_terms_is_a_series_whose_money_adds_up() -> None:
    entries = (
        "senior: {if_down: 50%, series: {seniority: 3}}, "
        "double: {if_down: 50%, series: {liquidation_preference_multiple: 2, participation: full}}"
    )
    result = played(round_b(entries), LOW, paths=400)
    held = {
        holder: result.outcomes["holder", holder, "proceeds"]
        for holder in ("Ada", "other holders", "Fund", "other b investors")
    }
    assert sum(held.values()) == pytest.approx(result.outcomes["proceeds",], rel=1e-12)
    by_code = {code: set(held["other b investors"][np.array(drawn(result)) == code].round(2)) for code in range(4)}
    # Of 100M: pro rata with 100M of series a, 40M or 80M first, and what is left by conversion is nothing.
    assert by_code == {0: {round(100e6 * 40 / 140, 2)}, 1: {40e6}, 2: {round(100e6 * 80 / 180, 2)}, 3: {80e6}}
    series = watched(steady(round_b(entries), LOW), paths=400)[-1].ledger.series
    assert {"b", "b, senior", "b, double", "b, senior and double"} <= series.keys()
    assert series["b, senior and double"].participation == "full"  # type: ignore[attr-defined]


def test_a_later_closing_has_the_terms_of_the_first() -> None:
    later = ", {name: later, at: 2027-01-01, new_money: 20M USD}"
    result = played(round_b(SENIOR.replace("100%", "50%"), closings=later), LOW, paths=400)
    first, second = (result.outcomes["tranche", "b", name, "drawn"] for name in ("only", "later"))
    assert 100 < first.sum() < 300
    assert np.array_equal(first, second)
    # 120M at the sale: 1.5 times 60M first, or 60M beside 100M.
    assert set(result.outcomes["holder", "other b investors", "proceeds"].round(2)) == {90e6, 45e6}


def test_whoever_holds_preferred_and_does_not_pay_is_struck_where_it_was_drawn() -> None:
    holders = "captable.positions={Ada: {common: 60M}, Fund: {series_a: 50%}, Bo: {series_a: 50%}}"
    play = "play: {if_down: 50%, pay_to_play: {base: fully_diluted, consequence: convert_to_common}}"
    result = played(
        holders,
        LOW,
        round_b(play, more=", investors: {Bo: 5M USD}").replace("like: series_a", "like: series_a, seniority: 2"),
        paths=400,
    )
    struck = np.array(drawn(result)) == 1
    assert 100 < struck.sum() < 300
    # As by a term of the class: Bo pays its eighth, and Fund is common where it is asked to pay and does not.
    assert set(result.outcomes["holder", "Fund", "proceeds"][struck].round(2)) == {round(10e6 * 12.5 / 87.5, 2)}
    assert set(result.outcomes["holder", "Fund", "proceeds"][~struck].round(2)) == {30e6}
    assert np.array_equal(result.outcomes["event", "b", "only", "pay to play", "Fund"] > 0, struck)
    assert not result.outcomes["event", "b", "only", "pay to play", "Bo"].any()


def test_senior_terms_of_a_down_round_move_value_from_old_classes_to_the_new_ones() -> None:
    # The same random numbers: on each path the new investors get as much or more, the old ones as much or less.
    plain = lively("rounds[1].closings[0].price.discount=60%", "exits.ipo=null")
    text = "rounds[1].drawn_terms={senior: {if_down: 100%, series: {seniority: 9, liquidation_preference_multiple: 2}}}"
    terms = lively("rounds[1].closings[0].price.discount=60%", "exits.ipo=null", text)
    one_go, other = (valsim.simulate(each, paths=2000, threads=1) for each in (plain, terms))
    new, old = (
        [run.outcomes["holder", holder, "proceeds"] for run in (one_go, other)]
        for holder in ("other bridge investors", "other holders")
    )
    assert np.all(new[1] >= new[0] * (1 - 1e-9))
    assert new[1].mean() > 1.05 * new[0].mean()
    assert old[1].mean() < old[0].mean()
    assert np.array_equal(one_go.outcomes["proceeds",], other.outcomes["proceeds",])


def test_chunks_and_threads_change_no_bit() -> None:
    text = (
        "rounds[1].drawn_terms={senior: {if_down: 63%, if_not_down: 28%, series: {seniority: 9}}, "
        "ratchet: {if_down: 30%, if_not_down: 30%, series: {anti_dilution: full_ratchet}}, "
        "play: {if_down: 26%, pay_to_play: {base: preferred, consequence: convert_to_common}}}"
    )
    one_go, in_parts = (valsim.simulate(lively(text), paths=9000, threads=1, chunk=chunk) for chunk in (9000, 4096))
    assert one_go.outcomes.keys() == in_parts.outcomes.keys()
    assert all(np.array_equal(row, in_parts.outcomes[key], equal_nan=True) for key, row in one_go.outcomes.items())
    assert all(np.array_equal(row, in_parts.valued[key], equal_nan=True) for key, row in one_go.valued.items())


def test_what_was_drawn_is_told() -> None:
    told = summary(played(round_b(SENIOR), LOW))
    assert told["step_ups"][0]["terms_drawn_if_funded"]["senior"]["mean"] == 1.0
    terminal, page = shown(told)
    assert "a down round on 100 %, with senior on 100 %" in " ".join(terminal.split())
    assert "Terms that were drawn" in page


@pytest.mark.parametrize(
    ("entry", "place", "message"),
    [
        ("senior: {if_down: 63%}", "rounds[0].drawn_terms.senior",
         "terms that are drawn are those of a series, or pay_to_play"),
        ("only: {if_down: 63%, series: {seniority: 3}}", "rounds[0].drawn_terms.only",
         "a closing is called 'only' already"),
        ("capped: {if_down: 63%, series: {participation: capped}}", "rounds[0].drawn_terms.capped.series.participation",
         "participation: capped needs a participation_cap_multiple"),
        ("senior: {if_down: 63%, below: 0%, series: {seniority: 3}}", "rounds[0].drawn_terms.senior.below",
         "no price is below nothing, so no round would be down"),
        ("senior: {if_down: cash, series: {seniority: 3}}", "rounds[0].drawn_terms.senior.if_down",
         "expected a plain number, got USD"),
        (", ".join(f"t{i}: {{if_down: 9%, series: {{seniority: {i}}}}}" for i in range(4)), "rounds[0].drawn_terms",
         "each set of terms is a series of its own: 16 in all, at most 8"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told(entry: str, place: str, message: str) -> None:
    assert one(STEADY, round_b(entry)) == (place, message)


def test_drawn_terms_look_back_on_a_price() -> None:
    plain = "captable.classes={common: {kind: common, shares: 75M}}"
    series = "{kind: preferred, liquidation_preference_multiple: 1, participation: none, seniority: 1}"
    found = one(STEADY, plain, "captable.positions={}", round_b(SENIOR).replace("{like: series_a}", series))
    assert found[1] == "drawn_terms looks back on the last round, and no class of the cap table has a price"


def test_convertibles_become_shares_with_the_terms_that_were_drawn_and_all_money_is_paid_out() -> None:
    note = (
        "captable.classes.note={kind: convertible_note, principal: 4M USD, issued: 2026-01-01, interest_rate: 0%, day_count: 30/360, "
        "compounding: simple, accrued_interest: converts, converts_into: INTO, seniority: 2}"
    )
    held = "captable.positions={Ada: {common: 60M}, Fund: {series_a: 100%}, Lender: {note: 100%}}"
    rounds = round_b(SENIOR.replace("100%", "50%")).replace("drawn_terms", "conversion_method: pre_money, drawn_terms")
    for into in ("standard_series", "shadow_series"):
        result = played(note.replace("INTO", into), held, rounds, LOW, paths=400)
        senior = np.array(drawn(result)) == 1
        holders = {key[1] for key in result.outcomes if key[0] == "holder"}
        paid = sum(result.outcomes["holder", holder, "proceeds"] for holder in holders)
        assert paid == pytest.approx(result.outcomes["proceeds",], rel=1e-12)
        lender = result.outcomes["holder", "Lender", "proceeds"]
        assert lender[senior].min() > 1.2 * lender[~senior].max()


def test_a_round_alone_says_that_it_draws_nothing() -> None:
    table = {"classes": {"common": {"kind": "common", "shares": 8_000_000}}}
    terms = {"kind": "preferred", "liquidation_preference_multiple": 1, "participation": "none", "seniority": 1}
    drawn_terms = {"senior": {"if_down": "63%", "series": {"seniority": 3}}}
    closed = valsim.close_round(
        table, {"name": "b", "series": terms, "new_money": 4e6, "pre_money_valuation": 16e6, "drawn_terms": drawn_terms}
    )
    assert closed.price_per_share == pytest.approx(2.0)
    assert any("a round alone knows no round before it" in warning for warning in closed.warnings)
