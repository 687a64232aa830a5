"""Financing within a step: windows, milestones, waivers, lapses and what follows what."""

from typing import Any

import numpy as np
import pytest

import valsim
from tests.companies import steady
from valsim.captable.financing.outcome import FUNDED, MISSED, NO_PRICE, NOT_FOLLOWED, WAIVED
from valsim.core.timeline import years_between
from valsim.result import Result

PAID = "new_money: 10M USD"
FIRST = f"{{name: first, at: 2026-07-01, {PAID}, price_per_share: 4 USD}}"
GROWS = "drivers.users={kind: geometric_brownian, start: 100, growth: 100%, volatility: 0}"
"""100 users, 141 after half a year, 200 after one, 400 after two."""
PATHS = 2


def played(*closings: str, overrides: tuple[str, ...] = (), paths: int = PATHS, **terms: Any) -> Result:
    """The company in which nothing moves but users, with a round ``b``."""
    listed = ", ".join(closings)
    more = "".join(f"{key}: {value}, " for key, value in terms.items())
    rounds = f"rounds=[{{name: b, series: {{like: series_a, seniority: 2}}, {more}closings: [{listed}]}}]"
    return valsim.simulate(steady(GROWS, *overrides, rounds), paths=paths, threads=1)


def codes(result: Result, tranche: str, terms: str = "b") -> list[int]:
    return result.outcomes["tranche", terms, tranche, "code"].tolist()


def payments(result: Result, holder: str) -> dict[str, float]:
    """What a holder paid on the first paths together, by the date of the step."""
    dates = {repr(step.time): step.date.isoformat() for step in result.scenario.steps}
    paid = ((time, sums) for (name, time), sums in result.paid_in.items() if name == holder)
    return {dates[time]: float(sums.sum()) for time, sums in paid if time in dates}


def test_a_closing_at_a_date_happens_on_that_day() -> None:
    result = played(FIRST)
    assert codes(result, "first") == [FUNDED] * PATHS
    assert payments(result, "other b investors") == {"2026-07-01": -20e6}


def test_money_raised_is_cash_of_the_company() -> None:
    assert played(FIRST).outcomes["proceeds",] == pytest.approx([520e6] * PATHS, rel=1e-12)


def test_a_window_closes_a_tranche_in_the_first_step_in_which_its_condition_holds() -> None:
    gated = f"{{name: gated, between: [2026-02-01, 2028-01-01], when: users >= 200, {PAID}, price_per_share: 4 USD}}"
    assert payments(played(gated), "other b investors") == {
        "2027-04-01": -20e6
    }  # 365 days are a little short of a year


def test_all_conditions_of_a_milestone_hold_at_once() -> None:
    audit = "signals={audit: {at: 2027-08-15, probability: 100%}}"
    gated = f"{{name: gated, between: [2026-02-01, 2028-01-01], when: users >= 200 and audit, {PAID}, price_per_share: 4 USD}}"
    assert payments(played(gated, overrides=(audit,)), "other b investors") == {"2027-08-15": -20e6}


def test_a_condition_that_held_before_the_window_and_no_more_is_missed() -> None:
    gated = f"{{name: gated, between: [2026-07-01, 2027-01-01], when: users <= 120, {PAID}, price_per_share: 4 USD}}"
    assert codes(played(gated), "gated") == [MISSED + 1] * PATHS


def test_a_window_without_a_condition_closes_where_it_opens() -> None:
    window = f"{{name: open, between: [2026-08-10, 2027-01-01], {PAID}, price_per_share: 4 USD}}"
    assert payments(played(window), "other b investors") == {"2026-08-10": -20e6}


def test_a_milestone_is_met_at_the_very_end_of_its_window() -> None:
    gated = f"{{name: gated, between: [2026-02-01, 2027-01-02], when: users >= 200, {PAID}, price_per_share: 4 USD}}"
    assert payments(played(gated), "other b investors") == {"2027-01-02": -20e6}


def gated(extra: str = "", when: str = "users >= 1000 and revenue > 0 USD/year and users > 500") -> str:
    return f"{{name: gated, between: [2026-08-01, 2027-01-01], when: {when}, {PAID}{extra}}}"


def test_a_milestone_that_is_missed_lapses_at_the_end_of_its_window_with_the_parts_that_were_missed() -> None:
    assert codes(played(FIRST, gated()), "gated") == [MISSED + 0b101] * PATHS


@pytest.mark.parametrize(("probability", "code"), [("0%", MISSED + 0b101), ("100%", WAIVED)])
def test_investors_waive_a_missed_condition_never_or_always(probability: str, code: int) -> None:
    result = played(FIRST, gated(f", if_not_met: {{probability: {probability}}}"))
    assert codes(result, "gated") == [code] * PATHS
    assert ("2027-01-01" in payments(result, "other b investors")) is (code == WAIVED)


def test_investors_waive_with_their_probability_on_each_path() -> None:
    result = played(FIRST, gated(", if_not_met: {probability: 30%}"), paths=4000)
    waived = np.mean(np.array(codes(result, "gated")) == WAIVED)
    assert abs(waived - 0.3) < 4 * np.sqrt(0.3 * 0.7 / 4000)  # 4 standard errors


def test_a_met_condition_needs_no_waiver() -> None:
    result = played(FIRST, gated(", if_not_met: {probability: 100%}", when="users >= 150"))
    assert codes(result, "gated") == [FUNDED] * PATHS


@pytest.mark.parametrize(
    ("closings", "value"),
    [
        ((gated(', if_lapsed: {multiple: "* 0.5"}'),), 270e6),
        ((gated(', if_lapsed: {multiple: "* 0.5"}, if_not_met: {probability: 100%}'),), 530e6),
        ((gated(', if_funded: {multiple: "* 2"}', when="users > 0"),), 1030e6),
        ((gated(', if_funded: {multiple: "* 2"}'),), 520e6),
        ((gated(', if_failed: {multiple: "* 0.5"}, probability: 0%', when="users > 0"),), 270e6),
        ((gated(', if_failed: {multiple: "* 0.5"}'),), 520e6),
    ],
    ids=["lapsed", "waived and not lapsed", "funded", "not funded", "failed", "missed and not failed"],
)
def test_effects_come_where_their_event_does(closings: tuple[str, ...], value: float) -> None:
    # Enterprise value is 500M, cash is 10M and 10M more from each closing that is funded.
    still = "valuation.multiple={kind: constant, value: 5}"
    result = played(FIRST, *closings, overrides=(still,))
    assert result.outcomes["proceeds",] == pytest.approx([value] * PATHS, rel=1e-12)


def test_a_closing_without_a_price_has_failed() -> None:
    below = "price: {of: equity_value - 600M USD, discount: 0%}, if_failed: {multiple: '* 0.5'}"
    still = "valuation.multiple={kind: constant, value: 5}"
    result = played(f"{{name: only, at: 2026-07-01, {PAID}, {below}}}", overrides=(still,))
    assert codes(result, "only") == [NO_PRICE] * PATHS
    assert result.outcomes["proceeds",] == pytest.approx([260e6] * PATHS, rel=1e-12)


def test_a_later_closing_does_not_happen_where_the_first_was_not_funded() -> None:
    result = played(FIRST.replace("at:", "probability: 50%, at:"), gated(when="users > 0"), paths=400)
    first, second = (np.array(codes(result, name)) for name in ("first", "gated"))
    assert 100 < np.sum(first == FUNDED) < 300
    assert np.array_equal(second == FUNDED, first == FUNDED)
    assert set(second[first != FUNDED].tolist()) == {NOT_FOLLOWED}


def test_a_lapse_changes_the_price_of_a_closing_on_the_same_day() -> None:
    # The effects of a missed milestone come first: the follow-on is priced after the multiple has halved.
    priced = f"{{name: last, at: 2027-01-01, {PAID}, price: {{of: equity_value, discount: 0%}}}}"
    still = "valuation.multiple={kind: constant, value: 5}"
    result = played(FIRST, gated(', if_lapsed: {multiple: "* 0.5"}'), priced, overrides=(still,))
    # 250M and 20M of cash over 102.5M shares
    assert result.outcomes["tranche", "b", "last", "price_per_share"] == pytest.approx([270 / 102.5] * PATHS, rel=1e-12)


def test_a_repeated_round_follows_itself_and_no_further() -> None:
    repeated = f"{{name: only, when: users >= 150, {PAID}, price_per_share: 4 USD, if_funded: {{users: '* 0.5'}}}}"
    result = played(repeated, at_most=2)
    # Users halve with each closing: they reach 150 after 0.58, 1.58 and 2.58 years.
    first, second = (result.outcomes["tranche", f"b {time}", "only", "code"].tolist() for time in (1, 2))
    assert first == second == [FUNDED] * PATHS
    assert payments(result, "other b investors") == {"2026-10-01": -20e6, "2027-10-01": -20e6}


def test_a_repetition_does_not_come_before_the_one_that_it_follows() -> None:
    repeated = f"{{name: only, when: users >= 150, {PAID}, price_per_share: 4 USD, probability: 0%}}"
    result = played(repeated, at_most=2)
    assert result.outcomes["tranche", "b 2", "only", "code"].tolist() == [NOT_FOLLOWED] * PATHS


def test_each_time_of_a_repeated_round_has_a_price_of_its_own() -> None:
    repeated = (
        "{name: only, when: users >= 150, new_money: 10M USD, price: {of: equity_value, discount: 0%}, "
        "if_funded: {users: '* 0.5', multiple: '* 2'}}"
    )
    still = "valuation.multiple={kind: constant, value: 5}"
    result = played(repeated, at_most=2, overrides=(still,))
    prices = [result.outcomes["tranche", f"b {time}", "only", "price_per_share"][0] for time in (1, 2)]
    shares = 100 + 10 / 5.1
    assert prices == pytest.approx([5.1, 1020 / shares], rel=1e-9)


def test_a_purchase_from_a_holder_comes_after_the_closings_of_its_day() -> None:
    me = (
        "positions={me: {kind: secondary, pay: 8M USD, series: series_a, seller: Fund, price_per_share: 4 USD, "
        "at: 2026-07-01, fees: 2%, carry: 20%, transfer_consent_probability: 100%}}"
    )
    result = played(FIRST.replace("price_per", "investors: {Fund: 10M USD}, price_per"), overrides=(me,))
    assert payments(result, "me") == pytest.approx({"2026-07-01": -2 * 8.16e6}, rel=1e-12)
    assert payments(result, "Fund")["2026-07-01"] == pytest.approx(-2 * 2e6, rel=1e-12)
    assert result.outcomes["holder", "me", "ownership at exit"] == pytest.approx([2 / 102.5] * PATHS, rel=1e-12)


def test_a_vehicle_pays_its_fees_on_top_of_new_shares() -> None:
    me = "positions={me: {kind: primary, pay: 5M USD, round: b, closing: first, fees: 4%, carry: 20%}}"
    result = played(FIRST, overrides=(me,))
    assert payments(result, "me") == pytest.approx({"2026-07-01": -2 * 5.2e6}, rel=1e-12)
    assert payments(result, "other b investors") == pytest.approx({"2026-07-01": -2 * 5e6}, rel=1e-12)
    assert result.outcomes["proceeds",] == pytest.approx([520e6] * PATHS, rel=1e-12)


def test_a_closing_after_the_end_of_a_company_does_not_happen() -> None:
    sold = "exits={acquisition: {hazard: 3 per year, discount: 0%}}"
    result = played(FIRST, overrides=(sold, "horizon=1 year"), paths=400)
    gone = result.outcomes["exit time",] <= years_between(result.scenario.as_of, result.scenario.tranches[0].first)
    assert 0.5 < gone.mean() < 0.95
    assert np.array_equal(np.array(codes(result, "first")) == FUNDED, ~gone)


def test_two_closings_of_one_day_follow_each_other() -> None:
    second = f"{{name: second, at: 2026-07-01, {PAID}}}"
    assert codes(played(FIRST, second), "second") == [FUNDED] * PATHS


def test_a_closing_of_the_same_day_with_its_condition_missed_says_so() -> None:
    second = f"{{name: second, at: 2026-07-01, when: users >= 1000, {PAID}}}"
    assert codes(played(FIRST, second), "second") == [MISSED + 1] * PATHS


def test_a_round_that_may_be_repeated_waits_for_the_next_step() -> None:
    always = f"{{name: again, {PAID}, price_per_share: 4 USD}}"
    result = played(always, at_most="3")
    assert payments(result, "other b investors") == {
        "2026-01-01": -20e6, "2026-04-01": -20e6, "2026-07-01": -20e6,
    }  # fmt: skip


def test_a_raise_of_nothing_stays_open_until_money_is_needed() -> None:
    burns = "cash_flow=min(revenue * 0, (150 - users) * 1M USD/year)"
    needs = "{name: needs, new_money: 6 months of burn, price_per_share: 4 USD}"
    result = played(needs, overrides=(burns,))
    (day,) = payments(result, "other b investors")
    assert day == "2026-10-01"  # the first step after the users have passed 150
    assert codes(result, "needs") == [FUNDED] * PATHS


@pytest.mark.parametrize(("new_money", "paid"), [("10M USD", 0.0), ("10.1M USD", 0.1e6)])
def test_an_investor_that_defaults_bears_the_consequence_whether_or_not_the_closing_comes_about(
    new_money: str, paid: float
) -> None:
    default = "default: {probability: 99.9999999%, wrong_way: 0, consequence: convert_to_common}"
    alone = f"{{name: alone, at: 2026-07-01, new_money: {new_money}, price_per_share: 4 USD, investors: {{Fund: 10M USD}}, {default}}}"
    worthless = ("valuation.multiple.start=1", "valuation.multiple.mean=1")
    result = played(alone, overrides=worthless)
    assert result.outcomes["tranche", "b", "alone", "new_money"] == pytest.approx([paid] * PATHS)
    assert result.outcomes["holder", "Fund", "proceeds"] == pytest.approx([110e6 / 4] * PATHS, rel=2e-3)


def test_commitments_beyond_what_the_closing_takes_are_cut_back_in_proportion() -> None:
    eager = f"{{name: eager, at: 2026-07-01, {PAID}, price_per_share: 4 USD, investors: {{Fund: cash * 3, Ada: cash}}}}"
    result = played(eager)
    assert payments(result, "Fund") == {"2026-07-01": pytest.approx(-7.5e6 * PATHS)}
    assert payments(result, "Ada") == {"2026-07-01": pytest.approx(-2.5e6 * PATHS)}
