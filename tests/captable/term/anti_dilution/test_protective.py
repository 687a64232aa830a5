"""Issues that a protection leaves alone, and when it ends."""

from datetime import date

import numpy as np
import pytest

from tests.captable.term.anti_dilution.issues import adjusted, after
from tests.companies import STEADY, scenario
from tests.scenario.found import ROUND, one
from valsim.captable.term.anti_dilution import AntiDilution, Issue, Source

BROAD, RATCHET = "broad_based_weighted_average", "full_ratchet"
FULL = 2.5 * 16 / 18
"""The average where all of 4M shares at 1.25 count, before 14M."""


def exempting(*issues, kind=BROAD):
    return {"kind": kind, "exempt": list(issues)}


def lowered(given, name, already=0.0, day=None, new_shares=4e6):
    return adjusted(given, 2.5, 1.25, new_shares, 14e6, Source(name, name, day, np.asarray(already)))


def test_an_exempt_issue_sets_off_nothing_and_any_other_does():
    given = exempting("strategic")
    assert lowered(given, "strategic") == 2.5
    assert lowered(given, "b") == pytest.approx(FULL)
    assert lowered(exempting("strategic", kind=RATCHET), "strategic") == 2.5


def test_the_bare_word_exempts_granted_options_and_the_conversion_of_notes_and_an_empty_list_nothing():
    for name in ("option_pool", "convertibles"):
        assert lowered(BROAD, name) == 2.5
        assert lowered(exempting(), name) == pytest.approx(FULL)


@pytest.mark.parametrize(
    ("limit", "already", "counting"),
    [
        ({"shares_at_most": "1M"}, 0.0, 3e6),
        ({"shares_at_most": "1M"}, 600e3, 3.6e6),
        ({"shares_at_most": "1M"}, 2e6, 4e6),
        ({"shares_at_most": "5M"}, 0.0, 0.0),
        ({"fraction_at_most": "10%"}, 0.0, 2.6e6),
        ({"fraction_at_most": "10%", "shares_at_most": "1M"}, 0.0, 3e6),
        ({"fraction_at_most": "5%", "shares_at_most": "1M"}, 0.0, 3.3e6),
    ],
)
def test_above_a_limit_the_rest_of_the_shares_counts(limit, already, counting):
    found = lowered(exempting({"issue": "strategic", **limit}), "strategic", already)
    assert found == pytest.approx(2.5 * (14e6 + counting / 2) / (14e6 + counting), rel=1e-14)


def test_a_limit_holds_path_by_path():
    given = exempting({"issue": "lenders", "shares_at_most": "1M"}, kind=RATCHET)
    new = np.array([0.5e6, 1e6, 1.5e6])
    issue = Issue(np.full(3, 1.0), new, Source("lenders", "lenders", None, np.array([0.0, 0.5e6, 0.0])))
    assert after(given, 2.0, [issue], 14e6).tolist() == [2.0, 1.0, 1.0]


@pytest.mark.parametrize("kind", [BROAD, RATCHET])
def test_a_protection_holds_until_its_last_day(kind):
    given = {"kind": kind, "until": "2027-06"}
    last, next_day = (date(2027, *day).toordinal() for day in ((6, 30), (7, 1)))
    assert lowered(given, "b", day=last) == lowered(kind, "b") < 2.5
    assert lowered(given, "b", day=next_day) == 2.5
    assert lowered(given, "b", day=None) == lowered(kind, "b")


def test_what_says_everything_in_a_word_is_written_as_one():
    written = AntiDilution.choose(exempting("option_pool", {"issue": "b", "shares_at_most": "1M"})).as_written()
    word, limited = (each.as_written() for each in written["exempt"])
    assert word == "option_pool"
    assert list(limited) == ["issue", "shares_at_most"]


def having(given):
    return f"captable.classes.series_a.anti_dilution={given}"


PLACE = "captable.classes.series_a.anti_dilution"


@pytest.mark.parametrize(
    ("given", "place", "message"),
    [
        ("exempt: [series_z]", "exempt[0]", "'series_z' issues no shares: expected option_pool, convertibles, b"),
        ("exempt: [{issue: option_pool, shares_at_most: 1M}]", "exempt[0].shares_at_most",
         "a limit counts the shares of a round, and option_pool is none"),
        ("exempt: [{issue: b, fraction_at_most: {family: uniform, low: 1%, high: 2%}}]", "exempt[0].fraction_at_most",
         "a limit of an exemption is one number, not a distribution"),
        ("until: 2025-06-30", "until", "the protection ended on 2025-06-30, before the start on 2026-01-01"),
    ],
)  # fmt: skip
def test_what_does_not_fit_the_document_is_told(given, place, message):
    found = one(STEADY, having(f"{{kind: full_ratchet, {given}}}"), f"rounds=[{ROUND}]")
    assert found == (f"{PLACE}.{place}", message)


@pytest.mark.parametrize(
    ("given", "place", "message"),
    [
        ("{kind: full_ratchet, part: {family: uniform, low: 1%, high: 2%}}", "part",
         "the part of a ratchet is one number, not a distribution"),
        ("{kind: broad_based_weighted_average, within: 90 days}", "within",
         "closings that count alone have no span in which they count together"),
    ],
)  # fmt: skip
def test_what_does_not_fit_the_term_itself_is_told(given, place, message):
    assert one(STEADY, having(given)) == (f"{PLACE}.{place}", message)


def test_common_shares_take_no_protection_because_they_have_no_conversion_price():
    found = one(STEADY, "captable.classes.common={kind: common, shares: 75M, anti_dilution: full_ratchet}")
    assert found == (
        "captable.classes.common.anti_dilution",
        "common has no conversion price, so it takes no anti_dilution",
    )


def test_a_protection_may_exempt_a_round_of_the_document():
    loaded = scenario(STEADY, having("{kind: full_ratchet, exempt: [b]}"), f"rounds=[{ROUND}]")
    assert [each.issue for each in loaded.captable.classes["series_a"].anti_dilution.exempt] == ["b"]
