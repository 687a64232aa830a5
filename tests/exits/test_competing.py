"""Exits compete without a bias, whatever their chances read, and each of their terms moves the result its way."""

from typing import Any

import numpy as np
import pytest

import valsim
from tests.companies import steady
from valsim.result import Result

PATHS = 8192
SALE = "{hazard: 20% per year, discount: 0%}"
WINDOW = "drivers.ipo_window={kind: open_and_shut, start: 100%, open_for: 1 year, shut_for: 2 years}"
LISTING = "{hazard: 60% per year * ipo_window, discount: 0%, lock_up: 180 days, preferred: all_converted"


def run(*overrides: str, paths: int = PATHS) -> Result:
    return valsim.simulate(steady(*overrides), paths=paths, threads=1)


def part(result: Result, code: int) -> float:
    return float(np.mean(result.outcomes["exit",] == code))


def within(found: float, expected: float, paths: int = PATHS) -> bool:
    return abs(found - expected) < 4 * np.sqrt(expected * (1 - expected) / paths)


@pytest.mark.parametrize("order", [("ipo", "acquisition"), ("acquisition", "ipo")])
@pytest.mark.parametrize("step", ["quarter", "year"])
def test_hazards_that_read_rows_split_exits_by_their_size_in_either_order(order: tuple[str, str], step: str) -> None:
    ways = {
        "ipo": "{hazard: 30% per year * (revenue / 100M USD * 1 year), discount: 0%, lock_up: 0 days, preferred: as_agreed}",
        "acquisition": SALE,
    }
    exits = ", ".join(f"{name}: {ways[name]}" for name in order)
    result = run(f"exits={{{exits}}}", f"step={step}")
    ended = 1 - np.exp(-0.5 * result.scenario.steps[-1].time)
    assert within(part(result, order.index("ipo")), 0.6 * ended)
    assert within(part(result, order.index("acquisition")), 0.4 * ended)


def test_exits_of_a_growing_hazard_come_as_its_integral_says() -> None:
    age = "drivers.age={kind: geometric_brownian, start: 1, growth: 50%, volatility: 0}"
    result = run(age, "exits={acquisition: {hazard: 10% per year * age, discount: 0%}}")
    steps = result.scenario.steps
    passed = sum(0.1 * 1.5**step.time * step.dt for step in steps)
    assert within(part(result, 0), 1 - np.exp(-passed))


@pytest.fixture(scope="module")
def listing() -> dict[str, Result]:
    terms = {
        "plain": "", "spread": ", primary: {fraction: 20%}, gross_spread: 7%", "free": ", primary: {fraction: 20%}",
        "sold down": ", sell_down: {over: 2 years, sales: 9}",
    }  # fmt: skip
    return {name: run(WINDOW, f"exits={{ipo: {LISTING}{more}}}}}") for name, more in terms.items()}


def held(result: Result, what: str) -> float:
    return float(np.mean(result.outcomes["holder", "Fund", what]))


def test_a_window_that_shuts_means_fewer_and_later_listings(listing: dict[str, Result]) -> None:
    always = run(f"exits={{ipo: {LISTING.replace(' * ipo_window', '')}}}}}")
    shutting, times = listing["plain"], []
    for result in (always, shutting):
        listed = result.outcomes["exit",] == 0
        times.append(np.mean(np.where(listed, result.outcomes["exit time",], result.scenario.steps[-1].time)))
    assert part(shutting, 0) < part(always, 0)
    assert times[1] > times[0]


def test_a_spread_costs_exactly_its_part_of_the_money_raised(listing: dict[str, Result]) -> None:
    free, spread = listing["free"], listing["spread"]
    listed = free.outcomes["exit",] == 0
    assert listed.any()
    lost = (free.outcomes["proceeds",] - spread.outcomes["proceeds",])[listed]
    assert lost == pytest.approx(0.07 * spread.outcomes["raised",][listed], rel=1e-9)
    assert held(spread, "proceeds") < held(free, "proceeds")


def test_a_sell_down_brings_the_same_money_later(listing: dict[str, Result]) -> None:
    plain, sold_down = listing["plain"], listing["sold down"]
    assert held(sold_down, "proceeds") == pytest.approx(held(plain, "proceeds"), rel=1e-12)
    assert np.mean(sold_down.outcomes["paid at",]) > np.mean(plain.outcomes["paid at",])


def acquired(more: str, **options: Any) -> Result:
    return run(f"exits={{acquisition: {{hazard: 20% per year, discount: 0%{more}}}}}", **options)


def test_what_an_escrow_loses_holders_lose_and_what_is_earned_they_gain() -> None:
    plain = acquired("")
    escrow = [acquired(f", escrow: {{fraction: 10%, release_after: 1 year, claims: {c}}}") for c in ("0%", "40%")]
    earn_out = acquired(", earn_out: {fraction: 10%, when: revenue > 1M USD/year, within: 1 year, probability: 50%}")
    assert held(escrow[0], "proceeds") == pytest.approx(held(plain, "proceeds"), rel=1e-12)
    worth = [float(np.mean(each.valued["holder", "Fund", "present value"])) for each in (plain, *escrow, earn_out)]
    assert worth[0] > worth[1] > worth[2]
    assert worth[3] > worth[0]


def test_terms_of_exits_move_no_draw_of_anything_else() -> None:
    plain, earn_out = acquired(""), acquired(", earn_out: {fraction: 10%, within: 1 year, probability: 50%}")
    for what in ("exit", "exit time"):
        assert np.array_equal(plain.outcomes[what,], earn_out.outcomes[what,])
