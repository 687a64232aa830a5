"""The problems of small documents, and a round to put into them."""

import pytest

from tests.companies import scenario
from valsim.core.errors import Problem, ScenarioError
from valsim.scenario.check import warnings

CLOSING = "{name: only, at: 2026-07-01, new_money: 50M USD, post_money_valuation: 500M USD}"
ROUND = f"{{name: b, series: {{like: series_a, seniority: 2}}, closings: [{CLOSING}]}}"
"""A round of one certain closing, for the company in which nothing moves."""


def problems(text: str, *overrides: str) -> tuple[Problem, ...]:
    with pytest.raises(ScenarioError) as caught:
        scenario(text, *overrides)
    return caught.value.problems


def one(text: str, *overrides: str) -> tuple[str, str]:
    """The place and the sentence of the only problem."""
    (problem,) = problems(text, *overrides)
    return problem.place, problem.message


def warned(text: str, *overrides: str) -> dict[str, str]:
    """The sentences of what is legal but suspicious, by place; the document is loaded all the same."""
    return {warning.place: warning.message for warning in warnings(scenario(text, *overrides))}
