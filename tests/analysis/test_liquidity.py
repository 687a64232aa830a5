"""How long holders wait until their exit has paid them."""

import numpy as np
import pytest

from tests.analysis.test_holders import HORIZON, fund, held


def test_who_still_waits_for_its_exit_is_told_by_date_and_a_private_company_waits_for_ever() -> None:
    found = fund(held([0.5, 1.0, 2.5, HORIZON], {}, invested=[1, 1, 1, 1], proceeds=[4, 0, 4, 4]))
    assert [(each["years"], each["mean"]) for each in found["illiquid"]] == [(1.0, 0.5), (2.0, 0.5), (3.0, 0.25)]


def test_the_time_to_liquidity_is_that_by_which_a_part_of_the_paths_is_out() -> None:
    """Of four paths the first is out after half a year, a quarter of them; after one year half are, and one never is."""
    found = fund(held([0.5, 1.0, 2.5, HORIZON], {}, invested=[1, 1, 1, 1], proceeds=[4, 0, 4, 4]))["time_to_liquidity"]
    assert found["quantiles"] == {"0.05": 0.5, "0.25": 0.5, "0.5": 1.0, "0.75": 2.5, "0.95": None}
    assert found["never"] == {"mean": 0.25, "standard_error": pytest.approx(np.sqrt(0.25 * 0.75 / 4))}


def test_an_exit_after_the_horizon_of_a_company_that_is_played_on_is_none_within_it() -> None:
    found = fund(held([0.5, HORIZON + 0.5], {}, invested=[1, 1], proceeds=[4, 4]))
    assert (found["time_to_liquidity"]["quantiles"]["0.95"], found["time_to_liquidity"]["never"]["mean"]) == (None, 0.5)
    assert found["illiquid"][-1]["mean"] == 0.5


def test_paths_on_which_the_holder_never_invests_are_not_waited_on() -> None:
    found = fund(held([0.5, HORIZON], {}, invested=[1, 0], proceeds=[4, 0]))["time_to_liquidity"]
    assert (found["quantiles"]["0.95"], found["never"]["mean"]) == (0.5, 0.0)
    nobody = fund(held([0.5], {}, invested=[0], proceeds=[4]))["time_to_liquidity"]
    assert (nobody["quantiles"]["0.5"], nobody["never"]["mean"]) == (None, None)
