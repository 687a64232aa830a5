"""An effect multiplies a row or adds to it, for good or fading away."""

from functools import reduce

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.core.parameter.known import KNOWN
from valsim.core.effect import NO_OVERLAYS, Effect, Overlays
from valsim.core.parameter import realise

EVERYWHERE = np.array([True, True])
FIRST = np.array([True, False])


def effect(given: object) -> Effect:
    return realise(Effect.model_validate(given), KNOWN)


def after(given: object, where: np.ndarray = EVERYWHERE) -> Overlays:
    return NO_OVERLAYS.hit("outage", {"users": effect(given)}, where)


def on_users(overlays: Overlays, level: float = 100.0) -> list[float]:
    return np.broadcast_to(overlays.on("users", np.full(2, level)), 2).tolist()


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("* 1.1", {"times": "1.1"}),
        ("*0.7 decaying over 2 years", {"times": "0.7", "recovery": "2 years"}),
        ("+ 5%", {"plus": "5%"}),
        ("- 200 ms", {"plus": "-200 ms"}),
        ("- 5% decaying over 18 months", {"plus": "-5%", "recovery": "18 months"}),
    ],
)
def test_a_short_form_means_its_long_form(short: str, long: dict[str, str]) -> None:
    a, b = effect(short), effect(long)
    assert [a.times, a.plus, a.recovery] == [b.times, b.plus, b.recovery]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "an effect either multiplies"),
        ({"times": "2", "plus": "3"}, "an effect either multiplies"),
        ({"times": "2", "recovry": "1 year"}, "unknown key"),
        ("1.1", "expected an effect such as"),
        (1.1, "expected an effect such as .*, got 1.1"),
        (["* 2"], "expected an effect such as"),
        ("* 0", "must be above 0, got '0'"),
        ("* 3 USD", "expected a plain number such as 1.5, got '3 USD'"),
        ("* 0.7 decaying over 0 years", "must be above 0, got '0 years'"),
        ("* 0.7 decaying over 3 USD", "expected a duration such as 18 months, got '3 USD'"),
    ],
)
def test_what_is_no_effect_is_refused(given: object, message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Effect.model_validate(given)


def test_a_permanent_effect_stays() -> None:
    assert on_users(after("* 0.7").later(50.0)) == pytest.approx([70.0, 70.0])
    assert on_users(after("+ 5").later(50.0)) == [105.0, 105.0]


def test_at_its_recovery_five_percent_of_an_effect_is_left() -> None:
    assert on_users(after("+ 40 decaying over 2 years").later(2.0)) == pytest.approx([102.0, 102.0])
    assert on_users(after("* 0.5 decaying over 2 years").later(2.0)) == pytest.approx([100 * 0.5**0.05] * 2)


@given(st.lists(st.floats(0, 2), min_size=1, max_size=5))
def test_fading_depends_on_the_time_and_not_on_the_steps(lengths: list[float]) -> None:
    stepped = after("* 0.5 decaying over 2 years")
    for dt in lengths:
        stepped = stepped.later(dt)
    assert on_users(stepped) == pytest.approx(on_users(after("* 0.5 decaying over 2 years").later(sum(lengths))))


def test_only_paths_that_are_hit_change() -> None:
    assert on_users(after("* 0.5", FIRST)) == [50.0, 100.0]
    assert after("* 0.5", np.array([False, False])) is NO_OVERLAYS


def test_repeated_hits_of_one_event_add_up_to_what_is_left() -> None:
    twice = (
        after("* 0.5 decaying over 2 years")
        .later(2.0)
        .hit("outage", {"users": effect("* 0.5 decaying over 2 years")}, FIRST)
    )
    assert on_users(twice) == pytest.approx([100 * 0.5**1.05, 100 * 0.5**0.05])


def test_effects_of_different_events_act_together_factors_before_points() -> None:
    both = after("* 0.5").hit("launch", {"users": effect("+ 10")}, EVERYWHERE)
    assert on_users(both) == [60.0, 60.0]


def test_effects_act_together_to_the_same_bits_in_whatever_order_they_came() -> None:
    effects = {
        name: {"users": effect(f"* {times}")} for name, times in (("a", 0.1), ("b", 0.7), ("c", 1.3), ("d", 0.9))
    }
    orders = [["a", "b", "c", "d"], ["d", "b", "a", "c"], ["c", "d", "b", "a"]]
    told = {
        tuple(on_users(reduce(lambda all_, name: all_.hit(name, effects[name], EVERYWHERE), order, NO_OVERLAYS)))
        for order in orders
    }
    assert len(told) == 1


def test_an_effect_touches_its_own_row_alone() -> None:
    overlays = after("* 0.5")
    untouched = np.array([1.0, 2.0])
    assert overlays.on("price", untouched) is untouched
    assert overlays.targets == {"users"}


def test_a_size_that_is_drawn_anew_waits_for_its_event_and_a_recovery_does_not() -> None:
    written = Effect.model_validate({"times": {"family": "uniform", "low": 0.5, "high": 1}, "recovery": "2 years"})
    waiting = realise(written.anew(), KNOWN)
    assert float(waiting.recovery) == 2.0
    now = waiting.sized("users", {"users.times": np.array([0.0, 0.5])}.__getitem__)
    assert now.times.tolist() == [0.5, 0.75]
    assert Effect.model_validate("* 0.7").anew().times.known
    assert now.sized("users", dict[str, np.ndarray]().__getitem__) is now


def test_what_is_known_of_a_row_is_forgotten_when_it_is_hit_again_and_no_sooner() -> None:
    blow = {"users": effect("* 0.5"), "price": effect("* 0.5 decaying over 1 year")}
    hit = NO_OVERLAYS.hit("outage", blow, FIRST)
    assert on_users(hit) == [50.0, 100.0]
    known = hit.known["users"]
    hit.on("price", np.full(2, 1.0))
    later = hit.later(1.0).hit("scandal", {"price": effect("* 0.5")}, FIRST)
    assert later.known == {"users": known}
    assert later.on("price", np.full(2, 1.0)).tolist() == pytest.approx([0.5**1.05, 1.0])
    assert on_users(later.hit("outage", {"users": effect("+ 10")}, EVERYWHERE)) == [60.0, 110.0]
    assert on_users(later.laid("training", "users", np.log(np.array([4.0, 1.0])))) == pytest.approx([200.0, 100.0])


def test_a_row_that_nothing_has_hit_is_given_as_it_is() -> None:
    level = np.full(2, 100.0)
    assert after("* 0.5").on("price", level) is level
    assert NO_OVERLAYS.on("users", level) is level
