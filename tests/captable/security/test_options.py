import numpy as np
import pytest

from valsim.captable.holding import Holding
from valsim.captable.opening import cap_table_problems, open_ledger
from valsim.captable.security import Security
from valsim.captable.security.option import Option
from valsim.captable.security.option_pool import OptionPool
from valsim.core.parameter import at_medians


def test_all_options_count_and_the_vested_ones_are_paid():
    options = Option.model_construct(exercise_price=np.float64(0.5), vested=np.float64(0.75))
    assert options.as_converted(4e6) == 4e6
    assert [(float(call.price), float(call.shares)) for call in options.curve(4e6).calls] == [(0.5, 3e6)]


OPTIONS = {"kind": "option", "shares": "4M", "exercise_price": "0.5 USD"}


def test_options_that_say_nothing_of_vesting_are_all_paid_and_the_loader_warns():
    (problem,) = Security.choose(OPTIONS).problems({})
    assert (problem.severity, problem.code) == ("warning", "vested")
    assert "all of them are paid" in problem.message
    assert list(Security.choose({**OPTIONS, "vested": "75%"}).problems({})) == []
    unstated = Option.model_construct(exercise_price=np.float64(0.5), vested=None)
    assert [float(call.shares) for call in unstated.curve(4e6).calls] == [4e6]


def test_a_warning_lets_the_cap_table_open_and_hides_no_error():
    classes = {"common": Security.choose({"kind": "common", "shares": "8M"}), "options": Security.choose(OPTIONS)}
    (warning,) = cap_table_problems(classes, {})
    assert warning.place == "classes.options"
    medians = {name: at_medians(security) for name, security in classes.items()}
    assert open_ledger(medians, {}).fully_diluted() == 12e6
    overdrawn = {"Ada": {"common": Holding.model_validate("9M")}}
    assert [p.severity for p in cap_table_problems(classes, overdrawn)] == ["warning", "error"]


@pytest.mark.parametrize(("vested", "paid"), [(None, 25.0), (np.float64(0.6), 15.0)])
def test_granted_options_of_a_pool_are_paid_as_far_as_they_have_vested(vested, paid):
    pool = OptionPool.model_construct(exercise_price=np.float64(0.1), vested=vested)
    assert [float(call.shares) for call in pool.curve(25.0).calls] == [paid]


def test_granted_options_have_an_exercise_price():
    pool = {"kind": "option_pool", "shares": "60M", "allocated": "40M"}
    (problem,) = Security.choose(pool).problems(None)
    assert problem.place == "allocated"
    assert list(Security.choose({**pool, "exercise_price": "0.1 USD"}).problems(None)) == []
    assert list(Security.choose({**pool, "allocated": 0}).problems(None)) == []


@pytest.mark.parametrize(("allocated", "unissued"), [(None, 35.0), (40.0, 20.0)])
def test_what_is_not_granted_is_unissued(allocated, unissued):
    assert OptionPool.model_construct(allocated=allocated).unissued(60.0, 25.0) == unissued
