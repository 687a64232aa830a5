"""Whether the sample can carry the numbers."""

import math
from collections.abc import Mapping
from typing import Any

from valsim.report import labels
from valsim.report.section.parts import Cell, Section, Table, Text, numbers, words

Summary = Mapping[str, Any]

LIMITS = (
    ("top_1pct_share_of_present_value", "Present value carried by the best 1 % of paths", 0.35, "at most 35 %"),
    (
        "relative_standard_error_of_present_value",
        "Relative standard error of present value",
        0.015,
        "at most 1.5 % at 100,000 paths",
    ),
    ("p99_revenue_over_market_size", "Revenue on the 99th percentile over its market size", 1.0, "below 100 %"),
)

ADVICE: Mapping[str, str] = {
    "top_1pct_share_of_present_value": "the mean rests on few paths, so read medians; look for a growth or a multiple without a bound",
    "relative_standard_error_of_present_value": "use --paths {paths:_}",
    "p99_revenue_over_market_size": "lower the growth or raise the market size",
}
"""What to do about a check that is over its limit; ``paths`` is how many would bring an error within its limit."""


def section(summary: Summary) -> Section | None:
    """Each check with its limit, the anchor, the measure and the notes of the run."""
    health = summary.get("health")
    if not health:
        return None
    checks = tuple(
        check_row(label, health[key], limit, rule) for key, label, limit, rule in LIMITS if health.get(key) is not None
    )
    table = Table(
        "Health of the sample",
        (*words("Check"), *numbers("Value"), *words("Limit", "Verdict")),
        (*checks, *anchor_row(health)),
    )
    notes = [Text(note) for note in [*measure_texts(summary), *health.get("notes", []), *summary.get("warnings", [])]]
    return Section("quality", "Numerical quality", lead(summary), [table, *notes], "Quality")


def failed(summary: Summary) -> list[str]:
    """The checks over their limit in words, each with its value, its limit and what to do."""
    health, paths = summary["health"], summary["run"]["paths"]
    over = [each for each in LIMITS if health.get(each[0]) is not None and health[each[0]] > each[2]]
    return [
        f"{label[:1].lower()}{label[1:]} ({labels.percent(health[key])}, limit {labels.percent(limit)}: "
        f"{ADVICE[key].format(paths=enough(paths * (health[key] / limit) ** 2))})"
        for key, label, limit, _ in over
    ]


def enough(paths: float) -> int:
    """The next number of paths that people type: 1, 2 or 5 and zeros.

    >>> enough(15_022.3), enough(200_000.0)
    (20000, 200000)
    """
    power = 10 ** math.floor(math.log10(paths))
    return int(next(step * power for step in (1, 2, 5, 10) if step * power >= paths))


def lead(summary: Summary) -> str:
    """The verdict first."""
    health = summary["health"]
    bad, known = failed(summary), [key for key, *_ in LIMITS if health.get(key) is not None]
    if bad:
        return f"Read the numbers with care. Over the limit: {'; '.join(bad)}."
    return f"The sample is healthy: all {len(known)} checks are within their limits."


def check_row(label: str, value: float, limit: float, rule: str) -> tuple[Cell, ...]:
    """One check."""
    verdict = Cell("over the limit", tone="bad") if value > limit else Cell("within the limit", tone="good")
    return Cell(label), Cell(labels.percent(value)), Cell(rule), verdict


def anchor_row(health: Mapping[str, Any]) -> list[tuple[Cell, ...]]:
    """How much the opening multiple was scaled to meet the last price paid."""
    scale, error = health.get("anchor_scale"), health.get("anchor_standard_error")
    if scale is None:
        return []
    shown = Cell(f"{scale:.3f}", f"± {error:.3f}" if error else "")
    return [
        (Cell("Factor on the opening multiple that meets the last price"), shown, Cell("none"), Cell(labels.MISSING))
    ]


def measure_texts(summary: Summary) -> list[str]:
    """What the two measures are in this run."""
    texts = [summary.get("run", {}).get("measure_note"), summary.get("measure", {}).get("text")]
    return list(dict.fromkeys(str(text) for text in texts if text))
