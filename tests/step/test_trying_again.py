"""A raise that failed: it ends the company, or is tried again as the document says."""

import numpy as np
import pytest

import valsim
from tests.companies import STEADY, steady
from tests.scenario.found import one
from tests.step.test_finance import codes, payments, played
from valsim.analysis.tranches import settled_codes
from valsim.captable.financing.outcome import DEAL_FAILED, FUNDED, NO_PRICE, NOT_FOLLOWED
from valsim.core.rows import Row
from valsim.result import Result

BRIDGE = "{name: only, when: runway < 9 months, new_money: 12 months of burn, price_per_share: 4 USD"
BURNS = ("cash_flow=revenue * -10%", "exits={wind_down: {when: cash <= 0 USD and not funded, recovery: 10%}}")
"""10M of cash last a year."""
AGAIN = "tries_again: {after: 3 months, at_most: 2}"


def bridged(*terms: str, paths: int = 2, extra: tuple[str, ...] = (), **more: str) -> Result:
    return played(f"{', '.join((BRIDGE, *terms))}}}", overrides=(*BURNS, *extra), paths=paths, **more)


def ended(result: Result) -> Row:
    return result.outcomes["exit time",]


def test_a_raise_that_fails_ends_the_company_when_its_cash_is_gone() -> None:
    failed = bridged("probability: 0%")
    assert codes(failed, "only") == [DEAL_FAILED] * 2
    assert failed.outcomes["exit",].tolist() == [0, 0]
    # The year is over on the first step after 10M are spent: five quarters less a day or two.
    assert ended(failed) == pytest.approx([1.0] * 2, abs=0.26)
    assert np.all(ended(bridged("probability: 100%")) > ended(failed) + 0.5)


def test_a_bridge_for_a_short_runway_saves_companies() -> None:
    # The same random numbers: whoever survives without the bridge survives with it.
    none, some = (bridged(f"probability: {chance}", paths=2000) for chance in ("0%", "60%"))
    assert np.all(none.outcomes["exit",] == 0)
    saved = ended(some) > ended(none) + 0.5
    assert np.array_equal(saved, np.array(codes(some, "only")) == FUNDED)
    assert abs(saved.mean() - 0.6) < 4 * (0.6 * 0.4 / 2000) ** 0.5  # four standard errors


def test_without_more_a_failure_is_the_last_word_on_a_round_and_on_its_later_times() -> None:
    result = bridged("probability: 0%", at_most="2", paths=2)
    assert result.outcomes["tranche", "b 1", "only", "code"].tolist() == [DEAL_FAILED] * 2
    assert settled_codes(result, result.scenario.tranches[1]).tolist() == [NOT_FOLLOWED] * 2


def test_a_closing_is_tried_again_with_a_new_draw_so_long_after_and_so_often() -> None:
    result = bridged("probability: 50%", AGAIN, paths=4000, extra=("cash_flow=revenue * -12%", "exits={}"))
    found, tries = np.array(codes(result, "only")), result.outcomes["tranche", "b", "only", "tries"]
    # A half, then a half of the rest, then again: one in eight is never funded.
    for time in range(3):
        chance = 0.5 ** (time + 1)
        assert abs(np.mean((found == FUNDED) & (tries == time)) - chance) < 4 * (chance * (1 - chance) / 4000) ** 0.5
    assert set(tries[found == DEAL_FAILED].tolist()) == {2.0}
    times = result.outcomes["tranche", "b", "only", "time"]
    first, *later = (np.unique(times[(found == FUNDED) & (tries == time)]) for time in range(3))
    assert [each.tolist() for each in later] == [pytest.approx([first[0] + 0.25 * n], abs=0.01) for n in (1, 2)]


def test_the_first_try_has_the_draws_that_it_has_alone() -> None:
    alone, again = (bridged("probability: 50%", *more, paths=500) for more in ((), (AGAIN,)))
    first = np.array(codes(alone, "only")) == FUNDED
    assert np.array_equal(
        first, (np.array(codes(again, "only")) == FUNDED) & (again.outcomes["tranche", "b", "only", "tries"] == 0)
    )
    assert np.all(ended(again) >= ended(alone))


def test_a_price_that_was_not_there_may_be_there_later() -> None:
    grows = "drivers.users={kind: geometric_brownian, start: 100, growth: 100%, volatility: 0}"
    priced = (
        BRIDGE.replace("when: runway < 9 months, ", "")
        .replace("12 months of burn", "10M USD")
        .replace("price_per_share: 4 USD", "price: {of: 1M USD * (users - 180), discount: 0%}")
    )
    runs = [
        played(f"{priced}{more}}}", overrides=(grows,)) for more in ("", ", tries_again: {after: 6 months, at_most: 3}")
    ]
    assert codes(runs[0], "only") == [NO_PRICE] * 2
    # 100, 141 and 200 users after none, a half and one year, on the quarterly grid.
    assert list(payments(runs[1], "other b investors")) == ["2027-01-01"]


def test_effects_of_a_failure_come_with_each() -> None:
    still = "valuation.multiple={kind: constant, value: 5}"
    halves = "probability: 0%, price_per_share: 4 USD, new_money: 10M USD, if_failed: {multiple: '* 0.5'}"
    for more, value in (("", 260e6), (", tries_again: {after: 3 months, at_most: 2}", 72.5e6)):
        result = played(f"{{name: only, {halves}{more}}}", overrides=(still,))
        assert result.outcomes["proceeds",] == pytest.approx([value] * 2, rel=1e-12)


def test_chunks_change_no_bit() -> None:
    scenario = steady(
        *BURNS, f"rounds=[{{name: b, series: {{like: series_a}}, closings: [{BRIDGE}, probability: 50%, {AGAIN}}}]}}]"
    )
    one_go, in_parts = (valsim.simulate(scenario, paths=5000, threads=1, chunk=chunk) for chunk in (5000, 4096))
    assert all(np.array_equal(row, in_parts.outcomes[key], equal_nan=True) for key, row in one_go.outcomes.items())


@pytest.mark.parametrize(
    ("closing", "place", "message"),
    [
        ("{name: only, at: 2026-07-01, new_money: 1M USD, price_per_share: 4 USD, tries_again: {after: 3 months, at_most: 2}}",
         "tries_again", "a closing on one day has no other day to be tried again on"),
        ("{name: only, new_money: 1M USD, price_per_share: 4 USD, tries_again: {after: {family: uniform, low: 1 month, high: 3 months}, at_most: 2}}",
         "tries_again.after", "expected one duration, got a distribution: 'uniform low 1 month high 3 months'"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told(closing: str, place: str, message: str) -> None:
    rounds = f"rounds=[{{name: b, series: {{like: series_a}}, closings: [{closing}]}}]"
    assert one(STEADY, rounds) == (f"rounds[0].closings[0].{place}", message)
