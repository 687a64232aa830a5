"""Contingent payments that others have worked out where the metric is known."""

import numpy as np
import pytest

from tests.published.cases import called, cases, close
from valsim.exits.term.earn_out import EarnOut


@pytest.mark.parametrize("case", cases("earn_outs", "earn_out"), ids=called)
def test_an_earn_out_pays_what_is_published(case):
    metric = np.asarray(case["ebitda"], dtype=float)
    terms = EarnOut.model_validate({"pays": case["pays"], "within": "2 years"})
    assert close({"payoff": terms.paid(np.ones(metric.size), np.zeros(metric.size), {"ebitda": metric}).tolist()}, case)
