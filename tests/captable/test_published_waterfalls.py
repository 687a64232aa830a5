"""Waterfalls that others have published, each from its source; see ``published_waterfalls.json`` for what is left out."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from tests.captable.tables import PUBLISHED, held, preferred
from valsim.captable.curve import Claim, Curve
from valsim.captable.distribute import curves_of
from valsim.captable.regime import as_agreed
from valsim.captable.security.common import Common
from valsim.captable.waterfall import waterfall

CASES = PUBLISHED["cases"]
FIRST = 100
"""The published rank 1 is paid first; here a higher seniority is."""


def number(raw: Any) -> float:
    return float(Fraction(str(raw)))


def security(row: dict[str, Any]) -> Any:
    if row["type"] == "common":
        return Common()
    price, cap = number(row["oip"]), row["cap_multiple"]
    return preferred(
        price,
        liquidation_preference_multiple=np.float64(number(row["multiple"])),
        participation="none" if not row["participating"] else "full" if cap is None else "capped",
        participation_cap_multiple=None if cap is None else np.float64(number(cap)),
        seniority=np.float64(FIRST - row["rank"]),
        conversion_price=np.float64(price / number(row["conversion_ratio"])),
    )


def paid(case: dict[str, Any]) -> dict[str, float]:
    ledger = held({row["id"]: (security(row), number(row["shares"])) for row in case["classes"]})
    debt = {row["id"]: Curve((Claim(np.float64(row["claim"]), FIRST - row["rank"]),)) for row in case.get("debt", [])}
    return waterfall({**curves_of(ledger, as_agreed), **debt}, np.float64(case["exit_proceeds"])).payouts


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_the_payouts_are_the_published_ones_or_the_right_ones(case):
    expected = {name: number(amount) for name, amount in case["expected"].items()}
    assert paid(case) == pytest.approx(expected, rel=0, abs=case["absolute_tolerance"])


@pytest.mark.parametrize(
    "case", [case for case in CASES if case["stance"] == "known_wrong"], ids=lambda case: case["id"]
)
def test_a_published_figure_that_is_wrong_is_not_repeated(case):
    for name, amount in case["published_wrong"].items():
        assert abs(paid(case)[name] - amount) > 1000 * case["absolute_tolerance"]
