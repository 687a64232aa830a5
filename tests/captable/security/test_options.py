import numpy as np
import pytest

from valsim.captable.security import Security
from valsim.captable.security.option import Option
from valsim.captable.security.option_pool import OptionPool


def test_all_options_count_and_the_vested_ones_are_paid():
    options = Option.model_construct(exercise_price=np.float64(0.5), vested=np.float64(0.75))
    assert options.as_converted(4e6) == 4e6
    assert [(float(call.price), float(call.shares)) for call in options.curve(4e6).calls] == [(0.5, 3e6)]


def test_granted_options_have_an_exercise_price():
    pool = {"kind": "option_pool", "shares": "60M", "allocated": "40M"}
    (problem,) = Security.choose(pool).problems(None)
    assert problem.place == "allocated"
    assert list(Security.choose({**pool, "exercise_price": "0.1 USD"}).problems(None)) == []


@pytest.mark.parametrize(("allocated", "unissued"), [(None, 35.0), (40.0, 20.0)])
def test_what_is_not_granted_is_unissued(allocated, unissued):
    assert OptionPool.model_construct(allocated=allocated).unissued(60.0, 25.0) == unissued
