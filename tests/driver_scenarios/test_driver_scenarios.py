"""A sample of the random scenarios of what happens to a company; ``__main__`` plays many more."""

import pytest

from tests.driver_scenarios.play import played


@pytest.mark.parametrize("number", [101, 114, 123, 218])
def test_nothing_is_wrong_on_any_path_of_a_random_scenario(number: int) -> None:
    assert played(number, paths=24) == ("fine", [])
