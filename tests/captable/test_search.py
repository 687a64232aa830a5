import random

import numpy as np
import pytest

from tests.captable.search import Worst, compared


def test_tables_of_eight_classes_are_paid_as_their_exact_breakpoints_say():
    chance = random.Random(4)
    assert all(worst.within() for _ in range(3) for worst in compared(chance, 8, 20))


PROCEEDS = np.array([10.0, 20.0])


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([[4, 6], [8, 12]], Worst()),
        ([[4, 6], [9, 11]], Worst(payout=0.125)),
        ([[4, 6], [8, 13]], Worst(payout=1 / 12, conservation=0.05)),
        ([[4, 6], [3, 17]], Worst(payout=0.625, fall=0.05)),
    ],
)
def test_the_search_sees_a_wrong_payout_money_that_is_lost_and_a_payout_that_falls(found, expected):
    worst = Worst.of(np.array(found, float), np.array([[4.0, 6.0], [8.0, 12.0]]), PROCEEDS)
    assert worst == pytest.approx(expected)
    assert worst.within() == (expected == Worst())
