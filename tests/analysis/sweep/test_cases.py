"""The cases of a sweep."""

import pytest

from valsim.analysis.sweep.cases import Start, briefly, cases_of, chosen
from valsim.analysis.sweep.table import Row
from valsim.analysis.sweep.values import Over
from valsim.core.errors import ValsimError

DEAL, BEAR = Start("deal", "deal.yaml"), Start("deal@bear", "deal.yaml", "bear")
CASH, GROWTH = Over("company.cash", ("1 USD", "2 USD")), Over("drivers.arr.growth", ("10%", "20%", "30%"))


def test_every_combination_is_a_case_and_the_last_input_varies_fastest() -> None:
    cases = cases_of([DEAL], [], [CASH, GROWTH])
    assert [case.number for case in cases] == [1, 2, 3, 4, 5, 6]
    assert [case.name for case in cases[:2]] == ["cash=1 USD, growth=10%", "cash=1 USD, growth=20%"]
    assert cases[5].settings == ("company.cash=2 USD", "drivers.arr.growth=30%")


def test_a_name_holds_what_tells_the_case_from_others() -> None:
    cases = cases_of([DEAL, BEAR], [Row("tight", {"captable.x": "3"})], [CASH])
    assert cases[2].name == "deal@bear, tight, cash=1 USD"
    assert cases[2].settings == ("captable.x=3", "company.cash=1 USD")
    assert [case.name for case in cases_of([DEAL], [], [])] == ["deal"]


def test_a_path_is_shortened_to_what_tells_it_apart() -> None:
    assert briefly(["a.b.cash", "cash"]) == ("b.cash", "cash")


def test_the_base_is_the_first_case_or_one_by_its_name_or_number() -> None:
    cases = cases_of([DEAL], [], [CASH])
    assert chosen(cases, "").number == 1
    assert chosen(cases, "2").number == chosen(cases, "cash=2 USD").number == 2
    with pytest.raises(ValsimError, match=r"there is no case '3': known are 1 \(cash=1 USD\), 2 \(cash=2 USD\)"):
        chosen(cases, "3")


@pytest.mark.parametrize(
    ("rows", "overs", "told"),
    [
        ([], [CASH, CASH], "company.cash is swept twice"),
        ([Row("a", {"company.cash": "1 USD"})], [CASH], "company.cash is swept twice"),
        ([], [Over("simulation.seed", ("1", "2"))], "all cases share their paths and their seed"),
    ],
)
def test_what_cannot_be_swept_is_told(rows, overs, told) -> None:
    with pytest.raises(ValsimError, match=told):
        cases_of([DEAL], rows, overs)
