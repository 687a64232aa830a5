"""Analyses of one result that several workers share out among them."""

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from valsim.execution.team import processors, team
from valsim.result import Result

Analysis: TypeAlias = Callable[[Result], Any]

MANY = 32_768
"""Of fewer paths an analysis is made in hardly longer than a process is forked."""


def shared_out(analyses: Sequence[Analysis], result: Result) -> dict[Analysis, Any]:
    """Give what analyses come to, side by side where a result has many paths; the longest should come first.

    They are functions of modules, and look at the result alone: what one keeps, another does not see. Where columns are too large
    for memory and in a file, one worker makes all: each has some of them at hand.
    """

    def made(analysis: Analysis) -> Any:
        return analysis(result)

    told = result.manifest
    size = min(told.threads, processors()) if told.paths >= MANY and not told.bytes_on_disk else 1
    with team(size, made, lambda _: None) as work:
        return dict(zip(analyses, work(analyses), strict=True))
