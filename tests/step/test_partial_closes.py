"""Partial closes in the loop: what a closing does not raise, a later one may."""

import pytest

from tests.step.test_finance import PATHS, codes, payments, played
from valsim.analysis.tranches import tranches
from valsim.captable.financing.outcome import FUNDED, NOT_FOLLOWED, TOO_LITTLE

HALF = "{name: first, at: 2026-07-01, new_money: 10M USD, price_per_share: 4 USD, others_pay: 50%, at_least: 40%}"


def later(name: str, day: str, extra: str = "") -> str:
    return f"{{name: {name}, at: {day}, new_money: 2M USD{extra}}}"


def raised(*closings: str) -> dict[str, float]:
    found = payments(played(*closings), "other b investors")
    return {day: -money / PATHS for day, money in found.items()}


def test_what_is_not_raised_is_gone_unless_a_later_closing_asks_for_it() -> None:
    days = ("2026-07-01", "2026-10-01")
    second = later("second", days[1])
    assert raised(HALF, second) == pytest.approx(dict(zip(days, (5e6, 2e6), strict=True)), rel=1e-12)
    again = later("second", days[1], ", adds_unraised: true")
    assert raised(HALF, again) == pytest.approx(dict(zip(days, (5e6, 7e6), strict=True)), rel=1e-12)


def test_what_is_taken_up_and_not_raised_again_is_handed_on() -> None:
    second = later("second", "2026-10-01", ", adds_unraised: true, others_pay: 50%")
    third = later("third", "2027-01-01", ", adds_unraised: true")
    # 10M asked, 5M paid; 7M asked, 3.5M paid; 5.5M asked and paid: 14M in all.
    found = raised(HALF, second, third)
    assert list(found.values()) == pytest.approx([5e6, 3.5e6, 5.5e6], rel=1e-12)
    assert sum(found.values()) == pytest.approx(10e6 + 2e6 + 2e6, rel=1e-12)


def test_too_little_is_a_reason_and_no_later_closing_follows() -> None:
    result = played(HALF.replace("40%", "60%"), later("second", "2026-10-01"))
    assert codes(result, "first") == [TOO_LITTLE] * PATHS
    assert codes(result, "second") == [NOT_FOLLOWED] * PATHS
    assert result.outcomes["proceeds",] == pytest.approx([510e6] * PATHS, rel=1e-12)


def test_too_little_is_told_in_words_and_its_effects_come() -> None:
    failed = HALF.replace("40%", "60%").replace("}", ", if_failed: {multiple: '* 0.5'}}")
    result = played(failed, overrides=("valuation.multiple={kind: constant, value: 5}",))
    assert tranches(result)[0]["not_funded_because"] == {"too little was paid": 1.0}
    assert result.outcomes["proceeds",] == pytest.approx([260e6] * PATHS, rel=1e-12)


def test_where_all_is_raised_there_is_nothing_to_ask_for_again() -> None:
    full = HALF.replace("50%", "100%")
    result = played(full, later("second", "2026-10-01", ", adds_unraised: true"))
    assert codes(result, "first") == [FUNDED] * PATHS
    assert payments(result, "other b investors")["2026-10-01"] == pytest.approx(-PATHS * 2e6, rel=1e-12)


def test_a_note_converts_once_the_closings_of_a_round_have_raised_enough_together() -> None:
    lent = "captable.positions={Ada: {common: 60M}, Fund: {series_a: 100%}, Lender: {note: 100%}}"
    terms = "interest_rate: 0%, day_count: 30/360, compounding: simple, accrued_interest: converts, issued: 2026-01-01"

    def shares(least: str) -> tuple[float, ...]:
        note = f"captable.classes.note={{kind: convertible_note, principal: 4M USD, {terms}, qualified_financing_at_least: {least}, converts_into: shadow_series, seniority: 2}}"
        result = played(HALF, later("second", "2026-10-01"), overrides=(note, lent))
        what = ("post_money_valuation", "price_per_share")
        told = [[result.outcomes["tranche", "b", each, key][0] for key in what] for each in ("first", "second")]
        return tuple(value / price for value, price in told)

    # 5M and then 2M at 4 USD a share; the note of 4M becomes 1M shares.
    never, at_once, together = (shares(least) for least in ("8M USD", "5M USD", "7M USD"))
    assert at_once == pytest.approx([each + 1e6 for each in never])
    assert together == pytest.approx([never[0], never[1] + 1e6])
