"""The scale at which the last-priced class is worth its price, solved on made-up values."""

from collections.abc import Callable, Sequence
from datetime import date

import numpy as np
import pytest
from scipy.optimize import brentq

from valsim.anchor import Paid, solve_anchor
from valsim.core.errors import SimulationError
from valsim.result import Estimate


def valued(mean: Callable[[float], float], error: float = 0.01) -> Callable[[Sequence[float]], list[Estimate]]:
    return lambda scales: [Estimate(mean(scale), error) for scale in scales]


def paid(price: float) -> Paid:
    return Paid("series_b", price, "EUR", date(2024, 5, 1))


def with_preference(scale: float) -> float:
    """A class with a floor, like preferred stock: flat where the company is worth little."""
    return 2.0 + np.logaddexp(0.0, 3 * (scale - 1))


@pytest.mark.parametrize(
    ("mean", "price"),
    [
        (lambda scale: 3 * scale, 12.0),
        (lambda scale: 4 * scale**0.5, 8.0),
        (lambda scale: 5 * scale**1.4, 0.5),
        (with_preference, 4.0),
        (with_preference, 20.0),
        (lambda scale: 10 + scale, 300.0),
    ],
    ids=["proportional", "a root", "steep", "above a preference", "far above it", "cash and a little more"],
)
def test_the_scale_gives_the_price(mean: Callable[[float], float], price: float) -> None:
    anchor = solve_anchor(valued(mean), paid(price), valued(mean))
    exact = brentq(lambda scale: mean(scale) - price, 1e-3, 1e3)
    assert anchor.scale == pytest.approx(exact, rel=1e-3)


def test_the_standard_error_is_that_of_the_worth_over_its_slope() -> None:
    anchor = solve_anchor(valued(lambda s: 4 * s**0.5, 0.04), paid(8.0), valued(lambda s: 4 * s**0.5))
    # d log worth = 0.5 d log scale, and 0.04 of 8 is half a percent: one percent of a scale of 4.
    assert anchor.standard_error == pytest.approx(0.04, rel=1e-3)


def test_rough_paths_lead_near_the_root_and_all_paths_decide() -> None:
    anchor = solve_anchor(valued(lambda s: 3 * s), paid(12.0), valued(lambda s: 2.7 * s**1.1))
    assert anchor.scale == pytest.approx(4.0, rel=1e-3)


def test_few_evaluations_are_made() -> None:
    asked: list[float] = []

    def worth(scales: Sequence[float]) -> list[Estimate]:
        asked.extend(scales)
        return [Estimate(with_preference(scale), 0.01) for scale in scales]

    solve_anchor(worth, paid(4.0), valued(with_preference))
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("mean", "price", "told"),
    [
        (lambda scale: 2 - np.exp(-scale), 3.0, r"cost 3.00 EUR a share on 2024-05-01, but is worth only 2.00 EUR ± 0.01 even at \S+ times .* too bleak.*; raise "),
        (lambda scale: 2.0 + scale, 1.0, r"cost 1.00 EUR a share on 2024-05-01, but is worth 2.00 EUR ± 0.01 even at 0.0\d+ times .* too rosy.*; lower "),
        (lambda scale: 0.0 * scale, 0.04, r"cost 0.04 EUR a share on 2024-05-01, but is worth only 0 EUR ± 0.01 even at \S+ times .* too bleak"),
    ],
    ids=["worth less however high", "worth more however low", "worth nothing"],
)  # fmt: skip
def test_without_a_root_it_says_what_the_class_is_worth_and_which_way_to_go(
    mean: Callable[[float], float], price: float, told: str
) -> None:
    with pytest.raises(SimulationError, match=f"series_b {told}") as caught:
        solve_anchor(valued(mean), paid(price), valued(mean))
    assert caught.value.path == ("captable", "classes", "series_b")


def test_an_error_that_is_not_known_is_not_told() -> None:
    def one_batch(scales: Sequence[float]) -> list[Estimate]:
        return [Estimate(2.0 + scale, np.nan) for scale in scales]

    with pytest.raises(SimulationError, match=r"is worth 2\.00 EUR even at"):
        solve_anchor(one_batch, paid(1.0), one_batch)


def test_a_worth_that_jumps_over_the_price_has_no_scale() -> None:
    with pytest.raises(
        SimulationError, match="no scale of the opening multiple was found at which it is worth just that"
    ):
        solve_anchor(valued(lambda scale: 1.0 if scale < 2 else 9.0), paid(4.0), valued(lambda scale: 2 * scale))
