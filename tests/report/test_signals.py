"""Signals and risks on the page and on a terminal."""

from typing import Any

import valsim
from tests.companies import lively
from tests.report.sample_summary import sample_summary
from tests.report.test_redemptions import shown
from valsim.analysis.summary import summary
from valsim.report.section import signals


def chance(mean: float | None, error: float | None = 0.002) -> dict[str, float | None]:
    return {"mean": mean, "standard_error": error}


AUDIT: dict[str, Any] = {
    "name": "benchmark_audit", "at": "2026-07-15", "private": chance(0.99), "observed_true": chance(0.69),
    "really_true": chance(0.7), "wrongly_observed": chance(0.13),
    "present_value": {"if_true": chance(3.2e8, 4e6), "if_false": chance(2.1e8, 5e6), "difference": chance(1.1e8, 6e6)},
    "tranches": [{"round": "series_b", "tranche": "milestone", "funded_if_true": chance(0.73), "funded_if_false": chance(0.08)}],
}  # fmt: skip
RISKS = [
    {"name": f"risk_{i}", "struck": chance(i / 10), "times": chance(i / 8, 0.01), "times_a_year": chance(i / 32, 0.002)}
    for i in range(1, 7)
]


def test_signals_and_risks_stand_on_page_and_terminal() -> None:
    terminal, text = shown(sample_summary() | {"signals": [AUDIT], "risks": RISKS})
    assert (
        "Signals Observed true, and the present value of the opening classes if so and if not: benchmark audit 69 % ($320M, $210M)."
        in terminal
    )
    assert (
        "Risks Struck at least once while private: risk 6 60 %, risk 5 50 %, risk 4 40 %, risk 3 30 % and 2 more less often."
        in terminal
    )
    for caption in ("What the company is worth by signal", "Tranches that wait for a signal", "How often a year"):
        assert caption in text


def test_each_number_of_a_signal_has_its_error() -> None:
    found = signals.section(sample_summary() | {"signals": [AUDIT], "risks": RISKS})
    assert found is not None
    told, worth, gates, risk = found.parts
    assert [(cell.text, cell.error) for cell in told.rows[0][3:]] == [
        ("69.0 %", "± 0.2"),
        ("70.0 %", "± 0.2"),
        ("13.0 %", "± 0.2"),
    ]
    assert [(cell.text, cell.error) for cell in worth.rows[0][1:]] == [
        ("$320M", "± 4M"),
        ("$210M", "± 5M"),
        ("$110M", "± 6M"),
    ]
    assert [cell.text for cell in gates.rows[0][2:]] == ["73.0 %", "8.0 %"]
    assert [(cell.text, cell.error) for cell in risk.rows[1][2:]] == [("0.25", "± 0.01"), ("0.062", "± 0.002")]


def test_a_company_without_either_has_no_such_section() -> None:
    assert signals.section(sample_summary()) is None
    alone = signals.section(sample_summary() | {"risks": RISKS[:1]})
    assert alone is not None
    assert alone.lead == "Struck at least once while private: risk 1 10 %."


def test_a_signal_that_is_never_true_has_no_worth_where_it_is() -> None:
    never = summary(valsim.simulate(lively("signals.audit.probability=0%"), paths=256, threads=1))
    terminal, _ = shown(never)
    assert "audit 0 % (–, $" in terminal
