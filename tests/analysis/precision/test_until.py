"""When a run has played enough."""

import numpy as np
import pytest

from valsim import until
from valsim.analysis.measured import Measured
from valsim.analysis.precision.precision import Precision
from valsim.analysis.precision.until import further, hopeless
from valsim.core.clusters import Clusters

ASKED = Precision.parse("moic(me) +/- 1%")
SPREAD, TRUTH = 0.8, np.exp(0.8**2 / 2)


def test_what_is_missing_is_played_and_a_twentieth_more() -> None:
    found = Measured.mean(np.array([50.0, 150.0] * 500))
    assert ASKED.takes(found, 1000) == pytest.approx(2502.5, abs=0.1)
    assert further(ASKED, found, 1000) == pytest.approx(2502.5 * 1.05 * (1 + 1 / np.sqrt(2000)) ** 2 - 1000, abs=1)


def test_an_error_of_few_batches_is_trusted_less() -> None:
    row = np.repeat(np.array([97.4, 102.6] * 4), 125)
    found = Measured.mean(row, Clusters(125))
    assert found.standard_error == pytest.approx(0.983, rel=1e-3)
    assert ASKED.reached(found)
    assert further(ASKED, found, 1000) == pytest.approx(1000 * 1.05 * (0.983 * 1.25) ** 2 - 1000, abs=5)


def test_a_run_that_is_nearly_there_plays_a_tenth_more() -> None:
    found = Measured.mean(np.array([69.0, 131.0] * 500))
    assert found.standard_error == pytest.approx(0.981, rel=1e-3)
    assert further(ASKED, found, 1000) == 100


def test_nothing_more_is_played_where_it_is_known_or_never_will_be() -> None:
    sure, none, nowhere = (Measured.mean(np.full(9, value)) for value in (3.0, 0.0, np.nan))
    assert [further(ASKED, found, 9) for found in (sure, none, nowhere)] == [0, 0, 0]
    assert [hopeless(ASKED, found) for found in (sure, none, nowhere)] == [False, True, True]
    assert ASKED.reached(sure)
    assert not hopeless(Precision.parse("moic(me) +/- 1"), none)


def test_an_error_around_nothing_is_played_to_the_end() -> None:
    assert further(ASKED, Measured.mean(np.array([-1.0, 1.0])), 2) > 10**12


def test_several_numbers_are_asked_for_at_once() -> None:
    asked = until("moic(me) +/- 1%", "probability_of_loss(me) +/- 0.002")
    assert asked.texts == ("moic(me) +/- 1%", "probability_of_loss(me) +/- 0.002")


def stopped(seed: int) -> tuple[Measured, int]:
    """Draw lognormal numbers until their mean is known to 1 %, from 2,000 on; give it and how often it was looked at."""
    draws, looks = np.random.default_rng(seed), 1
    row = np.exp(SPREAD * draws.standard_normal(2_000))
    while missing := further(ASKED, found := Measured.mean(row), row.size):
        row = np.concatenate([row, np.exp(SPREAD * draws.standard_normal(missing))])
        looks += 1
    return found, looks


def test_intervals_of_runs_that_stop_by_themselves_hold_what_they_say() -> None:
    runs = [stopped(seed) for seed in range(300)]
    held = np.mean([abs(found.value - TRUTH) < 1.96 * found.standard_error for found, _ in runs])
    errors = np.array([found.value / TRUTH - 1 for found, _ in runs])
    assert held == pytest.approx(0.95, abs=3 * np.sqrt(0.05 * 0.95 / 300))
    assert abs(errors.mean()) < 0.002  # a fifth of the error that was asked for
    assert errors.std() == pytest.approx(0.01, rel=0.15)
    assert max(looks for _, looks in runs) <= 4
