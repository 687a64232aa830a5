"""The figures of the run beside the usual values of companies of its kind."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from valsim.report import labels
from valsim.report.section.parts import REAL_WORLD, Cell, Folded, Part, Section, Table, numbers, words

Summary = Mapping[str, Any]
Told = Mapping[str, Any]
KINDS = {"ai_lab": "AI labs", "software": "software", "venture": "venture"}
"""What the companies are called whose usual values these are."""
UNITS = {"percent": ", %", "times": ", times", "months": "", "years": "", "USD": ", USD"}
"""What stands behind the name of a figure; months and years are in the name."""
UNKNOWN = "none known"
NAMED = 3
"""So many figures outside are named in the sentence; more are a list."""
LEAST = 1e-9
"""What is nearer to zero is rounding."""
NOTE = (
    "Three figures: one case in ten is below the first, half are below the second, one in ten is above the third; one figure is a "
    "share or a single number. ± is one standard error each. Drivers are of companies still private at that date. Usual values are "
    "choices that the evidence informs: grade A rests on several direct observations, B on a few or a close proxy, C on judgement. "
    "The verdict is where the middle of the run stands."
)


def section(summary: Summary) -> Section | None:
    """The table, with what is outside first in words."""
    told = summary.get("base_rates")
    if not told:
        return None
    parts: list[Part] = [*_tables(told), Folded.of(evidence(told))]
    return Section("base-rates", "Beside the base rates", lead(told), parts, "Base rates")


def _tables(told: Told) -> Iterator[Part]:
    """What is outside in the open; what is inside, or has nothing to stand beside, folded."""
    out = outside(told)
    rest = [each for each in told["figures"] if each not in out]
    if out:
        yield replace(_brief(table({**told, "figures": out})), caption="Figures of the run outside the usual values")
    if rest:
        within = _brief(table({**told, "figures": rest}))
        caption = "Figures of the run inside the usual values, or with none known"
        yield Folded(f"{caption}: {len(rest)}", replace(within, caption=caption), within.measure)


def _brief(whole: Table) -> Table:
    """The table without its last column, which is longer than all others together."""
    return replace(whole, columns=whole.columns[:-1], rows=tuple(row[:-1] for row in whole.rows))


def evidence(told: Told) -> Table:
    """What each set of usual values rests on, and where that was read."""
    pairs = ((figure["label"], each) for figure in told["figures"] for each in figure["beside"])
    rows = tuple(
        (
            Cell(label),
            Cell(KINDS[each["of"]]),
            Cell(each["rests_on"], note=read_at(each)),
            Cell(", ".join(each["facts"])),
        )
        for label, each in pairs
    )
    return Table("What the usual values rest on", words("Figure", "Of", "Rests on", "Facts"), rows)


def lead(told: Told) -> str:
    """How many figures are inside the usual values of the peers, and which are not."""
    known = [each for each in told["figures"] if each["beside"]]
    out = [f"{each['label']} ({first(each)['verdict']})" for each in outside(told)]
    start = f"{len(known) - len(out)} of {len(known)} figures are inside what is usual for {KINDS[told['peers']]}, or else for companies in general"
    if len(out) > NAMED:
        return f"{start}; the {len(out)} others stand below."
    return f"{start}. Outside: {'; '.join(out)}." if out else f"{start}."


def outside(told: Told) -> list[Any]:
    """The figures outside the usual values that count first: those of the peers where there are any."""
    return [each for each in told["figures"] if each["beside"] and first(each)["verdict"] != "inside"]


def first(figure: Told) -> Any:
    """The usual values that count first."""
    return figure["beside"][0]


def table(told: Told) -> Table:
    """A row for each figure and each set of usual values."""
    columns = (*words("Figure"), *numbers("Here", "Usual"), *words("Of", "Grade", "Verdict", "Rests on"))
    rows = tuple(row for figure in told["figures"] for row in _rows(figure))
    return Table("Figures of the run and usual values", columns, rows, REAL_WORLD, NOTE)


def _rows(figure: Told) -> Iterator[tuple[Cell, ...]]:
    label, form = figure["label"] + UNITS[figure["form"]], figure["form"]
    here = Cell(shown(figure["values"], form), "± " + shown(figure["standard_errors"], form, 1))
    if not figure["beside"]:
        yield Cell(label), here, Cell(UNKNOWN), Cell(""), Cell(""), Cell(""), Cell("")
    for place, each in enumerate(figure["beside"]):
        tone = "good" if each["verdict"] == "inside" else "bad"
        yield (
            Cell(label if not place else ""),
            here if not place else Cell(""),
            Cell(shown(each["values"], form, 3)),
            Cell(KINDS[each["of"]]),
            Cell(each["grade"]),
            Cell(each["verdict"], tone=tone),
            Cell(", ".join(each["facts"])),
        )


def read_at(usual: Told) -> str:
    """Who published what a range rests on."""
    return f"Read at: {', '.join(dict.fromkeys(usual['sources'].values()))}." if usual["sources"] else ""


def shown(values: list[float | None], form: str, significant: int = 2) -> str:
    """Figures in one unit, so many significant digits each; nothing for one that has no bound.

    >>> shown([0.168, 0.895, 2.194], "percent"), shown([41.2], "times"), shown([-7.7, None], "percent")
    ('17 / 90 / 219', '41', '−770 / ∞')
    """
    times = 100 if form == "percent" else 1
    said = (_one(value * times, significant) if value is not None else "∞" for value in values)
    return " / ".join(said)


def _one(value: float, significant: int) -> str:
    size = abs(value)
    text = f"{size:,.0f}" if size >= 100 else labels.digits(size if size > LEAST else 0.0, significant)
    return f"−{text}" if value < 0 and text != "0" else text
