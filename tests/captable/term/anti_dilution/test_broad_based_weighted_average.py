"""Whether the unissued pool counts in the broad-based weighted average."""

import pytest

from tests.captable.term.anti_dilution.issues import adjusted

BROAD = "broad_based_weighted_average"


@pytest.mark.parametrize(
    ("given", "base"),
    [
        (BROAD, 14e6),
        ({"kind": BROAD, "unissued_pool": "counted"}, 14e6),
        ({"kind": BROAD, "unissued_pool": "left_out"}, 12e6),
    ],
    ids=["bare word", "counted", "left out"],
)
def test_the_reading_says_whether_the_unissued_pool_counts(given, base):
    found = adjusted(given, 2.5, 1.25, 4e6, 14e6, unissued=2e6)
    assert found == pytest.approx(2.5 * (base + 2e6) / (base + 4e6), rel=1e-15)


def test_leaving_the_pool_out_makes_each_new_share_weigh_more():
    counted, left_out = (
        adjusted({"kind": BROAD, "unissued_pool": word}, 2.5, 1.25, 4e6, 14e6, unissued=2e6)
        for word in ("counted", "left_out")
    )
    assert left_out < counted < 2.5
