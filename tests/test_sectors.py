"""A sector is shared by all companies, cools with them, and re-rates the money that they can raise."""

import numpy as np
import pytest

from tests.companies import IN_A_SECTOR, in_a_sector, lively, scenario
from valsim import simulate
from valsim.core.parameter import at_medians
from valsim.ended import STILL_PRIVATE
from valsim.result import Result
from valsim.scenario.model import Scenario
from valsim.scenario.rules.hot_multiple import quiet_multiple

PATHS = 4096
SECTOR = (
    "sectors={ai_labs: {multiple_of: run_rate_revenue, multiple: {kind: mean_reverting_jumps, start: {family: lognormal, p10: 5, p90: 15}, "
    "mean: {family: lognormal, p10: 5, p90: 9}, half_life: 1.3 years, volatility: 33%, jump_frequency: 0.6 per year, jump_mean: 0%, jump_volatility: 50%}}}"
)  # fmt: skip
RERATED = (
    "signals={{rerating: {{at: 2026-07-01, probability: {}, if_true: {{ai_labs: '* {} decaying over 4 years'}}}}}}"
)


def levels(document: Scenario, name: str = "ai_labs") -> dict[str, np.ndarray]:
    """The rows of a sector or driver by date."""
    series = simulate(document, paths=PATHS).history.series[name]
    return {step.date.isoformat(): row for step, row in zip(document.steps, series, strict=True)}


def in_another_company(*overrides: str) -> Scenario:
    """Another company with its own dates and drivers, from the same start and seed, beside the same sector."""
    return lively("simulation.seed=7", "horizon=8 years", SECTOR, *overrides)


def test_two_companies_see_the_same_sector_on_each_path_whatever_their_dates() -> None:
    one, other = levels(in_a_sector(SECTOR, "valuation.multiple.growth=null")), levels(in_another_company())
    assert len(other) > len(one)  # the other one has dated events
    assert all(other[day].tolist() == row.tolist() for day, row in one.items())


def test_at_the_dates_of_one_company_the_sector_stands() -> None:
    rows = levels(in_another_company())
    assert rows["2026-02-20"].tolist() == rows["2026-01-01"].tolist()
    assert rows["2026-04-01"].tolist() != rows["2026-02-20"].tolist()


def test_what_moves_with_a_sector_does_not_move_it() -> None:
    together = in_another_company(
        "correlations.shocks=[[arr, ai_labs, 0.6], [arr, unit_cost, -0.3]]",
        "correlations.parameters=[[arr.start, ai_labs.start, 0.5]]",
    )
    alone, correlated = levels(in_another_company()), levels(together)
    assert all(correlated[day].tolist() == row.tolist() for day, row in alone.items())
    growth = np.log(levels(together, "arr")["2030-01-01"] / levels(together, "arr")["2026-01-01"])
    assert np.corrcoef(growth, np.log(correlated["2030-01-01"] / correlated["2026-01-01"]))[0, 1] > 0.05


def test_another_seed_is_another_sector() -> None:
    assert (
        levels(in_a_sector("simulation.seed=8"))["2034-01-01"].tolist() != levels(in_a_sector())["2034-01-01"].tolist()
    )


def test_a_hot_multiple_comes_to_the_mature_range_as_growth_the_spread_and_the_sector_fade() -> None:
    """Nobody is flattered by holding on: from the 46 times of its peers to the 3 to 18 times of mature companies."""
    calm = in_a_sector("valuation.multiple.mean=1", "drivers.arr.persistence=80%")
    multiple = levels(calm, "multiple")
    assert np.median(multiple["2026-01-01"]) == pytest.approx(45.8, rel=0.02)
    assert 3 < np.median(multiple["2034-01-01"]) < 18


def test_a_high_spread_is_forgotten() -> None:
    high, plain = (quiet_multiple(in_a_sector(f"valuation.multiple.start={start}")) for start in (3, 1))
    assert high[0] == pytest.approx(3 * plain[0], rel=1e-12)
    assert high[1] == pytest.approx(plain[1] * 3 ** (0.5**4), rel=1e-9)  # four half-lives


def test_the_anchor_scales_the_spread_of_the_company_and_not_its_sector() -> None:
    company = at_medians(in_a_sector()).opening
    before, after = company.levels({}), company.scaled("multiple", 2.0).levels({})
    assert float(after["multiple"]) == pytest.approx(2 * float(before["multiple"]), rel=1e-12)
    assert float(after["ai_labs"]) == float(before["ai_labs"])


def worth(result: Result) -> float:
    return float(result.valued["class", "series_a", "present value"].mean())


def exits(result: Result, name: str) -> int:
    return int(np.count_nonzero(result.outcomes["exit",] == list(result.scenario.exits).index(name)))


def test_what_is_paid_for_the_risk_of_the_sector_lowers_value() -> None:
    safe, risky = (simulate(in_a_sector(f"measure.beta={beta}"), paths=PATHS) for beta in (0, 3))
    assert worth(risky) < 0.9 * worth(safe)
    assert np.array_equal(risky.outcomes["exit",], safe.outcomes["exit",])  # real-world probabilities stay


def test_a_peer_whose_listing_rerates_the_sector_raises_value() -> None:
    base, rerated = (simulate(in_a_sector(RERATED.format(chance, 1.8)), paths=PATHS) for chance in ("0%", "100%"))
    assert worth(rerated) > 1.05 * worth(base)
    assert exits(rerated, "ipo") > exits(base, "ipo")


def test_a_sector_that_falls_lowers_value_shuts_the_window_and_stops_rounds() -> None:
    short_of_cash = "company.cash=30M USD"
    base, fallen = (
        simulate(in_a_sector(short_of_cash, RERATED.format(chance, 0.4)), paths=PATHS) for chance in ("0%", "100%")
    )
    assert worth(fallen) < 0.95 * worth(base)
    assert exits(fallen, "ipo") < 0.9 * exits(base, "ipo")
    assert rounds(fallen) < 0.97 * rounds(base)


def rounds(result: Result) -> int:
    raised = (row for name, row in result.outcomes.items() if name[0] == "tranche" and name[-1] == "new_money")
    return sum(int(np.count_nonzero(row)) for row in raised)


def test_a_risk_with_contagion_moves_the_level_of_the_sector_itself() -> None:
    risk = "risks={{scandal: {{probability_per_year: 90%, effect: {{multiple: '* 0.7'}}{}}}}}"
    shared, own = (levels(in_a_sector(risk.format(how))) for how in (", contagion: sector", ""))
    alone = levels(in_a_sector())
    assert np.median(shared["2030-01-01"]) < 0.8 * np.median(alone["2030-01-01"])
    assert own["2030-01-01"].tolist() == alone["2030-01-01"].tolist()


def test_every_path_ends_or_is_still_private() -> None:
    result = simulate(scenario(IN_A_SECTOR), paths=PATHS)
    assert set(np.unique(result.outcomes["exit",])) <= {STILL_PRIVATE, 0, 1, 2}
