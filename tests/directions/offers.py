"""Set the deals that Moonshot's investors might have had beside the one that is written down: ``python -m tests.directions.offers``.

Each is a variant of a file beside the shipped scenario, on the same paths and at the same opening multiple. The page beside it has the table,
and a test says when it is behind.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.directions.table import PAGE
from tests.directions.turning import PATHS, played
from valsim.analysis.measure import MEASURES
from valsim.analysis.measured import Measured

SCENARIO = "moonshot-2026-10b"
TABLE = re.compile(r"(?<=<!-- other deals -->\n).*?(?=<!-- end of other deals -->)", re.DOTALL)
DECIDE = ("Alibaba", "Tencent", "5Y Capital", "milestone investor", "other follow_on investors")
"""Those who pay for the milestone closing."""
SURELY = 2
"""Standard errors below which a difference is not told apart, as `valsim compare` has it."""

BOUND = "decisions={policy: contractual, decide_for: requisite_holders}"
RULE = "equity_value >= 10.6B USD"
"""What `valsim decide` reads off what it learns on 32,768 paths."""
BY_RULE = (
    "decisions={policy: rule, decide_for: requisite_holders, "
    f'fund_when: {{follow_on: {{milestone closing: "{RULE}"}}}}}}'
)


@dataclass(frozen=True)
class Deal:
    """A variant of the file beside the shipped scenario with changes, played on the paths of all others; without one, the scenario."""

    variant: str = ""
    changes: tuple[str, ...] = ()

    def measured(self, name: str, *of: str) -> Measured:
        """A measure of it, such as ``net_present_value`` of a holder."""
        beside = (f"{SCENARIO}-deals", self.variant) if self.variant else ()
        return MEASURES[name].of_result(played(SCENARIO, self.changes, *beside), *of)

    def gain(self, *holders: str) -> Measured:
        """What holders receive less what they pay, together; risk-neutral."""
        return sum((self.measured("net_present_value", holder) for holder in holders), Measured(0.0))


AS_WRITTEN = Deal()
OBLIGED, WALKING = Deal("right_to_walk", (BOUND,)), Deal("right_to_walk", (BY_RULE,))
AT_ONCE, PLAIN, PROTECTED = Deal("one_closing"), Deal("plain_terms"), Deal("protected_terms")

ROWS = {
    "the right to walk away, over paying whatever the milestone is worth by then": (WALKING, OBLIGED),
    "all of the money in February, over two closings": (AT_ONCE, AS_WRITTEN),
    "the plain offer, over the deal as it is written": (PLAIN, AS_WRITTEN),
    "the protected offer, over the deal as it is written": (PROTECTED, AS_WRITTEN),
    "**the protected offer, over the plain one**": (PROTECTED, PLAIN),
}
COLUMNS: dict[str, tuple[Callable[[Deal], Measured], float, int]] = {
    "5Y Capital, $M": (lambda deal: deal.gain("5Y Capital"), 1e-6, 1),
    "All who pay for the milestone, $M": (lambda deal: deal.gain(*DECIDE), 1e-6, 0),
    "Founders, $M": (lambda deal: deal.gain("Founders and employees"), 1e-6, 0),
    "IDG, $M": (lambda deal: deal.gain("IDG"), 1e-6, 1),
    "5Y loses, points": (lambda deal: deal.measured("probability_of_loss", "5Y Capital"), 100, 1),
    "Wound down, points": (lambda deal: deal.measured("probability_of_exit", "wind_down"), 100, 1),
}


def table() -> str:
    """The table of the page: what each deal is worth to whom, over another one, with standard errors of the paired difference."""
    head = ("What is agreed", *COLUMNS)
    lines = [head, ("---",) * len(head), *((words, *line(*deals)) for words, deals in ROWS.items())]
    told = f"{PATHS:,} paths, the same for all. Within two standard errors nothing is told apart: in brackets.\n\n"
    return told + "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def line(deal: Deal, other: Deal) -> Sequence[str]:
    """What one deal is over another."""
    return [_told(of(deal) - of(other), times, digits) for of, times, digits in COLUMNS.values()]


def _told(difference: Measured, times: float, digits: int) -> str:
    value, error = difference.value * times, difference.standard_error * times
    sign = f"{value:+,.{digits}f} ± {error:,.{digits}f}".replace("-", "−")
    return sign if abs(value) >= SURELY * error else f"({sign})"


def main() -> None:
    """Replace the table of the page."""
    PAGE.write_text(TABLE.sub(lambda _: table(), PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
