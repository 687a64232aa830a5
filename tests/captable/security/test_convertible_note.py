import numpy as np
import pytest

from tests.captable.convertibles import note
from valsim.captable.security import Security
from valsim.core.errors import Problem
from valsim.core.selection import select

DOCUMENT = {
    "kind": "convertible_note", "issued": "2025-01-01", "principal": "1M USD", "interest_rate": "8%", "day_count": "actual/365",
    "compounding": "simple", "accrued_interest": "converts", "conversion_valuation_cap": "10M USD",
    "conversion_valuation_cap_type": "pre_money", "maturity": "2027-01-01", "at_maturity": "repaid", "converts_into": "standard_series", "seniority": 2,
}  # fmt: skip
START = note().issued.toordinal()


def problems(**changes: object) -> list[Problem]:
    body = {key: value for key, value in {**DOCUMENT, **changes}.items() if value is not None}
    return list(Security.choose(body).problems(None))


def test_sound_terms_have_no_problems():
    assert problems() == []
    assert problems(compounding="compound", periods_per_year=4) == []


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"issued": None}, ("interest_rate",)),
        ({"maturity": "2024-12-31"}, ("maturity",)),
        ({"maturity": None}, ("at_maturity",)),
        ({"at_maturity": None}, ("maturity",)),
        ({"compounding": "compound"}, ("compounding",)),
        ({"conversion_valuation_cap_type": None}, ("conversion_valuation_cap",)),
        ({"shares": "1M"}, ("shares",)),
    ],
)
def test_terms_that_do_not_go_together_are_told(changes: dict[str, object], path: tuple[str, ...]):
    assert [problem.path for problem in problems(**changes)] == [path]


def test_what_is_owed_grows_with_its_interest_and_starts_again_from_the_issue_each_time():
    later = note().accrued_to(np.array([START, START + 365, START + 730.0])).accrued_to(np.float64(START + 365))
    assert float(later.claimed) == pytest.approx(1.1, rel=1e-15)
    assert later.preference(2e6) == pytest.approx(2.2e6)


def test_interest_that_is_forgiven_at_a_round_is_owed_at_an_exit():
    forgiven = note(accrued_interest="forgiven").accrued_to(np.float64(START + 365))
    assert (float(forgiven.due), float(forgiven.claimed)) == pytest.approx((1.0, 1.1))


def test_a_change_of_control_pays_the_principal_several_times_and_the_interest_once():
    doubled = note(change_of_control_multiple=np.float64(2)).accrued_to(np.float64(START + 365))
    assert float(doubled.curve(1e6).claims[0].amount) == pytest.approx(2.1e6)


def test_the_interest_of_each_path_is_one_of_its_rows():
    by_path = note().accrued_to(np.array([START, START + 365.0]))
    assert by_path.differs_by_path
    assert select(by_path, np.array([1])).curve(1e6).claims[0].amount == pytest.approx(1.1e6)
    assert not note().differs_by_path
