"""When cash comes, on the page and on a terminal."""

from typing import Any

import valsim
from tests.companies import lively, steady
from tests.report.sample_summary import sample_summary
from tests.report.test_redemptions import shown
from valsim.analysis.summary import summary
from valsim.report.section import cash


def year(when: int, mean: float, error: float | None, dpi: float | None) -> dict[str, Any]:
    return {"year": when, "received": {"mean": mean, "standard_error": error}, "paid": {"mean": 0.0}, "dpi": dpi}


def payment(exit_: str, form: str, part: float, first: float, last: float) -> dict[str, Any]:
    amount = {"mean": 1e8 * part, "standard_error": 1e6}
    return {"exit": exit_, "form": form, "part": part, "amount": amount, "first_years": first, "last_years": last}


def test_cash_stands_by_year_and_by_payment_on_page_and_terminal() -> None:
    told = sample_summary()
    years = [year(2027, 1e6, 1e5, 0.1), year(2029, 3e6, 2e5, 0.4), year(2030, 6e6, 3e5, 1.0)]
    holders = [{**each, "cash_by_year": years if each["name"] == "me" else []} for each in told["holders"]]
    paid = [
        payment("ipo", "sold in the offering", 0.2, 0.0, 0.0),
        payment("ipo", "sold after the lock-up", 0.8, 0.5, 1.5),
    ]
    terms = {"raised_by_listing": {"mean": 9e7, "standard_error": 1e6}}
    terminal, text = shown(told | {"holders": holders, "exit_payments": paid, **terms})
    assert "is expected to receive $10M in cash: 25 % by the end of 2029 and 90 % by the end of 2030." in terminal
    assert "Later IPO: 80 % sold after the lock-up, after 0.5 to 1.5 years." in terminal
    for said in ("Cash by calendar year", "When exits pay", "A listing raises $90M for the company on average"):
        assert said in text


def test_years_in_between_stand_in_the_table_without_cash() -> None:
    holder = {"name": "me", "cash_by_year": [year(2025, 0.0, None, None), year(2028, 2e6, None, None)]}
    table = cash.cash_table([holder], "2026-01-01", "USD")
    assert table is not None
    assert [column.title for column in table.columns] == ["Holder", "2026", "2027", "2028", "Money back"]
    assert [cell.text for cell in table.rows[0]] == ["me (your position)", "–", "–", "$2M", "–"]


def test_where_nobody_ever_has_cash_nothing_is_said() -> None:
    told = summary(valsim.simulate(steady(), paths=4, threads=1))
    assert cash.cash_table(told["holders"], "2026-01-01", "USD") is None
    assert list(cash.cash_sentences(told)) == []


def test_every_payment_of_a_run_is_told_by_its_form_and_its_dates() -> None:
    terms = (
        "exits.ipo.secondary={fraction: 20%, sellers: everyone}",
        "exits.acquisition.earn_out={fraction: 10%, within: 1 year}",
    )
    told = summary(valsim.simulate(lively(*terms), paths=500, threads=1))
    found = {(each["exit"], each["form"]): each for each in told["exit_payments"]}
    assert set(found) == {
        ("ipo", "sold in the offering"), ("ipo", "sold after the lock-up"), ("acquisition", "closing"),
        ("acquisition", "earn-out"), ("wind_down", "paid at the exit"),
    }  # fmt: skip
    assert abs(found["ipo", "sold in the offering"]["part"] - 0.2) < 1e-3
    assert abs(found["acquisition", "earn-out"]["part"] - 0.1 / 1.1) < 1e-3
    assert abs(found["acquisition", "earn-out"]["first_years"] - 1) < 0.1
    assert told["earn_out"]["paid"]["mean"] == 1.0
    page = cash.payment_table(told)
    assert len(page.rows) == len(found)
