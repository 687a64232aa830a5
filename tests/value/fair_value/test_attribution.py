import pytest
from hypothesis import given
from hypothesis import strategies as st

from valsim.value.fair_value.attribution import shares_of

NAMES = ["ratchet", "veto", "seniority", "participation"]


def test_a_term_that_adds_the_same_in_every_company_is_given_just_that():
    alone = {"ratchet": 3.0, "veto": 5.0, "seniority": -1.0}
    assert shares_of(lambda kept: sum(alone[name] for name in kept), list(alone)) == pytest.approx(alone)


def test_what_two_terms_add_only_together_is_halved():
    assert shares_of(lambda kept: 8.0 * ({"veto", "ratchet"} <= kept), NAMES) == {
        "ratchet": 4.0, "veto": 4.0, "seniority": 0.0, "participation": 0.0}  # fmt: skip


@given(st.dictionaries(st.frozensets(st.sampled_from(NAMES)), st.floats(-1e3, 1e3), min_size=8), st.permutations(NAMES))
def test_the_shares_add_up_to_the_whole_gap_in_any_order(gaps, order):
    found = shares_of(lambda kept: gaps.get(kept, 0.0), order)
    assert sum(found.values()) == pytest.approx(gaps.get(frozenset(NAMES), 0.0) - gaps.get(frozenset(), 0.0), abs=1e-9)
    assert found == pytest.approx(shares_of(lambda kept: gaps.get(kept, 0.0), NAMES), abs=1e-9)


def test_many_terms_are_still_shared_out_to_the_last_cent():
    many = [*NAMES, "multiples", "dividends", "exercise_prices", "convertibles"]
    asked = []
    found = shares_of(lambda kept: asked.append(kept) or float(len(kept)) ** 2, many)
    assert sum(found.values()) == pytest.approx(64.0)
    assert len(asked) == len(set(asked)) <= 2 * len(many)
