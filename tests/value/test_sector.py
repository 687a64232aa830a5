"""The opening level of a sector is a distribution around its comparables, each restated."""

from typing import Any

import numpy as np
import pytest

from tests.companies import IN_A_SECTOR, in_a_sector, scenario
from tests.core.parameter.known import KNOWN
from tests.scenario.found import problems
from valsim.core.parameter import realise
from valsim.scenario.dump import dump
from valsim.value.sector import Sector

ONE = 40 * np.exp(-4.2 * 0.4)
"""4B over 100M, at a growth of 100 % of which 60 % counts, restated to 20 %: 7.45."""
TWO = 80 * 1.5 / (2.5 * np.log(2.5)) * np.exp(-4.2 * 0.4)
"""80 times trailing revenue at 150 %: 52.4 times the run rate, then restated: 9.76."""


class Same:
    """Draws every parameter with the same numbers."""

    def __init__(self, uniform: np.ndarray) -> None:
        self.uniform = uniform

    def parameter(self, name: str) -> np.ndarray:
        """Give those numbers, and the median of the opening level."""
        return np.full(3, 0.5) if name == "multiple.start" else self.uniform


def start_of(*overrides: str) -> Any:
    return in_a_sector(*overrides).sectors["ai_labs"].multiple.start


def test_the_median_is_the_geometric_mean_of_the_restated_multiples() -> None:
    assert start_of().middle == pytest.approx(np.sqrt(ONE * TWO), rel=1e-12)
    assert np.sqrt(ONE * TWO) == pytest.approx(8.531, abs=5e-4)


@pytest.mark.parametrize(
    ("opening", "deviation"),
    [("cross_section", np.log(TWO / ONE) / np.sqrt(2)), ("standard_error", np.log(TWO / ONE) / 2)],
)
def test_its_deviation_is_across_the_comparables_or_of_their_mean(opening: str, deviation: float) -> None:
    start = start_of(f"sectors.ai_labs.opening={opening}")
    spread = np.log(start.at(np.asarray(0.9)) / start.middle) / 1.2815515655446004
    assert spread == pytest.approx(deviation, rel=1e-12)


def test_comparables_that_agree_leave_no_spread() -> None:
    same = "{at: 2025-12-09, multiple: 40, multiple_of: run_rate_revenue, growth: 100%}"
    start = start_of(f"sectors.ai_labs.comparables={{One: {same}, Two: {same}}}")
    assert start.known
    assert start.middle == pytest.approx(ONE, rel=1e-12)


def test_a_margin_is_restated_as_growth_is() -> None:
    margins = [f"sectors.ai_labs.comparables.Peer {n}.margin={m}" for n, m in (("One", "40%"), ("Two", "80%"))]
    premium = "sectors.ai_labs.margin_premium={per_point: 1%, reference: 70%}"
    start = start_of(premium, "valuation.multiple.margin=0.6", *margins)
    assert start.middle == pytest.approx(np.sqrt(ONE * np.exp(0.3) * TWO * np.exp(-0.1)), rel=1e-12)


def test_a_premium_that_is_drawn_restates_the_comparables_on_each_path() -> None:
    """At the growth of the comparables the company is worth what they are worth, whatever a point of growth adds."""
    drawn = "sectors.ai_labs.growth_premium.per_point={family: uniform, low: 2%, high: 6%}"
    sector = in_a_sector(drawn).sectors["ai_labs"]
    paths = realise(sector, Same(np.array([0.0, 0.5, 1.0])))
    opened = paths.opened(paths.multiple).level({})
    median = opened * paths.growth_premium.factor(np.asarray(0.6))
    assert median.tolist() == pytest.approx([float(median[1])] * 3, rel=1e-12)
    assert opened[0] / opened[2] == pytest.approx(np.exp(4 * 0.4), rel=1e-12)


def test_a_value_in_another_currency_than_the_revenue_is_converted_before_it_is_restated() -> None:
    rate = "exchange_rates={HKD: {rate: 0.128 USD/HKD, date: 2025-12-31, moves: none}}"
    listed = in_a_sector(rate, "sectors.ai_labs.comparables.Peer One.enterprise_value=31.25B HKD")
    start, usual = listed.sectors["ai_labs"].multiple.start, start_of()
    assert [float(start.at(np.asarray(u))) for u in (0.1, 0.5)] == pytest.approx(
        [float(usual.at(np.asarray(u))) for u in (0.1, 0.5)]
    )
    paths = realise(listed.sectors["ai_labs"], Same(np.full(3, 0.5)))
    assert paths.opened(paths.multiple).level({}).tolist() == [start.middle] * 3


def test_its_opening_level_is_not_stated_twice() -> None:
    (problem,) = problems(IN_A_SECTOR, "sectors.ai_labs.multiple.start=9")
    assert problem.path == ("sectors", "ai_labs", "multiple", "start")
    assert "says it again" in problem.message
    assert problem.help.endswith("taken away with null: multiple: {start: null}")


@pytest.mark.parametrize(
    ("change", "path", "words"),
    [
        ("comparables.Peer One.at=2026-01-02", ("comparables", "Peer One", "at"), "nobody knew that value then"),
        ("comparables.Peer One.growth={family: uniform, low: 50%, high: 90%}", ("comparables", "Peer One", "growth"), "one known number"),
        ("comparables.Peer One.revenue=100M USD", ("comparables", "Peer One", "revenue"), "expected money per year"),
        ("multiple={kind: formula, value: arr / arr.start, unit: 1}", ("multiple",), "follows other rows"),
        ("margin_premium={per_point: 1%, reference: 70%}", ("comparables", "Peer One"), "no margin"),
        ("comparables={One: {at: 2025-12-09, multiple: 40, multiple_of: arr, growth: 20%}}", ("comparables",), "no spread"),
    ],
)  # fmt: skip
def test_what_does_not_say_where_it_stands_is_reported(change: str, path: tuple[str, ...], words: str) -> None:
    found = problems(IN_A_SECTOR, f"sectors.ai_labs.{change}")
    assert ("sectors", "ai_labs", *path) in [each.path for each in found if words in each.message]


def test_it_is_written_without_the_level_that_follows_from_its_comparables() -> None:
    stated = in_a_sector()
    text = dump(stated)
    assert "start: 8" not in text
    assert scenario(text) == stated


def test_without_comparables_the_document_states_the_level() -> None:
    given = {"multiple_of": "arr", "multiple": {"kind": "mean_reverting", "start": "9", "mean": "7", "half_life": "1 year", "volatility": "0"}}  # fmt: skip
    sector = realise(Sector.model_validate(given), KNOWN)
    assert sector.opened(sector.multiple) is sector.multiple
