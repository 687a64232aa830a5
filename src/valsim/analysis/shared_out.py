"""Analyses of one result that several workers share out among them."""

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from valsim.execution.team import processors, team
from valsim.result import Result

Analysis: TypeAlias = Callable[[Result], Any]

MANY = 32_768
"""Of fewer paths an analysis is made in hardly longer than a process is forked."""
MOST = 2_000_000
"""Of more paths the columns that a worker has at hand are half a gigabyte and more."""


def shared_out(analyses: Sequence[Analysis], result: Result) -> dict[Analysis, Any]:
    """Give what analyses come to, side by side where a result has many paths; the longest should come first.

    They are functions of modules, and look at the result alone: what one keeps, another does not see. Of very many paths one
    worker makes all, for each has some columns at hand.
    """

    def made(analysis: Analysis) -> Any:
        return analysis(result)

    paths = result.manifest.paths
    size = min(result.manifest.threads, processors()) if MANY <= paths <= MOST else 1
    with team(size, made, lambda _: None) as work:
        return dict(zip(analyses, work(analyses), strict=True))
