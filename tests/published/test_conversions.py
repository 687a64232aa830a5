"""Conversion ratios that others have published."""

import numpy as np
import pytest

from tests.published.cases import called, cases, close
from tests.published.documents import opened


@pytest.mark.parametrize("case", cases("conversions", "conversion"), ids=called)
def test_a_preferred_share_turns_into_its_published_number_of_common_shares(case):
    prices = {name: case[name] for name in ("original_issue_price", "conversion_price")}
    terms = {"liquidation_preference_multiple": 1, "participation": "none", "seniority": 1, "shares": 1000}
    classes = {"common": {"kind": "common", "shares": 1000}, "a": {"kind": "preferred", **terms, **prices}}
    series = opened({"as_of": "2026-01-01", "classes": classes}).series["a"]
    assert close({"conversion_ratio": float(series.as_converted(np.ones(())))}, case)
