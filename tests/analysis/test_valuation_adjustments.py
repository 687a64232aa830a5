"""How often a promise is missed, and what it costs then."""

import numpy as np
import pytest

import valsim
from tests.analysis.made import made
from tests.companies import steady
from tests.step.test_adjust import SHARES, promised
from valsim.analysis.summary import summary
from valsim.analysis.valuation_adjustments import valuation_adjustments


def test_a_promise_is_told_by_how_often_it_is_missed_and_by_the_factor_then() -> None:
    rows = {"struck": [True, True, False, False], "factor": [0.5, 0.7, 1.0, 1.0], "founder shares": [0.0] * 4}
    made_up = made(
        {("valuation adjustment", "series_a", what): row for what, row in rows.items()}, scenario=steady(promised())
    )
    (found,) = valuation_adjustments(made_up)
    assert (found["class"], found["at"], found["when"]) == ("series_a", "2027-05-05", "revenue < 125M USD/year")
    assert (found["probability_struck"], found["standard_error"]) == (0.5, 0.25)
    assert found["factor"]["mean"] == pytest.approx(0.6)


def test_without_a_promise_there_is_nothing_to_tell() -> None:
    assert valuation_adjustments(made({("exit",): np.zeros(2)})) == []


def test_the_summary_tells_of_it() -> None:
    (found,) = summary(valsim.simulate(steady(promised(by=SHARES)), paths=2, threads=1))["valuation_adjustments"]
    assert (found["by"], found["probability_struck"]) == ("founder_shares", 1.0)
    assert found["founder_shares"]["mean"] == pytest.approx(6.25e6)
