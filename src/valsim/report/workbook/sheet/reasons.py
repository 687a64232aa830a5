"""Why each tranche was not funded, and how often each milestone was met."""

from collections.abc import Iterator
from typing import Any

from valsim.report import labels
from valsim.report.section import choice
from valsim.report.section.parts import REAL_WORLD
from valsim.report.workbook.parts import Column, Sheet, Summary, key


def sheet(summary: Summary) -> Sheet | None:
    """A row for each reason and each milestone of a tranche."""
    rows = [row for each in summary.get("tranches") or [] for row in reasons(each)]
    if not rows:
        return None
    columns = (
        Column("Tranche", "text", key("tranche")),
        Column("What", "text", key("what")),
        Column("Reason or milestone", "text", key("text")),
        Column("Chance", "percent", key("chance"), REAL_WORLD),
    )
    lead = ["Chances over all paths. The standard error of a chance p of n paths is the root of p (1 - p) / n."]
    return Sheet.of(
        "Why not funded", "Why a tranche was not funded, and which milestones were met", lead, columns, rows
    )


def reasons(tranche: Any) -> Iterator[dict[str, Any]]:
    """The reasons of one tranche, the commonest first, then its milestones."""
    name, because = labels.tranche_name(tranche), tranche.get("not_funded_because") or {}
    for text in sorted(because, key=lambda text: -because[text]):
        said = labels.reason(choice.reworded(text, tranche))
        yield {"tranche": name, "what": "not funded because", "text": said, "chance": because[text]}
    for text, chance in (tranche.get("milestones") or {}).items():
        yield {"tranche": name, "what": "milestone met", "text": text, "chance": chance}
