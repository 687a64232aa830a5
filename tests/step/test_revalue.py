"""Revenue and cash in another currency follow the rate: by hand, and in the direction that a weaker currency pushes."""

import numpy as np
import pytest

import valsim
from tests.companies import steady
from tests.scenario.test_convert import MOVED, RATE, REVENUE, SALES
from tests.step.test_redeem import first
from valsim.result import Result

FALLING = RATE.replace("growth: 0%, volatility: 8%", "growth: -20%, volatility: 0%")


def played(*overrides: str, paths: int = 2) -> Result:
    return valsim.simulate(steady(MOVED, SALES, REVENUE, *overrides), paths=paths, threads=1)


def test_revenue_in_another_currency_follows_the_rate() -> None:
    result = played(FALLING)
    times = np.array([step.time for step in result.scenario.steps])
    assert result.history.series["revenue"][:, 0] == pytest.approx(100e6 * 0.8**times, rel=1e-12)


def test_the_part_of_cash_that_is_held_in_it_is_revalued_at_every_step() -> None:
    result = played(FALLING)
    times = np.array([0.0, *(step.time for step in result.scenario.steps)])
    factors = 1 + 0.4 * (0.8 ** np.diff(times) - 1)
    assert result.history.series["cash"][:, 0] == pytest.approx(10e6 * np.cumprod(factors), rel=1e-12)


def test_cash_is_not_revalued_where_none_of_it_is_held_in_it_nor_a_debt() -> None:
    none = played(FALLING, "exchange_rates.CNY.cash_held=0%")
    assert np.all(none.history.series["cash"] == 10e6)
    short = played(FALLING, "company.cash=0 USD", "cash_flow=0 * revenue - 1M USD/year")
    assert short.history.series["cash"][-1, 0] == pytest.approx(-1e6 * short.scenario.steps[-1].time)


def test_a_rate_that_stands_still_gains_nothing() -> None:
    still = played(RATE.replace("volatility: 8%", "volatility: 0%"))
    assert np.all(still.history.series["cash"] == 10e6)
    assert first(still, "proceeds") == first(valsim.simulate(steady(), paths=2, threads=1), "proceeds")


def test_a_weaker_currency_lowers_the_value_on_every_path() -> None:
    firm, weak = played(RATE, paths=4096), played(RATE, "drivers.usd_per_cny.growth=-10%", paths=4096)
    assert np.all(weak.outcomes["proceeds",] < firm.outcomes["proceeds",])


def test_the_summary_and_its_words_tell_the_rates() -> None:
    from valsim.analysis.summary import summary
    from valsim.report.section.assumptions import rate_words, section

    told = summary(played(FALLING))
    words = rate_words(told["exchange_rates"])
    assert words == (
        "Amounts in CNY are converted at 0.125 USD/CNY of 2025-12-31, those of drivers at usd_per_cny as it moves; "
        "40 % of cash is held in it."
    )
    assert section(told).parts[0].text == words
    still = told["exchange_rates"][0] | {"moves": "none", "cash_held": None}
    assert (
        rate_words([still])
        == "Amounts in CNY are converted at 0.125 USD/CNY of 2025-12-31, and nothing moves the rate."
    )
