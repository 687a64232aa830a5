"""Missed milestones in the loop: a lower price, a period in which they may be cured, and a date on which all ends."""

import numpy as np
import pytest

from tests.companies import STEADY
from tests.scenario.found import one
from tests.step.test_finance import FIRST, PATHS, codes, payments, played
from valsim.analysis.tranches import tranches
from valsim.captable.financing.outcome import FUNDED, LATE, MISSED, REPRICED, WAIVED

SECOND = "name: gated, new_money: 10M USD"
WINDOW = "between: [2026-08-01, 2027-01-01]"
REPRICE = "if_not_met: {reprice: {probability: 100%, discount: 20%}}"


def gated(*terms: str, window: str = WINDOW, when: str = "users >= 1000") -> str:
    return f"{{{', '.join((SECOND, window, f'when: {when}', *terms))}}}"


def test_a_missed_milestone_is_repriced_below_the_price_agreed_on() -> None:
    result = played(FIRST, gated(REPRICE), overrides=("captable.classes.series_a.anti_dilution=none",))
    assert codes(result, "gated") == [REPRICED] * PATHS
    assert result.outcomes["tranche", "b", "gated", "price_per_share"] == pytest.approx([3.2] * PATHS, rel=1e-12)
    shares = 2.5e6 + 10e6 / 3.2
    owned = result.outcomes["holder", "other b investors", "ownership at exit"]
    assert owned == pytest.approx([shares / (100e6 + shares)] * PATHS, rel=1e-12)


def test_the_cheaper_shares_are_a_series_of_their_own_and_set_off_anti_dilution() -> None:
    result = played(FIRST, gated(REPRICE), overrides=("captable.classes.series_a.anti_dilution=full_ratchet",))
    values = {name: result.valued["class", name, "present value per share"] for name in ("b", "b, gated")}
    assert all(np.all(np.isfinite(value)) for value in values.values())
    # 25M shares of 4 USD turn into 31.25M common ones at 3.20, and so do the 2.5M of the first closing.
    everything = 75e6 + 25e6 * 1.25 + 2.5e6 * 1.25 + 10e6 / 3.2
    owned = result.outcomes["holder", "Fund", "ownership at exit"]
    assert owned == pytest.approx([25e6 * 1.25 / everything] * PATHS, rel=1e-9)


@pytest.mark.parametrize(
    ("price", "repriced"),
    [
        ("price_per_share: 5 USD", 4.0),
        ("pre_money_valuation: 410M USD", 3.2),
        ("price: {of: equity_value, discount: 0%}", 0.8 * 520 / 102.5),
    ],
)
def test_a_price_of_its_own_is_cut_too(price: str, repriced: float) -> None:
    still = "valuation.multiple={kind: constant, value: 5}"
    none = "captable.classes.series_a.anti_dilution=none"
    result = played(FIRST, gated(price, REPRICE), overrides=(still, none))
    found = result.outcomes["tranche", "b", "gated", "price_per_share"]
    assert found == pytest.approx([repriced] * PATHS, rel=1e-9)


def test_a_met_milestone_is_not_repriced() -> None:
    result = played(FIRST, gated(REPRICE, when="users >= 140"))
    assert codes(result, "gated") == [FUNDED] * PATHS
    assert result.outcomes["tranche", "b", "gated", "price_per_share"].tolist() == [4.0] * PATHS


def test_holders_waive_reprice_and_let_lapse_on_different_paths() -> None:
    mixed = "if_not_met: {probability: 20%, reprice: {probability: 30%, discount: 20%}}"
    result = played(FIRST, gated(mixed), paths=4000)
    found = np.array(codes(result, "gated"))
    for code, chance in ((WAIVED, 0.2), (REPRICED, 0.3), (MISSED + 1, 0.5)):
        assert abs(np.mean(found == code) - chance) < 4 * np.sqrt(chance * (1 - chance) / 4000)  # 4 standard errors
    told = tranches(result)[1]
    assert told["probability_repriced"] == pytest.approx(np.mean(found == REPRICED))
    assert told["milestones"] == {"users >= 1000": 0.0}


# There are 141 users after half a year, 200 after one (the grid has 2027-01-01, a little short of it), 400 after two.
@pytest.mark.parametrize(
    ("terms", "code", "day"),
    [
        ("", MISSED + 1, None),
        ("cure_period: 30 days", LATE, "2027-01-31"),
        ("cure_period: 1 year", LATE, "2027-04-01"),
        ("cure_period: 1 year, long_stop: 2027-02-01", LATE, "2027-02-01"),
        ("long_stop: 2027-02-01", LATE, "2027-02-01"),
    ],
)
def test_a_condition_that_comes_true_late_closes_the_tranche_while_it_may_be_cured(
    terms: str, code: int, day: str | None
) -> None:
    result = played(FIRST, gated(*filter(None, [terms]), when="users >= 200"))
    assert codes(result, "gated") == [code] * PATHS
    assert payments(result, "other b investors").keys() - {"2026-07-01"} == ({day} if day else set())


def test_at_the_end_of_the_cure_period_it_lapses_with_its_effects_or_is_waived() -> None:
    lapses = gated("cure_period: 1 year", "if_lapsed: {multiple: '* 0.5'}")
    result = played(FIRST, lapses, overrides=("valuation.multiple={kind: constant, value: 5}",))
    assert codes(result, "gated") == [MISSED + 1] * PATHS
    assert result.outcomes["proceeds",] == pytest.approx([270e6] * PATHS, rel=1e-12)
    waived = played(FIRST, gated("cure_period: 1 year", "if_not_met: {probability: 100%}"))
    assert payments(waived, "other b investors").keys() == {"2026-07-01", "2028-01-01"}


def test_what_is_met_in_time_is_not_late() -> None:
    result = played(FIRST, gated("cure_period: 1 year", when="users >= 140"))
    assert codes(result, "gated") == [FUNDED] * PATHS
    assert tranches(result)[1]["probability_late"] == 0.0


def test_a_closing_at_a_date_may_be_cured_too() -> None:
    result = played(FIRST, gated("cure_period: 90 days", window="at: 2027-01-01", when="users >= 200"))
    assert codes(result, "gated") == [LATE] * PATHS


@pytest.mark.parametrize(
    ("closing", "key", "message"),
    [
        (
            gated("cure_period: 90 days", window="probability: 100%"),
            "cure_period",
            "what can be cured is a condition (when) that was missed at a date (at) or in a window (between)",
        ),
        (
            gated("long_stop: 2026-12-01"),
            "long_stop",
            "2026-12-01 is not after 2027-01-01, when the condition is due",
        ),
        (
            gated("cure_period: {family: uniform, low: 1 year, high: 2 years}"),
            "cure_period",
            "expected one duration, got a distribution",
        ),
        (gated("cure_period: 9 years"), "cure_period", "2036-01-01 is outside the run, from 2026-01-01 to 2029-01-01"),
    ],
)
def test_a_time_to_cure_follows_a_date_and_ends_in_the_run(closing: str, key: str, message: str) -> None:
    place, told = one(
        STEADY,
        "drivers.users={kind: constant, value: 100}",
        f"rounds=[{{name: b, series: {{like: series_a}}, closings: [{FIRST}, {closing}]}}]",
    )
    assert place == f"rounds[0].closings[1].{key}"
    assert told.startswith(message)
