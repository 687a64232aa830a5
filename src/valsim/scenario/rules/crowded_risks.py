"""Whether a risk is so frequent that the steps of the run leave events out."""

from collections.abc import Iterator

import numpy as np

from valsim.core.errors import Problem
from valsim.core.expression import Expression
from valsim.core.parameter import at_medians
from valsim.drivers.risk import Risk
from valsim.scenario.model import Scenario

LEFT_OUT = 0.2
"""From this part of the events on, those that steps leave out are worth a warning."""


def crowded_risk_problems(scenario: Scenario) -> Iterator[Problem]:
    """Warn of a risk that strikes far less often than it says, as there is at most one event a step; formulas are not judged."""
    lengths = np.array([step.dt for step in scenario.steps])
    for name, risk in scenario.risks.items():
        said = _per_year(risk)
        played = np.sum(-np.expm1(-said * lengths)) / np.sum(lengths)
        if risk.at_most != 1 and played < (1 - LEFT_OUT) * said:
            message = f"about {said:.3g} a year is meant, and {played:.3g} played: there is at most one event a step"
            advice = "take a shorter step, or fewer events of a larger effect"
            yield Problem(("risks", name), message, advice, "key", code="crowded", severity="warning")


def _per_year(risk: Risk) -> float:
    """Give the hazard per year at its median, and 0 where it is a formula."""
    stated = risk.probability_per_year if risk.hazard is None else risk.hazard
    return 0.0 if isinstance(stated, Expression) else float(at_medians(risk).per_year({}))
