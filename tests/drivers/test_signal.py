"""A signal is really true or not, it is observed, perhaps wrongly, and it is believed accordingly."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.companies import LIVELY, lively
from tests.core.parameter.known import KNOWN
from tests.scenario.found import one, warned
from valsim.core.parameter import realise
from valsim.drivers.signal import Signal

U = (np.arange(10_000) + 0.5) / 10_000
AUDIT = "signals.audit"


def signal(**said: object) -> Signal:
    return realise(Signal.model_validate({"at": "2026-06", "probability": "70%", **said}), KNOWN)


def test_without_errors_it_is_observed_as_it_is() -> None:
    truth = U < 0.7
    assert (signal().observed(truth, U[::-1]) == truth).all()
    assert not signal().errs


def test_it_is_observed_wrongly_with_the_stated_rates() -> None:
    erring = signal(false_positive="20%", false_negative="10%")
    assert erring.errs
    assert erring.observed(np.ones(U.size, dtype=bool), U).mean() == 0.9
    assert erring.observed(np.zeros(U.size, dtype=bool), U).mean() == 0.2


def test_the_belief_after_it_is_that_of_bayes() -> None:
    # Of 100 such companies 70 are good, of whom 63 pass; of the 30 others 6 pass.
    audit = signal(false_positive="20%", false_negative="10%")
    passed, failed = audit.posterior(np.asarray(0.7), np.array([True, False]))
    assert passed == pytest.approx(63 / 69, rel=1e-15)
    assert failed == pytest.approx(7 / 31, rel=1e-15)


def test_without_errors_the_belief_is_exactly_what_was_observed() -> None:
    for prior in (0.7, 1e-9, 1 - 1e-9):
        assert signal().posterior(np.asarray(prior), np.array([True, False])).tolist() == [1.0, 0.0]


def test_an_observation_that_is_a_coin_changes_no_belief() -> None:
    coin = signal(false_positive="50%", false_negative="50%")
    assert coin.posterior(np.asarray(0.7), np.array([True, False])).tolist() == pytest.approx([0.7, 0.7])


RATES = st.floats(0.01, 0.99)


@given(prior=RATES, wrongly_true=RATES, wrongly_false=RATES)
def test_the_belief_is_expected_to_stay_what_it_is(prior: float, wrongly_true: float, wrongly_false: float) -> None:
    audit = signal(false_positive=wrongly_true, false_negative=wrongly_false)
    passes = prior * (1 - wrongly_false) + (1 - prior) * wrongly_true
    passed, failed = audit.posterior(np.asarray(prior), np.array([True, False]))
    assert passes * passed + (1 - passes) * failed == pytest.approx(prior, rel=1e-12)
    assert (passed >= prior) == (1 - wrongly_false >= wrongly_true) or passed == pytest.approx(prior)


def test_it_comes_out_some_time_after_it_was_observed() -> None:
    assert signal().dates == (date(2026, 6, 1),)
    assert signal(revealed_after="12 months").dates == (date(2026, 6, 1), date(2027, 6, 1))


def test_an_error_in_an_effect_is_placed_at_its_row() -> None:
    with pytest.raises(ValidationError) as caught:
        Signal.model_validate({"at": "2026-06", "probability": "50%", "if_true": {"users": "up"}})
    assert caught.value.errors()[0]["loc"] == ("if_true", "users")


@pytest.mark.parametrize(
    ("override", "place", "sentence"),
    [
        ("probability=120%", "probability", "must be at most 1, got '120%'"),
        ("probability=arr", "probability", "expected a plain number, got USD/year"),
        ("probability=30% + audit", "probability", "expected a number, got a condition"),
        ("probability=audit.belief / 2", "probability", "formulas need each other: audit.belief -> audit.belief"),
        ("probability=if(runway > 1 year, 80%, 20%)", "probability", "unknown name 'runway'"),
        ("false_positive=1.2", "false_positive", "must be at most 1, got '1.2'"),
        ('if_really_true={ar: "* 2"}', "if_really_true.ar", "no row 'ar' to change"),
        ('if_vindicated={arr: "* 2"}', "if_vindicated", "it never comes out what is really so"),
        ("revealed_after=30 years", "revealed_after", "2056-07-15 is outside the run, from 2026-01-01 to 2030-01-01"),
        ("revealed_after=1 hour", "revealed_after", "expected a duration of at least a day"),
        (
            "revealed_after={family: uniform, low: 1 year, high: 2 years}",
            "revealed_after",
            "expected one duration, got a distribution: 'uniform low 1 year high 2 years'",
        ),
    ],
)
def test_what_does_not_fit_is_reported_where_it_stands(override: str, place: str, sentence: str) -> None:
    assert one(LIVELY, f"{AUDIT}.{override}") == (f"{AUDIT}.{place}", sentence)


def test_an_observation_that_says_nothing_is_suspicious() -> None:
    message = "an observation that errs so often says no more than a coin, or the opposite of what it seems"
    rates = (f"{AUDIT}.false_positive=50%", f"{AUDIT}.false_negative=50%")
    assert warned(LIVELY, *rates) == {f"{AUDIT}.false_positive": message}
    assert warned(LIVELY, rates[0]) == {}


def test_nothing_comes_out_of_what_was_observed_as_it_is() -> None:
    message = "it is observed as it is, and nothing is left to come out"
    late = f"{AUDIT}.revealed_after=1 year"
    assert warned(LIVELY, late) == {f"{AUDIT}.revealed_after": message}
    assert warned(LIVELY, late, f"{AUDIT}.false_negative=5%") == {}


def test_a_probability_may_be_a_formula_of_drivers_and_of_what_was_learned_before() -> None:
    later = "{at: 2026-10-01, probability: 30% + 50% * audit.belief + 10% * (1 - audit.belief) * arr / arr.market_size}"
    assert lively(f"signals.contract={later}").signals["contract"].probability.names == {
        "audit.belief",
        "arr",
        "arr.market_size",
    }


def test_beliefs_that_need_each_other_are_a_circle() -> None:
    circle = [f"{AUDIT}.probability=contract.belief", "signals.contract={at: 2026-10-01, probability: audit.belief}"]
    place, sentence = one(LIVELY, *circle)
    assert place in {"signals.audit.probability", "signals.contract.probability"}
    assert sentence.startswith("formulas need each other")
