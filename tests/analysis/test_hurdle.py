"""The whole company at a hurdle rate, beside its present value."""

import numpy as np
import pytest

import valsim
from tests.companies import lively, steady
from valsim.analysis.hurdle import hurdle
from valsim.analysis.summary import summary
from valsim.core.errors import ScenarioError
from valsim.core.timeline import years_between


def test_expected_exit_proceeds_are_discounted_at_the_rate_that_is_stated() -> None:
    result = valsim.simulate(steady("valuation.hurdle_rate=30%"), paths=2, threads=1)
    told = hurdle(result)
    assert told is not None
    years = years_between(result.scenario.as_of, result.scenario.horizon_date)
    assert told["mean"] == pytest.approx(510e6 / 1.3**years, rel=1e-12)
    assert told["rate"] == 0.3
    assert "no fair value" in told["text"]


def test_without_a_rate_nothing_is_told() -> None:
    assert summary(valsim.simulate(steady(), paths=2, threads=1))["hurdle"] is None


def test_no_present_value_hangs_on_it() -> None:
    one, other = (valsim.simulate(steady(*rate), paths=2, threads=1) for rate in ((), ("valuation.hurdle_rate=30%",)))
    assert all(np.array_equal(one.valued[key], other.valued[key], equal_nan=True) for key in one.valued)


@pytest.mark.parametrize(
    ("place", "said"),
    [("positions.me.hurdle_rate", "no holder is valued at a flat rate"), ("measure.discount_rate", "risk-neutral")],
)
def test_elsewhere_it_is_refused_and_it_is_said_why_and_where_it_may_stand(place: str, said: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        lively(f"{place}=25%")
    assert said in str(refused.value)
    assert "valuation.hurdle_rate" in str(refused.value)
