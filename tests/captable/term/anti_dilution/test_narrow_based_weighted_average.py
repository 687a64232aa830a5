"""Which outstanding shares the narrow-based weighted average counts."""

import pytest
from pydantic import ValidationError

from tests.captable.tables import held, preferred
from tests.captable.term.anti_dilution.issues import adjusted
from valsim.captable.financing.protected import shares_before
from valsim.captable.security.common import Common
from valsim.captable.security.option import Option
from valsim.captable.term.anti_dilution import AntiDilution

NARROW = "narrow_based_weighted_average"


@pytest.mark.parametrize(("reading", "base"), [("common", 8e6), ("common_and_preferred", 12e6)])
def test_the_reading_says_which_shares_count(reading, base):
    # ovf-FA1 has 8M common, 4M preferred and 2M options; 4M new shares at half the conversion price.
    found = adjusted({"kind": NARROW, "base": reading}, 2.5, 1.25, 4e6, 14e6, common=8e6, preferred=4e6)
    assert found == pytest.approx(2.5 * (base + 2e6) / (base + 4e6), rel=1e-15)


def test_preferred_shares_count_as_converted_and_options_not_at_all():
    ledger = held({
        "common": (Common(), 8e6),
        "a": (preferred(2.0, conversion_price=1.0), 2e6),
        "options": (Option.model_construct(exercise_price=1.0, vested=1.0), 1e6),
    }).issue("common", Common(), {"unissued pool": 1e6})  # fmt: skip
    before = shares_before(ledger)
    assert [float(row) for row in before] == [14e6, 1e6, 8e6, 4e6]


def test_the_bare_word_does_not_say_enough():
    with pytest.raises(ValidationError) as caught:
        AntiDilution.choose(NARROW)
    (error,) = caught.value.errors()
    assert (error["loc"], error["msg"]) == (("base",), "Field required")


def test_it_lowers_further_than_the_broad_based_average():
    narrow = adjusted({"kind": NARROW, "base": "common"}, 2.5, 1.25, 4e6, 14e6, common=8e6)
    assert narrow < adjusted("broad_based_weighted_average", 2.5, 1.25, 4e6, 14e6) < 2.5
