"""Whether the sample can carry the numbers."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from valsim.report import labels
from valsim.report.section import choice
from valsim.report.section.parts import REAL_WORLD, RISK_NEUTRAL, Cell, Section, Table, Text, numbers, words
from valsim.report.section.precision import enough, sentences

Summary = Mapping[str, Any]


@dataclass(frozen=True)
class Check:
    """A number of the health of the sample, its limits in numbers and in words, and how it is written."""

    key: str
    label: str
    rule: str
    most: float
    advice: str
    """What to do where it is outside; ``paths`` is how many would bring an error within its limit."""
    least: float = -math.inf
    shown: Callable[[float], str] = labels.percent
    error: str = ""
    """The key of its standard error."""

    @property
    def limit(self) -> str:
        """The limits in short."""
        return (
            self.shown(self.most) if self.least == -math.inf else f"{self.shown(self.least)} to {self.shown(self.most)}"
        )

    def holds(self, value: float) -> bool:
        """Whether it is within its limits."""
        return self.least <= value <= self.most


SCALE = Check(
    "anchor_scale",
    "Factor on the opening multiple that meets the last price",
    "0.5 to 2",
    2.0,
    "the price and the drivers contradict each other, so change the drivers or the level that the multiple comes to",
    0.5,
    lambda factor: f"{factor:.3g}",
    "anchor_standard_error",
)
CHECKS = (
    Check(
        "top_1pct_share_of_present_value",
        "Present value carried by the best 1 % of paths",
        "at most 35 %",
        0.35,
        "the mean rests on few paths, so read medians; look for a growth or a multiple without a bound",
    ),
    Check(
        "relative_standard_error_of_present_value",
        "Relative standard error of present value",
        "at most 1.5 % at 100,000 paths",
        0.015,
        "use --paths {paths:_}",
    ),
    Check(
        "p99_revenue_over_market_size",
        "Revenue on the 99th percentile over its market size",
        "below 100 %",
        1.0,
        "lower the growth or raise the market size",
    ),
    SCALE,
)


def section(summary: Summary) -> Section | None:
    """Each check with its limit, the measure and the notes of the run."""
    health = summary.get("health")
    if not health:
        return None
    table = Table(
        "Health of the sample",
        (*words("Check"), *numbers("Value"), *words("Limit", "Verdict")),
        tuple(check_row(check, value, health) for check, value in known(health)),
        f"present value {RISK_NEUTRAL}, revenue {REAL_WORLD}",
    )
    told = (*sentences(summary), *measure_texts(summary), *health.get("notes", []), *summary.get("warnings", []))
    notes = [Text(note) for note in told]
    return Section("quality", "Numerical quality", lead(summary), [table, *notes], "Quality")


def failed(summary: Summary) -> list[str]:
    """The checks outside their limits in words, each with its value, its limit and what to do."""
    paths = summary["run"]["paths"]
    return [
        f"{check.label[:1].lower()}{check.label[1:]} ({check.shown(value)}, limit {check.limit}: "
        f"{check.advice.format(paths=enough(paths * (value / check.most) ** 2))})"
        for check, value in known(summary.get("health") or {})
        if not check.holds(value)
    ]


def known(health: Mapping[str, Any]) -> Iterator[tuple[Check, float]]:
    """Each check that has a value; without an anchor nothing was scaled."""
    for check in CHECKS:
        value = health.get(check.key)
        if value is not None and (check is not SCALE or health.get("anchor")):
            yield check, value


def lead(summary: Summary) -> str:
    """The verdict first."""
    found, bad = list(known(summary["health"])), failed(summary)
    if bad:
        return f"Read the numbers with care. Outside the limits: {'; '.join(bad)}."
    return f"The sample is healthy: all {len(found)} checks are within their limits."


def check_row(check: Check, value: float, health: Mapping[str, Any]) -> tuple[Cell, ...]:
    """One check."""
    verdict = Cell("within the limit", tone="good") if check.holds(value) else Cell("outside the limit", tone="bad")
    error = health.get(check.error)
    shown = Cell(check.shown(value), f"± {error:.2g}" if error else "")
    return Cell(check.label), shown, Cell(check.rule), verdict


def far_scaled(summary: Summary) -> str:
    """How far the opening multiple was scaled to meet the last price, where that is too far to be passed over."""
    health = summary.get("health") or {}
    anchor, scale = health.get("anchor"), health.get("anchor_scale")
    if not anchor or scale is None or SCALE.holds(scale):
        return ""
    start, stated = (labels.digits(anchor["opening_multiple"] * factor) for factor in (scale, 1))
    moved = f"raised {scale:.3g} times, to {start}" if scale > 1 else f"lowered to {start}, {scale:.2g} of it"
    where = " in the case base, whose scale this case keeps," if anchor["by"] == "base" else ","
    price = f"{labels.name(anchor['class'])} price of {labels.price(anchor['price'], choice.currency(summary))}"
    return f"To meet the {price}{where} the median opening multiple of {stated} was {moved}{opening(summary)}."


def opening(summary: Summary) -> str:
    """What the equity comes to at the start beside the headline, as the end of a sentence."""
    equity, headline = (summary.get("values") or {}).get("equity_value"), choice.at_last_price(summary)
    middle = equity["quantiles"]["0.5"][0] if equity else None
    if middle is None or headline is None:
        return ""
    shown, price = (labels.money(amount, choice.currency(summary)) for amount in (middle, headline))
    return f"; opening headline equity is {shown} at the median against a headline of {price}"


def measure_texts(summary: Summary) -> list[str]:
    """What the two measures are in this run."""
    texts = [summary.get("run", {}).get("measure_note"), summary.get("measure", {}).get("text")]
    return list(dict.fromkeys(str(text) for text in texts if text))
