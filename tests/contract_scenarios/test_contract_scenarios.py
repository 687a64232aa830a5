"""A sample of the random scenarios in which all contracts stand beside each other; ``__main__`` plays many more."""

import random

import pytest

from tests.contract_scenarios.documents import document
from tests.contract_scenarios.judge import judged


@pytest.mark.parametrize("number", range(12))
def test_nothing_is_wrong_on_any_path_of_a_random_scenario(number: int) -> None:
    assert judged(document(random.Random(number)), paths=60) == []
