"""A difference is told apart, or it is not, and then nothing is ranked by it."""

import numpy as np
import pytest

from valsim.analysis.comparison.verdict import Verdict
from valsim.analysis.measured import Measured

DRAWS = np.random.default_rng(3)


def of(mean: float, spread: float, paths: int = 400) -> Verdict:
    """A difference of a mean whose paths have exactly this spread."""
    row = np.tile([1.0, -1.0], paths // 2)
    return Verdict(Measured(mean, row * spread * np.sqrt((paths - 1) / paths)))


@pytest.mark.parametrize(("mean", "told"), [(0.101, True), (-0.101, True), (0.099, False), (0.0, False)])
def test_two_standard_errors_tell(mean: float, told: bool) -> None:
    assert of(mean, 1.0).difference.standard_error == pytest.approx(0.05)
    assert of(mean, 1.0).is_told_apart is told


def test_it_is_said_how_many_paths_would_tell() -> None:
    # Half as large as what 400 paths tell: four times as many.
    assert of(0.05, 1.0).paths_to_tell == 1600
    assert of(0.101, 1.0).paths_to_tell is None


def test_as_many_paths_do_tell_it() -> None:
    seen = of(0.03, 1.0)
    assert seen.paths_to_tell is not None
    assert of(0.03, 1.0, seen.paths_to_tell + seen.paths_to_tell % 2).is_told_apart


def test_without_any_difference_no_number_of_paths_would() -> None:
    assert of(0.0, 1.0).paths_to_tell is None
    assert not of(0.0, 1.0).is_none
    assert of(0.0, 0.0).is_none
    assert not of(0.0, 0.0).is_told_apart


def test_what_has_no_error_is_told_apart_by_any_path() -> None:
    assert of(1e-9, 0.0).is_told_apart


def test_what_does_not_exist_has_no_verdict() -> None:
    found = Verdict(Measured(np.nan, np.full(3, np.nan))).as_dict()
    assert found == {"mean": None, "standard_error": None, "told_apart": None, "paths_to_tell": None}


def test_pure_noise_is_told_apart_in_one_case_of_twenty() -> None:
    told = [Verdict(Measured.mean(DRAWS.normal(size=500))).is_told_apart for _ in range(1000)]
    assert np.mean(told) == pytest.approx(0.0455, abs=3 * np.sqrt(0.0455 * 0.95 / 1000))
