"""Rounds that look back on the last one in the story: by the time since, by a step-up, and what is told of them."""

import numpy as np
import pytest

import valsim
from tests.companies import STEADY, lively, steady
from tests.report.test_redemptions import shown
from tests.scenario.found import one
from tests.step.test_finance import GROWS, payments
from tests.test_simulate import watched
from valsim.analysis.summary import summary
from valsim.captable.financing.outcome import FUNDED
from valsim.core.rows import Row
from valsim.result import Result

PRICED = "new_money: 10M USD, price: {of: equity_value, discount: 0%}"
STILL = "valuation.multiple={kind: constant, value: 5}"


def rounds(closing: str, terms: str = "") -> str:
    return (
        f"rounds=[{{name: b, series: {{like: series_a, seniority: 2}}, {terms} closings: [{{name: only, {closing}}}]}}]"
    )


def played(*overrides: str, paths: int = 2) -> Result:
    return valsim.simulate(steady(STILL, *overrides), paths=paths, threads=1)


def told(result: Result, what: str, time: str = "b") -> Row:
    return result.outcomes["tranche", time, "only", what]


def test_a_round_comes_so_long_after_the_last_one_however_often_it_is_repeated() -> None:
    # Series A is of 2025-01-01; on a quarterly grid 15 months are over with the first quarter in which they have passed.
    result = played(rounds(PRICED, "at_most: 3, time_between_rounds: 14 months,"))
    days = ["2026-04-01", "2027-07-01", "2028-10-01"]
    assert list(payments(result, "other b investors")) == days
    assert told(result, "time_since_last_round", "b 2") == pytest.approx([456 / 365.25] * 2)


def test_the_time_between_rounds_has_its_distribution_anew_for_each_time() -> None:
    spans = "at_most: 2, time_between_rounds: {family: lognormal, p10: 4 months, p90: 12 months},"
    result = played(
        rounds(PRICED, spans),
        "step=month",
        "horizon=8 years",
        "captable.classes.series_a.issued=2026-01-01",
        paths=3000,
    )
    assert set(told(result, "code", "b 2").tolist()) == {FUNDED}
    since = [told(result, "time_since_last_round", time) for time in ("b 1", "b 2")]
    for row in since:
        # Four months have three or four regular steps; a span is over at the first step after it, half a month later in the mean.
        assert abs(np.mean(row <= (4 + 0.5) / 12) - 0.1) < 0.04
        assert np.median(row) == pytest.approx((48**0.5 + 0.5) / 12, rel=0.08)
    assert abs(np.corrcoef(*since)[0, 1]) < 4 / 3000**0.5  # four standard errors of independent draws


def test_a_condition_has_to_hold_besides() -> None:
    result = played(GROWS, rounds(f"when: users >= 150, {PRICED}", "time_between_rounds: 1 day,"))
    assert list(payments(result, "other b investors")) == ["2026-10-01"]


def test_a_round_waits_for_a_step_up() -> None:
    # Equity is 510M from the start, and the last post-money 4 USD on 100M shares: 1.275 times as much.
    assert list(
        payments(
            played(rounds(f"when: equity_value >= 1.2 * last_post_money_valuation, {PRICED}")), "other b investors"
        )
    )
    assert not payments(
        played(rounds(f"when: equity_value >= 1.3 * last_post_money_valuation, {PRICED}")), "other b investors"
    )


def test_the_rows_look_back_on_the_last_closing() -> None:
    states = watched(
        steady(STILL, rounds(f"at: 2026-07-01, {PRICED}"), "captable.splits=[{at: 2027-01-01, ratio: 10 for 1}]"),
        paths=2,
    )
    prices = [float(np.ravel(state.rows["last_price_per_share"])[0]) for state in states[:-1]]
    assert prices == pytest.approx([4.0] * 2 + [5.1] * 2 + [0.51] * (len(prices) - 4))
    since = [float(np.ravel(state.rows["time_since_round"])[0]) for state in states[:4]]
    assert since == pytest.approx([365 / 365.25, 455 / 365.25, 0.0, 92 / 365.25])
    assert float(np.ravel(states[5].rows["last_post_money_valuation"])[0]) == pytest.approx(520e6)


def test_the_step_up_is_that_of_the_price_per_share_also_over_a_split() -> None:
    for split in ("captable.splits=[]", "captable.splits=[{at: 2026-05-05, ratio: 10 for 1}]"):
        assert told(played(rounds(f"at: 2026-07-01, {PRICED}"), split), "step_up") == pytest.approx([5.1 / 4] * 2)


def test_a_down_round_is_told_with_its_chance_on_the_page_and_in_the_terminal() -> None:
    down = rounds("at: 2026-07-01, new_money: 10M USD, price: {of: equity_value, discount: 40%}")
    unprotected = "captable.classes.series_a.anti_dilution=null"
    found = summary(played(down, unprotected))["step_ups"][0]
    assert found["down_round_if_funded"]["mean"] == 1.0
    assert found["step_up"]["quantiles"]["0.5"] == pytest.approx(0.6 * 5.1 / 4)
    assert found["new_money_over_post_money"]["quantiles"]["0.5"] == pytest.approx(10 / 316)
    terminal, page = shown(summary(played(down)))
    assert "0.77x after 18 months, a down round on 100 %" in " ".join(terminal.split())
    assert "Prices against the last round" in page


def test_what_no_round_came_before_has_no_step_up() -> None:
    common = "captable.classes={common: {kind: common, shares: 75M}}"
    terms = "series: {kind: preferred, liquidation_preference_multiple: 1, participation: none, seniority: 1}"
    first = f"rounds=[{{name: b, {terms}, closings: [{{name: only, at: 2026-07-01, {PRICED}}}]}}]"
    found = summary(played(common, "captable.positions={}", first))["step_ups"][0]
    assert found["step_up"]["quantiles"]["0.5"] is None
    assert found["down_round_if_funded"] == {"mean": None, "standard_error": None}


@pytest.mark.parametrize(
    ("overrides", "place", "message"),
    [
        (
            ("captable.classes={common: {kind: common, shares: 75M}}", "captable.positions={}",
             "exits={wind_down: {when: time_since_round > 3 years, recovery: 0%}}"),
            "exits.wind_down.when",
            "time_since_round looks back on the last round, and no class of the cap table has a price",
        ),
        (
            ("captable.classes.series_a.issued=null", rounds(PRICED, "time_between_rounds: 1 year,")),
            "rounds[0].time_between_rounds",
            "time_between_rounds counts from the last round, and 'series_a' has a price without a date",
        ),
        (
            (rounds(f"at: 2026-07-01, {PRICED}", "time_between_rounds: 1 year,"),),
            "rounds[0].time_between_rounds",
            "its first closing has a date or a window, and time_between_rounds says when it comes",
        ),
        (
            (rounds(PRICED, "time_between_rounds: 12,"),),
            "rounds[0].time_between_rounds",
            "expected a duration such as 18 months, got '12'",
        ),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told(overrides: tuple[str, ...], place: str, message: str) -> None:
    assert one(STEADY, *overrides) == (place, message)


def test_chunks_and_threads_change_no_bit() -> None:
    later = "rounds[1].time_between_rounds={family: lognormal, p10: 6 months, p90: 24 months}"
    one_go, in_parts = (valsim.simulate(lively(later), paths=5000, threads=1, chunk=chunk) for chunk in (5000, 4096))
    assert all(np.array_equal(row, in_parts.outcomes[key], equal_nan=True) for key, row in one_go.outcomes.items())
    assert np.sum(one_go.outcomes["tranche", "bridge 2", "bridge", "code"] == FUNDED) > 0
