"""The shipped scenarios are played, and an anchor is solved once."""

import pytest


@pytest.fixture(autouse=True)
def quickly_played(anchors_solved_once: None) -> None:
    """Many tests play the same scenarios."""
