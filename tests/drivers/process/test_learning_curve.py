"""A cost falls by its learning rate with every doubling (Wright 1936)."""

import numpy as np
import pytest
from pydantic import ValidationError

from tests.drivers.process.playing import STEPS, later, process, standard_errors, still

COST = {
    "kind": "learning_curve", "start": "2 USD", "learning_rate": "20%", "volume": "served", "volume_so_far": "10M",
    "volatility": "0",
}  # fmt: skip
DOUBLED = {"served": np.asarray(10e6)}


@pytest.mark.parametrize("lengths", STEPS.values(), ids=STEPS)
def test_a_doubling_of_all_that_was_made_takes_the_learning_rate_off_whatever_the_steps(lengths: list[float]) -> None:
    assert still(process(COST), lengths, DOUBLED) == pytest.approx(2 * 0.8, rel=1e-12)
    assert still(process(COST), lengths * 3, DOUBLED) == pytest.approx(2 * 0.8**2, rel=1e-12)


def test_the_volume_is_cumulated() -> None:
    assert float(later(process(COST), [0.5, 0.25], DOUBLED).volume_so_far) == 17.5e6


def test_shocks_leave_the_mean_where_it_is_within_four_standard_errors() -> None:
    cost = later(process({**COST, "volatility": "30%"}), [0.25] * 4, DOUBLED).level(DOUBLED)
    assert standard_errors(cost, 1.6) < 4


def test_without_learning_or_without_volume_the_cost_stays() -> None:
    assert still(process({**COST, "learning_rate": "0%"}), [1.0], DOUBLED) == 2.0
    assert still(process(COST), [1.0], {"served": np.asarray(0.0)}) == 2.0


def test_a_learning_rate_near_one_is_taken_as_it_is_and_one_is_refused() -> None:
    assert still(process({**COST, "learning_rate": "99.999%"}), [1.0], DOUBLED) == pytest.approx(2e-5, rel=1e-9)
    with pytest.raises(ValidationError, match="must be below 1, got '100%'"):
        process({**COST, "learning_rate": "100%"})


def test_it_reads_the_drivers_of_its_volume() -> None:
    assert process({**COST, "volume": "served * share"}).reads == {"served", "share"}
