"""What accrues, and what it does to a payout: as published, by hand, and against shares without dividends."""

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.captable.term.dividend.dividends import ISSUED, SIMPLE, TWO_YEARS_ON, classes, ledger, paid, told
from valsim.captable.opening import open_ledger
from valsim.core.parameter import at_medians

IN_KIND = {**SIMPLE, "settlement": "paid_in_kind"}
IN_CASH = {**SIMPLE, "settlement": "paid_in_cash"}
FIFTEEN_YEARS_ON = date(2039, 12, 29)
FULL = {"participation": "full"}
CAPPED = {"participation": "capped", "participation_cap_multiple": 2}


def capped(basis: str) -> dict[str, Any]:
    return {**SIMPLE, "participation_cap_basis": basis}


PUBLISHED = [
    # dividend, other terms, exit, day, paid to the Series A: github.com/ogulcan-ozyavuz/
    # algorithmic-game-theory-for-private-equity, docs/dividends.md
    ("DW1", SIMPLE, {}, 27e6, TWO_YEARS_ON, 5.8e6),
    ("DW1-none", None, {}, 27e6, TWO_YEARS_ON, 5.4e6),
    ("DW2", capped("includes_dividends"), CAPPED, 40e6, TWO_YEARS_ON, 10e6),
    ("DW3", capped("excludes_dividends"), CAPPED, 40e6, TWO_YEARS_ON, 10.8e6),
    ("DW4", IN_KIND, CAPPED, 40e6, TWO_YEARS_ON, 11.6e6),
    ("DW5", capped("includes_dividends"), CAPPED, 40e6, FIFTEEN_YEARS_ON, 10e6),
    ("DW6", capped("excludes_dividends"), CAPPED, 40e6, FIFTEEN_YEARS_ON, 16e6),
    ("DW9", IN_KIND, FULL, 31.6e6, TWO_YEARS_ON, 11.6e6),
    ("DW9-forfeit", SIMPLE, FULL, 31.6e6, TWO_YEARS_ON, 10.96e6),
    ("DW10", IN_KIND, {}, 30.96e6, TWO_YEARS_ON, 6.96e6),
    ("FL0", None, {}, 25e6, TWO_YEARS_ON, 5e6),
    ("FL1", SIMPLE, {}, 29e6, TWO_YEARS_ON, 5.8e6),
    ("FL2", {**SIMPLE, "compounding": "compound", "periods_per_year": 1}, {}, 29.16e6, TWO_YEARS_ON, 5.832e6),
    ("FL3", IN_KIND, {}, 25.8e6, TWO_YEARS_ON, 5.8e6),
]


@pytest.mark.parametrize(
    ("dividend", "terms", "proceeds", "day", "expected"),
    [case[1:] for case in PUBLISHED],
    ids=[c[0] for c in PUBLISHED],
)
def test_the_payout_is_the_published_one(
    dividend: dict[str, Any] | None, terms: dict[str, Any], proceeds: float, day: date, expected: float
) -> None:
    assert paid(ledger(dividend, **terms), proceeds, day) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("settlement", ["forfeit_on_conversion", "paid_in_kind", "paid_in_cash"])
def test_a_stated_amount_pays_as_the_same_amount_that_accrued(settlement: str) -> None:
    stated = ledger({"accrued": "800k USD", "settlement": settlement})
    accrued = ledger({**SIMPLE, "settlement": settlement})
    for proceeds in (1e6, 5.5e6, 27e6, 60e6):
        assert paid(stated, proceeds) == pytest.approx(float(paid(accrued, proceeds)), rel=1e-12)


@pytest.mark.parametrize(
    ("proceeds", "expected"),
    [
        (5e6, 5e6),  # all of it goes to the preference and the dividend
        (20e6, 5.8e6),  # converted it would be 0.8 and a fifth of 19.2
        (30.8e6, 6.8e6),  # converted: 0.8 and a fifth of 30
    ],
)
def test_dividends_in_cash_are_paid_besides_the_better_side(proceeds: float, expected: float) -> None:
    assert paid(ledger(IN_CASH), proceeds) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(("basis", "expected"), [("includes_dividends", 10e6), ("excludes_dividends", 10.8e6)])
def test_a_cap_holds_dividends_in_cash_or_is_raised_by_them(basis: str, expected: float) -> None:
    table = ledger({**IN_CASH, "participation_cap_basis": basis}, **CAPPED)
    assert paid(table, 40e6) == pytest.approx(expected, rel=1e-12)
    assert paid(table, 100.8e6) == pytest.approx(20.8e6, rel=1e-12)  # converted, the cap holds nothing back


def test_where_all_shares_become_common_only_what_is_not_forfeited_is_left() -> None:
    for dividend, expected in ((SIMPLE, 6e6), (IN_KIND, 30e6 * 2.32 / 10.32), (IN_CASH, 0.8e6 + 29.2e6 / 5)):
        assert paid(ledger(dividend), 30e6, treatment="all_converted") == pytest.approx(expected, rel=1e-12)


def test_it_accrues_from_the_issue_or_from_a_later_day_and_nothing_before() -> None:
    later = ledger({**SIMPLE, "accrues_from": "2026-01-01"})
    assert paid(later, 20e6) == pytest.approx(5.4e6, rel=1e-12)
    for day in (date(2020, 1, 1), ISSUED, date(2026, 1, 1)):
        assert paid(later, 20e6, day) == pytest.approx(5e6, rel=1e-12)


def test_what_had_accrued_at_a_day_grows_on_from_there() -> None:
    known = {**SIMPLE, "compounding": "compound", "periods_per_year": 1, "accrues_from": "2026-01-01"}
    assert paid(ledger({**known, "accrued": "400k USD"}), 20e6) == pytest.approx(5.832e6, rel=1e-12)


@given(
    days=st.lists(st.integers(0, 8000), min_size=3, max_size=3).map(sorted),
    how=st.sampled_from([{"compounding": "simple"}, {"compounding": "compound", "periods_per_year": 4}]),
    settlement=st.sampled_from(["forfeit_on_conversion", "paid_in_kind", "paid_in_cash"]),
)
def test_counting_up_to_one_day_and_then_to_another_is_counting_to_the_later(
    days: list[int], how: dict[str, Any], settlement: str
) -> None:
    table = ledger({**SIMPLE, **how, "settlement": settlement})
    first, second = (np.asarray(float(ISSUED.toordinal() + day)) for day in days[:2])
    once, twice = table.accrued_to(second), table.accrued_to(first).accrued_to(second)
    for security in (once.series["series_a"], twice.accrued_to(first).series["series_a"]):
        assert float(security.preference(2e6)) == pytest.approx(
            float(once.series["series_a"].preference(2e6)), rel=1e-12
        )


@given(
    accrued=st.integers(0, 12_000_000),
    proceeds=st.integers(0, 80_000_000),
    participation=st.sampled_from([{}, FULL, CAPPED]),
    settlement=st.sampled_from(["forfeit_on_conversion", "paid_in_kind"]),
    basis=st.sampled_from(["includes_dividends", "excludes_dividends"]),
)
def test_shares_with_dividends_are_paid_as_others_without_them(
    accrued: int, proceeds: int, participation: dict[str, Any], settlement: str, basis: str
) -> None:
    # Proposition 1 of the source above: the dividend is a higher multiple, or it is more shares.
    part, raised = accrued / 5e6, accrued / 5e6 if basis == "excludes_dividends" else 0.0
    is_capped = "participation_cap_multiple" in participation
    cap = {"participation_cap_multiple": 2 + raised} if is_capped else {}
    twins = {
        "forfeit_on_conversion": {
            **cap, "liquidation_preference_multiple": min(1 + part, 2 + raised) if is_capped else 1 + part,
        },
        "paid_in_kind": {"shares": 2e6 * (1 + part)},
    }  # fmt: skip
    reading = {"participation_cap_basis": basis} if is_capped else {}
    table = ledger({"accrued": f"{accrued} USD", "settlement": settlement, **reading}, **participation)
    twin = ledger(None, **{**participation, **twins[settlement]})
    assert paid(table, proceeds) == pytest.approx(float(paid(twin, proceeds)), rel=1e-11, abs=1e-6)


def test_each_path_has_its_own_rate_and_its_own_day_and_is_paid_as_if_it_were_alone() -> None:
    days, rates = np.array([731.0, 1000.0, 4000.0]), np.array([0.05, 0.08, 0.3])
    security = at_medians(classes(SIMPLE)["series_a"])
    table = open_ledger(
        {"common": at_medians(classes(None)["common"]), "series_a": security.but(
            cumulative_dividend=security.cumulative_dividend.but(rate=rates))}, {},
    )  # fmt: skip
    together = table.accrued_to(ISSUED.toordinal() + days)
    for path in range(3):
        alone = table.at(path).accrued_to(ISSUED.toordinal() + days[path])
        expected = 5e6 * (1 + rates[path] * days[path] / 365)
        for found in (together.at(path), alone):
            assert float(found.series["series_a"].preference(2e6)) == pytest.approx(expected, rel=1e-13)


@pytest.mark.parametrize(
    ("changes", "terms", "place", "message"),
    [
        ({"rate": None, "compounding": None, "day_count": None}, {}, "", "does not say what accrues"),
        ({"rate": None, "day_count": None, "accrued": "1M USD"}, {}, "compounding", "without a rate nothing accrues"),
        ({"compounding": None}, {}, "rate", "a rate says its compounding"),
        ({"day_count": None}, {}, "rate", "a rate says its day_count"),
        ({"compounding": "compound"}, {}, "compounding", "how often"),
        ({"periods_per_year": 4}, {}, "periods_per_year", "no periods"),
        ({}, {"issued": None}, "", "whose date is not known"),
        ({}, CAPPED, "", "holds dividends or is raised by them"),
        ({"participation_cap_basis": "includes_dividends"}, {}, "participation_cap_basis", "none has no cap"),
    ],
)
def test_terms_that_do_not_say_what_accrues_are_reported_where_they_stand(
    changes: dict[str, Any], terms: dict[str, Any], place: str, message: str
) -> None:
    given_terms = {key: value for key, value in {**SIMPLE, **changes}.items() if value is not None}
    ((where, sentence),) = told(given_terms, **terms)
    assert where == ".".join(filter(None, ("classes.series_a.cumulative_dividend", place)))
    assert message in sentence


def test_sound_terms_have_no_problems() -> None:
    assert told(SIMPLE) == told(IN_KIND, **CAPPED) == told(None) == []
    assert told({"accrued": "800k USD", "settlement": "paid_in_cash"}, issued=None) == []
    assert told({**SIMPLE, "accrues_from": "2025-01-01"}, issued=None) == []
