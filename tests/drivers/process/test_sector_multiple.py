"""A company's multiple is its sector's, times what growth and margin add, times a spread of its own."""

import numpy as np
import pytest

from tests.core.parameter.known import KNOWN
from tests.drivers.process.playing import later, process, standard_errors, standard_errors_of_deviation
from valsim.core.parameter import realise
from valsim.drivers.premium import Premium

SPREAD = {"kind": "sector_multiple", "start": "2", "mean": "1", "half_life": "2 years", "volatility": "30%"}
SPEED = np.log(2) / 2


def premium(**given: str) -> Premium:
    return realise(Premium.model_validate(given), KNOWN)


GROWTH = premium(per_point="5%", reference="20%", at_most="60%", at_least="0%")
MARGIN = premium(per_point="1%", reference="70%")


def multiple(growth: float, margin: float = 0.7) -> float:
    placed = process({**SPREAD, "growth": "arr.growth", "margin": "kept / sold"}).in_sector(
        "labs", {"growth": GROWTH, "margin": MARGIN}
    )
    return float(placed.level({"labs": 8.0, "arr.growth": growth, "kept": margin, "sold": 1.0}))


def test_at_the_references_it_is_the_level_of_the_sector_times_the_spread() -> None:
    assert multiple(0.2) == pytest.approx(16.0, rel=1e-12)


@pytest.mark.parametrize(
    ("growth", "points"), [(0.3, 10), (0.6, 40), (0.61, 40), (5.0, 40), (0.1, -10), (0.0, -20), (-0.5, -20)]
)
def test_each_point_of_growth_adds_as_much_between_its_ends(growth: float, points: float) -> None:
    assert multiple(growth) == pytest.approx(16.0 * np.exp(0.05 * points), rel=1e-12)


def test_a_margin_adds_beside_growth() -> None:
    assert multiple(0.3, 0.5) == pytest.approx(16.0 * np.exp(0.5 - 0.2), rel=1e-12)


def test_it_follows_its_sector_and_what_its_formulas_read() -> None:
    placed = process({**SPREAD, "growth": "arr.growth"}).in_sector("labs", {"growth": GROWTH})
    assert placed.needs == {"labs", "arr.growth"}


def test_the_spread_is_pulled_back_with_the_moments_of_a_mean_reverting_level() -> None:
    spread = np.log(later(process(SPREAD), [0.25] * 8).in_sector("labs", {}).level({"labs": 1.0}))
    center, kept = -(0.3**2) / (4 * SPEED), np.exp(-2 * SPEED)
    assert standard_errors(spread, center + (np.log(2) - center) * kept) < 4
    assert standard_errors_of_deviation(spread, 0.3 * np.sqrt((1 - kept**2) / (2 * SPEED))) < 4


def test_a_premium_without_ends_counts_every_point() -> None:
    assert float(MARGIN.factor(np.asarray(-3.0))) == pytest.approx(np.exp(-3.7), rel=1e-12)
