"""A comparable is restated from its own basis onto another, at its own growth."""

from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from valsim.core.parameter import at_medians, parameters
from valsim.value.comparable import Comparable

PEER = {"at": "2026-01-09", "multiple": "100", "multiple_of": "trailing_12m_revenue", "growth": "150%"}


def comparable(**changes: Any) -> Comparable:
    given = {key: value for key, value in {**PEER, **changes}.items() if value is not None}
    return at_medians(Comparable.model_validate(given))


def test_its_multiple_is_its_value_over_its_revenue() -> None:
    peer = comparable(multiple=None, enterprise_value="6.2B USD", revenue="50M USD/year")
    assert float(peer.stated) == 124.0
    assert float(comparable().stated) == 100.0


@pytest.mark.parametrize(
    ("own", "other", "factor"),
    [
        ("trailing_12m_revenue", "run_rate_revenue", 1.5 / (2.5 * np.log(2.5))),  # 0.655
        ("run_rate_revenue", "trailing_12m_revenue", 2.5 * np.log(2.5) / 1.5),
        ("run_rate_revenue", "next_12m_revenue", np.log(2.5) / 1.5),  # 0.611
        ("trailing_12m_revenue", "next_12m_revenue", 1 / 2.5),
        ("arr", "run_rate_revenue", 1.0),
        ("next_12m_revenue", "next_12m_revenue", 1.0),
    ],
)
def test_at_steady_growth_one_basis_is_a_number_of_times_another(own: str, other: str, factor: float) -> None:
    assert float(comparable(multiple_of=own).on(other)) == pytest.approx(100 * factor, rel=1e-12)


@pytest.mark.parametrize("growth", ["0%", "-30%", "40%"])
def test_a_basis_and_back_is_the_same_multiple(growth: str) -> None:
    there = float(comparable(growth=growth).on("next_12m_revenue"))
    back = comparable(growth=growth, multiple=str(there), multiple_of="next_12m_revenue")
    assert float(back.on("trailing_12m_revenue")) == pytest.approx(100.0, rel=1e-12)


def test_without_growth_all_bases_are_alike() -> None:
    assert float(comparable(growth="0%").on("next_12m_revenue")) == 100.0


def test_its_numbers_share_its_source_and_keep_their_own() -> None:
    given = {**PEER, "source": ["prospectus", "exchange"], "growth": {"value": "150%", "source": "press"}}
    cited = {path[0]: parameter.sources for path, parameter in parameters(Comparable.model_validate(given))}
    assert cited == {"multiple": ("prospectus", "exchange"), "growth": ("press",)}


@pytest.mark.parametrize(
    "changes",
    [{"enterprise_value": "6B USD"}, {"multiple": None}, {"multiple": None, "revenue": "5M USD/year"}],
)
def test_it_states_its_value_and_its_revenue_or_else_its_multiple(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="enterprise_value and its revenue, or else its multiple"):
        comparable(**changes)


def test_an_unknown_basis_names_the_nearest() -> None:
    with pytest.raises(ValidationError, match="unknown basis 'run_rate'"):
        comparable(multiple_of="run_rate")
