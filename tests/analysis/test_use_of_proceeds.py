"""What was raised and spent for each use, and the factors that it came to."""

import pytest

import valsim
from tests.companies import steady
from tests.step.test_deploy import ROUND, USES
from valsim.analysis.summary import summary
from valsim.analysis.use_of_proceeds import use_of_proceeds


def test_each_use_is_told_with_what_it_moved() -> None:
    research, runway = summary(valsim.simulate(steady(ROUND, USES), paths=2, threads=1))["use_of_proceeds"]
    assert (research["name"], research["stays_in_cash"]) == ("research", False)
    assert (research["raised"]["mean"], research["spent"]["mean"]) == pytest.approx((24e6, 24e6))
    assert research["probability_cut"]["mean"] == 0.0
    assert research["factors"]["revenue"]["quantiles"]["0.5"] == pytest.approx(2.0)
    assert (runway["stays_in_cash"], runway["spent"]["mean"], runway["factors"]) == (True, 0.0, {})
    assert runway["raised"]["mean"] == pytest.approx(16e6)


def test_without_uses_there_is_nothing_to_tell() -> None:
    assert use_of_proceeds(valsim.simulate(steady(ROUND), paths=2, threads=1)) == []
